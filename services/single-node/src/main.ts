import { randomBytes } from 'node:crypto';
import { main } from '@tocsin/runtime';
import { SERVICES_OF_THIS_PROCESS } from './index.js';

// Services of one process call each other too. Nobody outside needs the token, so every start makes its own.
process.env['TOCSIN_INTERNAL_TOKEN'] ??= randomBytes(32).toString('hex');

await main(SERVICES_OF_THIS_PROCESS);
