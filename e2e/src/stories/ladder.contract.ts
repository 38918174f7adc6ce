import { beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@tocsin/test-rig';
import { Api } from '../system/api.js';
import type { RunningSystem } from '../system/running-system.js';

interface Told {
  readonly type: string;
  readonly at: string;
  readonly facts: Record<string, unknown>;
}

/** Seconds: the starter's two and three minutes, scaled, so that a story takes half a minute. */
const WAITS = { onCall: 4, owner: 6, manager: 6 };

/** Nobody answers. Changes the waits of the world, so it is told last. */
export function ladder(running: () => RunningSystem): void {
  describe('story 3: the ladder without an answer', () => {
    let api: Api;
    beforeAll(async () => {
      api = new Api(running().url);
      const { body } = await api.send<{ tree: Record<string, Record<string, unknown>> }>('GET', '/v1/config');
      const tree = structuredClone(body.tree) as {
        policies: Record<string, { steps: { wait: string }[] }>;
        people: Record<string, { notify: Record<string, unknown> }>;
      };
      const steps = tree.policies['live-pay']?.steps ?? [];
      Object.values(WAITS).forEach((wait, i) => Object.assign(steps[i] ?? {}, { wait: `${wait}s` }));
      Object.assign(tree.people['bo'] ?? {}, {
        notify: { 'P1-P2': [{ via: 'app' }, { after: '1s', via: 'phone' }, { after: '2s', via: 'voice' }] },
      });
      const applied = await api.send<{ revision: number }>('POST', '/v1/config/apply', tree);
      expect(applied.status).toBe(200);
      await running().goesBy(applied.body.revision);
    }, 60_000);

    const raise = async (key: string): Promise<string> => {
      const answer = await api.event('demo', {
        id: key,
        type: 'ticket.created',
        key,
        subject: `Payout ${key}`,
        severity: 'critical',
      });
      expect(answer.status).toBe(202);
      return until(async () => (await api.cases(`?ticketKey=${key}`))[0]?.id, { within: '5s' });
    };
    const told = async (id: string, type: string): Promise<Told[]> =>
      (await api.timeline(id)).filter((event) => event.type === type);

    it('walks on-call, owner, manager, the second round, then everyone, each step within a second of its time', async () => {
      const id = await raise('ladder-1');
      await until(async () => (await told(id, 'EscalationExhausted')).length === 1, { within: '45s' });
      const started = [...(await told(id, 'StepStarted')), ...(await told(id, 'FallbackPaged'))];
      expect(started.map(({ facts }) => [facts['round'], facts['step']])).toEqual([
        [1, 0],
        [1, 1],
        [1, 2],
        [2, 1],
        [2, 2],
        [2, 3],
      ]);
      const waits = [WAITS.onCall, WAITS.owner, WAITS.manager, WAITS.owner, WAITS.manager];
      started.slice(1).forEach(({ at }, i) => {
        const late = (Date.parse(at) - Date.parse(started[i]?.at ?? '')) / 1_000 - (waits[i] ?? 0);
        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThan(1.5);
      });
      const methods = (await api.phone('bo')).filter((m) => m.caseId === id).map(({ method }) => method);
      expect(methods.slice(0, 3)).toEqual(['app', 'phone', 'voice']);
      for (const person of ['chen', 'dee', 'ana'])
        expect((await api.phone(person)).some((m) => m.caseId === id)).toBe(true);
      // An exhausted case stays open and is not forgotten.
      expect(await api.case(id)).toMatchObject({
        state: 'open',
        escalation: { state: 'exhausted', wakeAt: expect.any(String) },
      });
    }, 90_000);

    it('stops at the answer of the Tier2 owner: the manager is never paged', async () => {
      const id = await raise('ladder-2');
      const message = await until(async () => (await api.phone('chen')).find((m) => m.caseId === id), {
        within: '20s',
      });
      const link = new URL(message.answerUrl).pathname;
      expect(
        (await api.send('POST', link, undefined, { authorization: '', accept: 'application/json' })).status,
      ).toBe(200);
      expect(await api.case(id)).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'chen' });
      const since = Date.now();
      await until(() => Date.now() - since > (WAITS.owner + 2) * 1_000, { within: '20s' });
      expect((await api.phone('dee')).filter((m) => m.caseId === id)).toEqual([]);
      expect(await told(id, 'StepStarted')).toHaveLength(2);
      const late = await api.act(id, 'acknowledge', { person: 'bo' });
      expect(late.status).toBe(409);
      expect(JSON.stringify(late.body)).toContain('chen');
    }, 60_000);

    it('says why a person was or was not paged', async () => {
      const [{ id } = { id: '' }] = await api.cases('?ticketKey=ladder-2');
      const why = async (person: string): Promise<string> =>
        JSON.stringify((await api.send('GET', `/v1/explain?case=${id}&person=${person}`)).body);
      expect(await why('chen')).toMatch(/paged/);
      expect(await why('dee')).toMatch(/acknowledg/);
    });
  });
}
