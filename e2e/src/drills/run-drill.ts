import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { checkHistory, openDatabase, seeded, until, type Verdict } from '@tocsin/test-rig';
import { Api } from '../system/api.js';
import { RunningSystem } from '../system/running-system.js';
import type { Shape } from '../system/service-roles.js';
import { collect } from './collect.js';
import type { Drill, DrillScene, Surroundings } from './drill.js';
import { drillTree, STEP_WAIT, worldLine } from './drill-world.js';
import { FakeProvider, type ReceivedPage } from './fake-provider.js';
import { History } from './history-file.js';
import { LOAD, TicketLoad, type LoadShape } from './ticket-load.js';

/** All five steps and the fallback of a case that nobody answers. */
const WHOLE_POLICY_S = 5 * STEP_WAIT;
const LIMITS = { lateLimit: 30, stopLimit: 1 };
/** A cluster fetches nothing but starts a JVM; on a machine that does other things as well this takes its time. */
const START_WITHIN_S = 240;
const REPLICAS_LOOK_MS = 1_500;
const RESULTS = path.resolve(import.meta.dirname, '../../../.tocsin/drills');

export interface DrillResult {
  readonly verdict: Verdict;
  readonly file: string;
}

export interface DrillOptions {
  readonly seed: number;
  readonly shape?: Shape;
  /** In place of the drill's own load, such as fewer tickets. */
  readonly load?: Partial<LoadShape>;
  readonly say?: (text: string) => void;
}

/**
 * Runs one drill from a fresh system to the verdict.
 * @throws Error when the system did not start, or the fault could not be made
 */
export async function runDrill(drill: Drill, options: DrillOptions): Promise<DrillResult> {
  const { seed, shape = drill.shapes[0], say = () => undefined } = options;
  const history = new History();
  const provider = await FakeProvider.open(history);
  const surroundings = await drill.surroundings?.();
  let printed = '';
  try {
    say(`starting a ${shape} system`);
    const system = await RunningSystem.start({
      ...drill.system,
      shape,
      within: START_WITHIN_S,
      env: surroundings?.env ?? {},
    });
    try {
      const load: LoadShape = { ...LOAD, ...drill.load, ...options.load };
      const scene = await prepare({ system, surroundings, provider, history, shape: load, seed });
      say(`${load.tickets} tickets in ${load.seconds} s, and: ${drill.what}`);
      await Promise.all([scene.load.run(), drill.during(scene)]);
      await scene.ready();
      const database = surroundings?.databaseUrl ?? system.databaseUrl();
      say(`draining for ${WHOLE_POLICY_S + LIMITS.lateLimit} s at most`);
      await drain(database);
      await observe(database, history);
    } finally {
      await system.stop();
      printed = system.printed();
    }
  } finally {
    await surroundings?.close();
    await provider.close();
  }
  const verdict = checkHistory(history.lines, LIMITS);
  return { verdict, file: history.save(RESULTS, `${drill.name}-${shape}-${seed}`, printed) };
}

interface Setting {
  readonly system: RunningSystem;
  readonly surroundings: Surroundings | undefined;
  readonly provider: FakeProvider;
  readonly history: History;
  readonly shape: LoadShape;
  readonly seed: number;
}

async function prepare({
  system,
  surroundings,
  provider,
  history,
  shape,
  seed,
}: Setting): Promise<DrillScene> {
  const api = new Api(system.url);
  await applyWorld(system, api, provider.url);
  history.note(worldLine(Date.now()));
  const random = seeded(seed + 1);
  provider.onPage = answering(api, shape.acknowledged, random);
  const ready = async (): Promise<void> => {
    await until(async () => (await system.readiness()).every((service) => service.ready), {
      within: '60s',
      for: 'every service to be ready',
    });
  };
  return {
    ...{ system, surroundings, api, provider, history, random, ready },
    load: new TicketLoad(system.url, history, shape, seed),
    fault: async (name, act) => {
      history.note({ t: Date.now(), ev: 'fault.begin', fault: name });
      await act();
      history.note({ t: Date.now(), ev: 'fault.end', fault: name });
    },
  };
}

/** Puts the drill's world in place of the starter's and waits until every service goes by it. */
async function applyWorld(system: RunningSystem, api: Api, sink: string): Promise<void> {
  const answer = await api.send<{ revision: number }>('POST', '/v1/config/apply', drillTree(sink));
  if (answer.status !== 200) throw new Error(`the drill's world was refused: ${JSON.stringify(answer.body)}`);
  await system.goesBy(answer.body.revision);
  // Further replicas are not asked; they look at the stored revision once a second.
  await sleep(REPLICAS_LOOK_MS);
}

/** The people: the first page of some tickets is answered after a while, through the link that came with it. */
function answering(api: Api, share: number, random: () => number): (page: ReceivedPage) => void {
  const met = new Set<string>();
  return ({ ticket, answerUrl }) => {
    if (met.has(ticket)) return;
    met.add(ticket);
    if (random() >= share) return;
    const wait = random() * 2 * STEP_WAIT * 1_000;
    void sleep(wait).then(() => acknowledge(api, answerUrl));
  };
}

async function acknowledge(api: Api, answerUrl: string): Promise<void> {
  const link = new URL(answerUrl).pathname;
  for (let tries = 0; tries < 20; tries += 1) {
    const answer = await fetch(api.url + link, { method: 'POST', signal: AbortSignal.timeout(5_000) }).catch(
      () => undefined,
    );
    if (answer !== undefined && answer.status < 500) return;
    await sleep(500);
  }
}

/** Until every escalation has ended or been exhausted, and no page is on its way. */
async function drain(url: string): Promise<void> {
  const database = await openDatabase(url);
  try {
    await until(
      async () => {
        const [row] = await database.query<{ open: string }>(`
          SELECT (SELECT count(*) FROM escalation_routing.escalation WHERE status = 'running')
               + (SELECT count(*) FROM notification.attempt WHERE state IN ('planned', 'leased', 'handed'))
               + (SELECT count(*) FROM event_log.pending) AS open`);
        return row?.open === '0';
      },
      { within: `${WHOLE_POLICY_S + LIMITS.lateLimit}s`, for: 'all escalations to end' },
    ).catch(() => undefined); // what is still open then, the checker names
  } finally {
    await database.close();
  }
}

async function observe(url: string, history: History): Promise<void> {
  const end = Date.now();
  const database = await openDatabase(url);
  try {
    for (const line of await collect(database)) history.note(line);
  } finally {
    await database.close();
  }
  history.end(end);
}
