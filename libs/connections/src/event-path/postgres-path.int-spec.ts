import { jest } from '@jest/globals';
import { eventPathContract } from './event-path.contract.js';

jest.setTimeout(60_000);

eventPathContract('straight from the outbox', () =>
  Promise.resolve({ kind: 'postgres', brokers: [], prefix: '', replay: () => Promise.resolve() }),
);
