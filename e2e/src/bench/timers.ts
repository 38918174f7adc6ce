import { setTimeout as sleep } from 'node:timers/promises';
import { caseIdText } from '@tocsin/contracts';
import { openDatabase, until, type OpenDatabase } from '@tocsin/test-rig';
import { drillTree } from '../drills/drill-world.js';
import { Api } from '../system/api.js';
import { RunningSystem } from '../system/running-system.js';
import { Client } from './client.js';
import { eventText } from './events.js';
import { Sink } from './sink.js';
import { table } from './table.js';

const ESCALATIONS = 10_000;
const BATCH = 250;
const SNOOZING_AT_ONCE = 24;
/** From the first snooze to the instant at which all of them end; what remains of it afterwards is quiet. */
const SNOOZE_S = 120;
const LOOK_MS = 50;
const DRAINED_WITHIN = '600s';

/** No step follows by itself while the bench runs. */
const LONG = '1d';

/**
 * Ten thousand live escalations whose timers are due at one instant: how fast their steps are planned, and their pages
 * sent. All are snoozed until the same second, which is the one way in which users make such an instant by hand.
 */
export async function timers(shape: 'default' | 'cluster', print: (text: string) => void): Promise<void> {
  const run = Math.random().toString(36).slice(2, 10);
  const sink = await Sink.start(run, ESCALATIONS);
  const system = await RunningSystem.start({ shape, env: { LOG_LEVEL: 'warn' }, within: 240 });
  const database = await openDatabase(system.databaseUrl());
  try {
    const api = new Api(system.url);
    await applyPolicy(api, system, sink.url);
    await openCases(system, run);
    await until(() => sink.received() >= ESCALATIONS, { within: DRAINED_WITHIN, for: 'the first pages' });
    print(`${ESCALATIONS} escalations are live; snoozing all of them until one instant`);
    const due = await snoozeAll(api, database);
    await sleep(due - Date.now());
    const { steps, pages } = await measure(database, sink, due);
    print(
      `\n${table([
        ['10,000 due at one instant', 'seconds', 'per second'],
        ['steps planned', (steps / 1_000).toFixed(2), (ESCALATIONS / (steps / 1_000)).toFixed(0)],
        ['pages received', (pages / 1_000).toFixed(2), (ESCALATIONS / (pages / 1_000)).toFixed(0)],
        ['repeated pages', String(sink.received() - 2 * ESCALATIONS), ''],
      ])}`,
    );
  } finally {
    await database.close();
    await system.stop();
    await sink.stop();
  }
}

async function applyPolicy(api: Api, system: RunningSystem, sink: string): Promise<void> {
  const tree = {
    ...drillTree(sink),
    policies: {
      drill: {
        steps: [{ name: 'on-call', page: 'person bo', wait: LONG }],
        fallback: { page: ['person ana'] },
      },
    },
  };
  const answer = await api.send<{ revision: number }>('POST', '/v1/config/apply', tree);
  if (answer.status !== 200) throw new Error(`the policy was refused: ${JSON.stringify(answer.body)}`);
  await system.goesBy(answer.body.revision);
}

async function openCases(system: RunningSystem, run: string): Promise<void> {
  const client = new Client(
    { url: system.url, sourceKey: 'tocsin-demo-source-key', operatorToken: 'tocsin-demo-operator-token' },
    4,
  );
  try {
    for (let from = 0; from < ESCALATIONS; from += BATCH) {
      const events = Array.from({ length: BATCH }, (_, n) =>
        eventText(from + n, { run, severity: 'medium', keys: 'distinct' }),
      );
      const { accepted, status } = await client.post(events);
      if (accepted !== BATCH) throw new Error(`${BATCH - accepted} events were not accepted (${status})`);
    }
  } finally {
    await client.close();
  }
}

/** @returns the instant at which all of them wake */
async function snoozeAll(api: Api, database: OpenDatabase): Promise<number> {
  const rows = await database.query<{ id: string }>('SELECT id::text FROM escalation_routing.case_record');
  const due = Math.ceil(Date.now() / 1_000) * 1_000 + SNOOZE_S * 1_000;
  const waiting = rows.map(({ id }) => caseIdText(BigInt(id)));
  const work = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const body = { until: new Date(due).toISOString(), reason: 'until one instant' };
      const { status } = await api.act(id, 'snooze', body);
      if (status !== 200) throw new Error(`the snooze of ${id} was answered with ${status}`);
    }
  };
  await Promise.all(Array.from({ length: SNOOZING_AT_ONCE }, work));
  if (Date.now() > due) throw new Error(`snoozing took longer than ${SNOOZE_S} s: this machine is too busy`);
  return due;
}

/** Milliseconds from the instant to the last step planned and to the last page received. */
async function measure(
  database: OpenDatabase,
  sink: Sink,
  due: number,
): Promise<{ steps: number; pages: number }> {
  const all = 2 * ESCALATIONS;
  let steps: number | undefined;
  for (;;) {
    const now = Date.now();
    if (steps === undefined) {
      const [row] = await database.query<{ planned: number }>(
        'SELECT count(*)::int AS planned FROM escalation_routing.step_plan',
      );
      if ((row?.planned ?? 0) >= all) steps = now - due;
    } else if (sink.received() >= all) return { steps, pages: now - due };
    await sleep(LOOK_MS);
  }
}
