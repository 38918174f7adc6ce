import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@tocsin/test-rig';
import type { Drill, DrillScene } from './drill.js';

/** Seconds of load before the first fault: some cases are then at every step. */
const SETTLED_S = 4;

/** Kills a process and waits until the system is ready again: the supervisor brings it back, no human does. */
const kill = async (scene: DrillScene, role: string): Promise<void> => {
  await scene.fault(`kill ${role}`, async () => {
    const dead = scene.system.signal(role, 'SIGKILL');
    await until(() => scene.system.of(role).some(({ pid }) => pid !== dead), {
      within: '30s',
      for: `${role} to be restarted`,
    });
    await scene.ready();
  });
};

const killRepeatedly = (role: string, times: number) => async (scene: DrillScene) => {
  await sleep(SETTLED_S * 1_000);
  for (let n = 0; n < times; n += 1) {
    await kill(scene, role);
    await sleep(scene.random() * 1_500);
  }
};

/** The service kills itself at its failpoint, again and again, as long as the load lasts. */
const failing = (name: string, chance: number): Pick<Drill, 'system' | 'during'> => ({
  system: { env: { FAILPOINT: `${name}:${chance}:1` } },
  during: (scene) => scene.fault(name, () => sleep(40_000)),
});

export const DRILLS: readonly Drill[] = [
  {
    number: 1,
    name: 'kill-intake',
    what: 'kill -9 of the process that takes events in, again and again',
    system: {},
    load: { seconds: 30 },
    during: killRepeatedly('single-node', 8),
  },
  {
    number: 2,
    name: 'kill-router-mid-step',
    what: 'kill -9 between two statements of a routing transaction',
    ...failing('router.after_plan', 0.02),
  },
  {
    number: 3,
    name: 'kill-notifier-after-send',
    what: 'kill -9 after the provider has accepted, before it is recorded',
    ...failing('notifier.after_send', 0.02),
  },
  {
    number: 4,
    name: 'kill-notifier-before-send',
    what: 'kill -9 before the provider is called',
    ...failing('notifier.before_send', 0.02),
  },
  {
    number: 5,
    name: 'zombie-notifier',
    what: 'one of two notifiers is stopped for 20 s and wakes up again',
    system: { shape: 'cluster', args: ['--replicas', '2'], within: 240 },
    during: async (scene) => {
      await sleep(SETTLED_S * 1_000);
      await scene.fault('stop notification', async () => {
        scene.system.signal('notification', 'SIGSTOP');
        await sleep(20_000);
        scene.system.signal('notification', 'SIGCONT');
      });
    },
  },
  {
    number: 7,
    name: 'kill-broker',
    what: 'kill -9 of Kafka under load; it comes back by itself',
    system: { shape: 'cluster', within: 240 },
    load: { seconds: 30 },
    during: async (scene) => {
      await sleep(SETTLED_S * 1_000);
      await kill(scene, 'kafka');
    },
  },
  {
    number: 10,
    name: 'restart-postgres',
    what: 'kill -9 of the Postgres postmaster under load',
    system: {},
    load: { seconds: 30 },
    during: async (scene) => {
      await sleep(SETTLED_S * 1_000);
      await kill(scene, 'postgres');
    },
  },
  {
    number: 17,
    name: 'kill-redis',
    what: 'kill -9 of Redis under load',
    system: { shape: 'cluster', within: 240 },
    during: async (scene) => {
      await sleep(SETTLED_S * 1_000);
      await kill(scene, 'redis');
    },
  },
  {
    number: 27,
    name: 'duplicates',
    what: 'every event twice more',
    system: {},
    load: { duplicated: 1 },
    during: () => Promise.resolve(),
  },
  {
    number: 28,
    name: 'out-of-order',
    what: 'versions overtake each other',
    system: {},
    load: { late: 1, resolved: 0.3 },
    during: () => Promise.resolve(),
  },
  {
    number: 41,
    name: 'ack-race',
    what: 'acknowledgements at the instant at which the next step is due',
    system: {},
    load: { tickets: 200, acknowledged: 0 },
    during: (scene) => {
      // The page tells when the next step is due; the answer comes within 50 ms of it.
      const race = scene.provider.onPage;
      scene.provider.onPage = (page) => {
        race(page);
        if (page.person !== 'bo') return;
        void sleep(5_000 - 50 + scene.random() * 100).then(() =>
          scene.api.act(page.caseId, 'acknowledge', { person: 'bo' }),
        );
      };
      return Promise.resolve();
    },
  },
];
