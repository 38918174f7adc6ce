import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlannedConfig, PlannedHistory, RecordedInput, Recording } from '@tocsin/contracts';
import type { Simulation } from '@tocsin/rules';
import { runCommand } from '../program.js';
import { AT, history, NOW, STARTER, starter } from '../simulate-history/recorded-starter.given.js';

/** The starter world with a first step that waits for ten seconds only. */
let hasty: string;
beforeAll(() => {
  hasty = mkdtempSync(join(tmpdir(), 'tocsin-plan-'));
  cpSync(STARTER, hasty, { recursive: true });
  const file = join(hasty, 'on-call.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/wait: \w+/, 'wait: 10s'));
});
afterAll(() => {
  rmSync(hasty, { recursive: true });
});

const PLANNED: PlannedConfig = {
  ...{ revision: 1, hash: 'h', warnings: [], risks: [], approvedBy: [] },
  changes: [{ kind: 'policies', name: 'live-pay', change: 'changed' }],
};

/** A terminal beside a server that has these lines and answers a plan. */
async function given(lines: readonly RecordedInput[], plan: Partial<PlannedConfig> = {}, env = {}) {
  const { tree } = await starter();
  const calls: string[] = [];
  let [out, err] = ['', ''];
  const head: Recording = {
    ...{ from: new Date(AT).toISOString(), until: new Date(AT + 60_000).toISOString(), inputs: lines.length },
    ...{ revisions: [{ revision: 1, tree }], changes: [], windows: [] },
  };
  const answers: Record<string, object> = {
    '/v1/config/plan': { ...PLANNED, ...plan },
    '/v1/config': { tree },
    '/v1/simulations/recording': head,
    '/v1/simulations/inputs': { inputs: lines },
  };
  const run = (...args: string[]) =>
    runCommand(args, {
      env: { ...env },
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      now: () => NOW,
      stdin: () => Promise.resolve(''),
      fetch: (url) => {
        const { pathname, search } = new URL(url instanceof Request ? url.url : url);
        calls.push(`${pathname}${search}`);
        return Promise.resolve(new Response(JSON.stringify(answers[pathname])));
      },
    });
  return { run, calls, out: () => out, err: () => err };
}

describe('tocsin config plan', () => {
  it('ends with what the plan would have meant to history, with the numbers of tocsin simulate', async () => {
    const plan = await given(await history());
    expect(await plan.run('config', 'plan', hasty, '-o', 'json')).toBe(0);
    const { replayed } = JSON.parse(plan.out()) as { replayed: { history: PlannedHistory } };
    const simulated = await given(await history());
    await simulated.run('simulate', '--config', hasty, '--from', '30d', '-o', 'json');
    const simulation = JSON.parse(simulated.out()) as Simulation & { from: string; until: string };
    expect(replayed.history).toMatchObject({
      ...{ from: simulation.from, until: simulation.until, cases: simulation.cases },
      affected: simulation.differences.length,
      p1: { before: simulation.before.p1, after: simulation.after.p1 },
      people: [{ person: 'chen', before: { day: 0, night: 0 }, after: simulation.after.pages['chen'] }],
    });
    expect(plan.calls).toContain('/v1/simulations/recording?from=2026-10-26T00%3A00%3A00.000Z');
  });

  it('says it to people, in both languages, and that there is less history than was asked for', async () => {
    const english = await given(await history());
    await english.run('config', 'plan', hasty);
    const lines = english.out().split('\n');
    expect(lines.slice(lines.findIndex((line) => line.startsWith('What it would have meant')))).toEqual([
      'What it would have meant from 2026-11-20T01:00:00.000Z to 2026-11-20T01:01:00.000Z, replayed (1 cases):',
      '  1 cases would have gone another way: later pages 1 · acknowledgement 1',
      '  The recording goes back to 2026-11-20T01:00:00.000Z only: the numbers are of 0 days',
      '  Chen Wei  pages 0 → 1 (+1)  night wakes 0 → 0 (±0)',
      '  P1 first page: median 0s → 0s, p90 0s → 0s; cases 1 → 1, never paged 0 → 0',
      '  As many SLA clocks would have run out.',
      '',
    ]);
    expect(english.err()).toContain('read 2 of 2 recorded inputs');
    const chinese = await given(await history(), {}, { LANG: 'zh_CN.UTF-8' });
    await chinese.run('config', 'plan', hasty);
    expect(chinese.out()).toContain('Chen Wei  呼叫 0 → 1（+1）  夜间叫醒 0 → 0（±0）');
  });

  it('leaves it out when told to, and takes another time', async () => {
    const without = await given(await history());
    expect(await without.run('config', 'plan', hasty, '--no-history')).toBe(0);
    expect(without.out()).not.toContain('What it would have meant');
    expect(without.calls).toEqual(['/v1/config/plan?history=false', '/v1/config']);
    const later = await given(await history());
    await later.run('config', 'plan', hasty, '--from', '7d');
    expect(later.calls).toContain('/v1/simulations/recording?from=2026-11-18T00%3A00%3A00.000Z');
    expect(await later.run('config', 'plan', hasty, '--from', 'soon')).toBe(2);
  });

  it('is shown where nothing is recorded, and where the server could not judge by history', async () => {
    const detail = 'it did not end in time';
    const { run, out } = await given([], { historyUnknown: { reason: 'out-of-time', detail } });
    expect(await run('config', 'plan', hasty)).toBe(0);
    expect(out()).toContain('History was not replayed: Nothing is recorded since 2026-10-26T00:00:00.000Z');
    expect(out()).toContain(
      `The server did not replay history to see whether a second approver is needed: ${detail}`,
    );
  });
});
