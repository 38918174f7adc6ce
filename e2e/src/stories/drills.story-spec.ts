import { describe, expect, it } from '@jest/globals';
import { DRILLS } from '../drills/catalogue.js';
import { runDrill } from '../drills/run-drill.js';
import type { LoadShape } from '../drills/ticket-load.js';

/** A tenth of a drill's load: enough that every kind of ticket occurs, and that a kill finds something to break. */
const SHORT: Partial<LoadShape> = { tickets: 40, seconds: 8 };

// The whole catalogue is run by «npm run drill -- all»; these prove in CI that drills and checker work.
describe('drills', () => {
  it.each(['duplicates', 'kill-notifier-after-send'])(
    '%s ends without a fault',
    async (name) => {
      const drill = DRILLS.find((one) => one.name === name);
      if (drill === undefined) throw new Error(`there is no drill «${name}»`);
      const { verdict } = await runDrill(drill, { seed: 7, load: SHORT });
      expect(verdict.witnesses).toEqual([]);
      expect(verdict.sent).toBeGreaterThanOrEqual(40);
      expect(verdict.pages).toBeGreaterThan(100);
    },
    170_000,
  );
});
