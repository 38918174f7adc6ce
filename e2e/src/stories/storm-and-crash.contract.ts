import { beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@tocsin/test-rig';
import { Api, DEMO } from '../system/api.js';
import type { RunningSystem } from '../system/running-system.js';

const COPIES = 500;
const KEYED = 500;
const CONNECTIONS = 20;
/** Whose process is killed, and after what share of the answers; on one node it is the same process each time. */
const KILLED = [
  ['ticket-intake', 0.2],
  ['escalation-routing', 0.5],
  ['notification', 0.8],
] as const;

/** An upstream that repeats itself, and processes that die under it. */
export function stormAndCrash(running: () => RunningSystem): void {
  describe('story 2: a duplicate storm, and a process killed in it three times', () => {
    let system: RunningSystem;
    let api: Api;
    beforeAll(() => {
      system = running();
      api = new Api(system.url);
    });

    const answers: { status: number; eventId: string; duplicate: boolean; copy: boolean }[] = [];

    /** As an upstream does: the same event again until it is answered. */
    const insist = async (body: Record<string, unknown>, copy: boolean): Promise<void> => {
      await until(
        async () => {
          const answer = await fetch(`${system.url}/v1/sources/demo/events`, {
            method: 'POST',
            headers: { authorization: `Bearer ${DEMO.sourceKey}`, 'content-type': 'application/json' },
            body: JSON.stringify(body),
            signal: AbortSignal.timeout(5_000),
          });
          if (answer.status >= 500) return false;
          answers.push({
            status: answer.status,
            copy,
            ...((await answer.json()) as { eventId: string; duplicate: boolean }),
          });
          return true;
        },
        { within: '90s', for: 'an answer' },
      );
    };

    it('ends in one case that counts 501 events, and one page per phone', async () => {
      const common = { type: 'ticket.created', key: 'storm', subject: 'Payout storm', severity: 'critical' };
      const storm = [
        ...Array.from({ length: COPIES }, () => ({ body: { ...common, id: 'storm-copy' }, copy: true })),
        ...Array.from({ length: KEYED }, (_, n) => ({ body: { ...common, id: `storm-${n}` }, copy: false })),
      ].sort((a, b) => String(a.body.id).length - String(b.body.id).length);
      let next = 0;
      const senders = Array.from({ length: CONNECTIONS }, async () => {
        for (let item = storm[next++]; item !== undefined; item = storm[next++])
          await insist(item.body, item.copy);
      });
      const killer = (async () => {
        for (const [role, share] of KILLED) {
          await until(() => answers.length > share * storm.length, { within: '90s' });
          // It may just be starting again, by its own watchdog.
          await until(() => system.of(role).length > 0, { within: '30s', for: `${role} to run` });
          const dead = system.signal(role, 'SIGKILL');
          await until(() => system.of(role).some(({ pid }) => pid !== dead), { within: '30s' });
        }
      })();
      await Promise.all([...senders, killer]);

      expect(answers).toHaveLength(COPIES + KEYED);
      expect(answers.every(({ status }) => status === 202)).toBe(true);
      const copies = answers.filter(({ copy }) => copy);
      expect(new Set(copies.map(({ eventId }) => eventId)).size).toBe(1);
      // At most one is the first; none, when its answer died with the process after the commit.
      expect(copies.filter(({ duplicate }) => !duplicate).length).toBeLessThanOrEqual(1);

      const cases = await until(
        async () => {
          const found = await api.cases('?ticketKey=storm');
          return found[0]?.events === KEYED + 1 && found;
        },
        { within: '30s', for: 'all 501 events to be counted' },
      );
      expect(cases).toHaveLength(1);
      await until(async () => (await api.phone('bo')).filter((m) => m.caseId === cases[0]?.id).length >= 2, {
        within: '30s',
      });
      const messages = (await api.phone('bo')).filter((m) => m.caseId === cases[0]?.id && !m.repeat);
      expect(messages.filter(({ method }) => method === 'phone')).toHaveLength(1);
      expect(messages.filter(({ method }) => method === 'app')).toHaveLength(1);
    }, 180_000);

    it('balances the conservation ledger', async () => {
      interface Minute {
        received: number;
        accepted: number;
        duplicate: number;
        quarantined: number;
        rejected: number;
      }
      const minutes = await until(
        async () => {
          const { body } = await api.send<{ minutes: (Minute & { source: string })[] }>(
            'GET',
            '/v1/intake/conservation',
          );
          const own = body.minutes.filter(({ source }) => source === 'demo');
          return own.reduce((sum, m) => sum + m.accepted, 0) === KEYED + 1 && own;
        },
        { within: '120s', for: 'the ledger to be written' },
      );
      for (const m of minutes) expect(m.received).toBe(m.accepted + m.duplicate + m.quarantined + m.rejected);
    }, 130_000);
  });
}
