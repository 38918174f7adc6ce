import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { RunningSystem } from '../system/running-system.js';
import { firstHour } from './first-hour.contract.js';
import { ladder } from './ladder.contract.js';
import { stormAndCrash } from './storm-and-crash.contract.js';

describe('on one node', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await RunningSystem.start();
  }, 180_000);
  afterAll(async () => {
    expect(await system.stop()).toEqual([]);
  }, 60_000);

  for (const story of [firstHour, stormAndCrash, ladder]) story(() => system);
});
