import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { whenGiven } from '@tocsin/test-rig';
import { RunningSystem } from '../system/running-system.js';
import { firstHour } from './first-hour.contract.js';
import { ladder } from './ladder.contract.js';
import { stormAndCrash } from './storm-and-crash.contract.js';

// It starts a broker of its own; where the tests have Kafka, that can be started as well.
whenGiven('kafka', describe)('on a cluster over Kafka', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await RunningSystem.start({ shape: 'cluster', within: 240 });
  }, 250_000);
  afterAll(async () => {
    expect(await system.stop()).toEqual([]);
  }, 60_000);

  for (const story of [firstHour, stormAndCrash, ladder]) story(() => system);
});
