import { existsSync } from 'node:fs';

/**
 * What each tier needs, how many jest workers it bears on two cores (stories share one running system), and how long
 * one test may take unless it says so itself: the limit finds a hang, it is no measure of speed.
 */
export const TIERS = {
  unit: { servers: [], workers: 2, timeoutMs: 10_000, needs: [] },
  int: { servers: ['database', 'kafka', 'redis'], workers: 2, timeoutMs: 30_000, needs: ['kafka', 'redis'] },
  story: {
    servers: ['database', 'kafka', 'redis'],
    workers: 1,
    timeoutMs: 120_000,
    needs: ['kafka', 'redis'],
  },
  browser: { servers: ['database'], workers: 1, timeoutMs: 60_000, needs: ['browser'] },
};

export const chromium = () => process.env.CHROMIUM ?? '/usr/bin/chromium';

/**
 * What a tier lacks on this machine, each with its cure. `wholeTier` means that none of its specs can run;
 * without it the specs that need the missing thing skip themselves (`whenGiven` of @tocsin/test-rig).
 */
export function missingFor(tier, { env, failures }) {
  const checks = {
    kafka: () =>
      !env.TOCSIN_TEST_KAFKA_BROKERS && {
        what: 'Kafka',
        cure: failures.kafka ?? 'set TOCSIN_TEST_KAFKA_BROKERS',
      },
    redis: () =>
      !env.TOCSIN_TEST_REDIS_URL && { what: 'Redis', cure: failures.redis ?? 'set TOCSIN_TEST_REDIS_URL' },
    browser: () =>
      !existsSync(chromium()) && {
        what: `a browser (${chromium()})`,
        cure: 'install chromium, or name its executable in CHROMIUM',
        wholeTier: true,
      },
  };
  return TIERS[tier].needs.flatMap((need) => checks[need]() || []);
}
