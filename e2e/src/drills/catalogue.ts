import { setTimeout as sleep } from 'node:timers/promises';
import { ackRace } from './ack-race.js';
import { awayAtStart, brokerIsMissed } from './broker-away.js';
import { cutReplies, databaseBehindProxy } from './cut-replies.js';
import type { Drill } from './drill.js';
import { failing, killAnyOf, killOnce, killRepeatedly, settled } from './faults.js';

/** Seeds of failpoints, by how long each life of the process lasts. */
const LIVES = { of52Passes: 10, of104Passes: 9 };

export const DRILLS: readonly Drill[] = [
  {
    number: 1,
    name: 'kill-intake',
    what: 'kill -9 of the process that takes events in, again and again',
    shapes: ['default', 'cluster'],
    load: { seconds: 30 },
    during: killRepeatedly('ticket-intake', 8),
  },
  {
    number: 2,
    name: 'kill-router-mid-step',
    what: 'kill -9 between two statements of a routing transaction',
    shapes: ['default', 'cluster'],
    ...failing('router.after_plan', LIVES.of52Passes),
  },
  {
    number: 3,
    name: 'kill-notifier-after-send',
    what: 'kill -9 after the provider has accepted, before it is recorded',
    shapes: ['default', 'cluster'],
    ...failing('notifier.after_send', LIVES.of104Passes),
  },
  {
    number: 4,
    name: 'kill-notifier-before-send',
    what: 'kill -9 before the provider is called',
    shapes: ['default', 'cluster'],
    ...failing('notifier.before_send', LIVES.of104Passes),
  },
  {
    number: 5,
    name: 'zombie-notifier',
    what: 'one of two notifiers is stopped for 20 s and wakes up again',
    shapes: ['cluster'],
    system: { args: ['--replicas', '2'] },
    during: async (scene) => {
      await settled();
      await scene.fault('stop notification', async () => {
        const stopped = scene.system.signal('notification', 'SIGSTOP');
        await sleep(20_000);
        process.kill(stopped, 'SIGCONT');
      });
    },
  },
  {
    number: 7,
    name: 'kill-broker',
    what: 'kill -9 of Kafka under load; it comes back by itself',
    shapes: ['cluster'],
    load: { seconds: 30 },
    during: killOnce('kafka'),
  },
  {
    number: 8,
    name: 'broker-down-at-start',
    what: 'no Kafka at all: P1 and P2 page by the direct hand-off',
    shapes: ['cluster'],
    surroundings: awayAtStart,
    load: { urgent: 1 },
    during: brokerIsMissed,
  },
  {
    number: 10,
    name: 'restart-postgres',
    what: 'kill -9 of the Postgres postmaster under load',
    shapes: ['default', 'cluster'],
    load: { seconds: 30 },
    during: killOnce('postgres'),
  },
  {
    number: 14,
    name: 'commit-reply-cut',
    what: 'for 20 s one reply of Postgres in a hundred is lost with its connection, COMMIT included',
    shapes: ['default', 'cluster'],
    surroundings: databaseBehindProxy,
    during: cutReplies,
  },
  {
    number: 17,
    name: 'kill-redis',
    what: 'kill -9 of Redis under load; nobody waits for it',
    shapes: ['cluster'],
    during: async (scene) => {
      await settled();
      await scene.fault('kill redis', async () => {
        scene.system.signal('redis', 'SIGKILL');
        await scene.ready();
      });
    },
  },
  {
    number: 27,
    name: 'duplicates',
    what: 'every event twice more',
    shapes: ['default', 'cluster'],
    load: { duplicated: 1 },
    during: () => Promise.resolve(),
  },
  {
    number: 28,
    name: 'out-of-order',
    what: 'versions overtake each other',
    shapes: ['default', 'cluster'],
    load: { late: 1, resolved: 0.3 },
    during: () => Promise.resolve(),
  },
  {
    number: 41,
    name: 'ack-race',
    what: 'acknowledgements at the instant at which the next step is due',
    shapes: ['default', 'cluster'],
    load: { tickets: 200, acknowledged: 0 },
    during: ackRace,
  },
  {
    number: 53,
    name: 'kill-routers',
    what: 'for 30 s one or another of four routers is killed with -9',
    shapes: ['cluster'],
    system: { args: ['--replicas', 'escalation-routing=4'] },
    load: { seconds: 30 },
    during: killAnyOf('escalation-routing', 30),
  },
];
