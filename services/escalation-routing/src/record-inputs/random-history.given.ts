import type { Config, Instant, TicketEvent } from '@tocsin/contracts';
import type { CaseInput } from '@tocsin/rules';
import { eventAt, RecordedWorld } from './recorded-world.given.js';

const PEOPLE = ['ana', 'bo', 'chen', 'dee', 'mo'] as const;
const START = Date.parse('2026-11-02T00:00:00Z');
const MINUTE = 60_000;

/** A small generator with a seed (mulberry32): the same seed tells the same history. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Random stories through routing's own code: tickets, people, timers that ring late, shifts, pins, revisions. */
export async function randomHistory(
  seed: number,
  happenings: number,
  configs: readonly Config[],
): Promise<RecordedWorld> {
  const below = randomOf(seed);
  const oneOf = <T>(of: readonly T[]): T => of[below(of.length)] as T;
  // Mostly milliseconds; now and then a fault of half a minute.
  const world = new RecordedWorld(START, configs, () => (below(40) === 0 ? below(30_000) : below(900)));
  let keys = 0;
  const eventOf = (type: TicketEvent['type'], ticketKey: string): TicketEvent =>
    eventAt(world.now, {
      type,
      ticketKey,
      category: oneOf(['live.payout', 'live.payout', 'safety', 'other']),
      severity: oneOf(['critical', 'warning', 'warning', 'info']),
      ...(below(3) === 0 ? { affected: below(900) } : {}),
      ...(below(5) === 0 ? { tags: ['vip'] } : {}),
      ...(below(4) === 0 ? { requester: { id: oneOf(['u1', 'u2']) } } : {}),
      ...(below(3) === 0 ? { language: oneOf(['zh', 'en']) } : {}),
      ...(below(3) === 0 ? { status: oneOf(['open', 'waiting-for-customer', 'solved']) } : {}),
      ...(below(6) === 0 ? { author: { role: oneOf(['agent', 'customer']) } } : {}),
    });
  const actOf = (): CaseInput => {
    const by = oneOf(PEOPLE);
    const acts: readonly CaseInput[] = [
      { type: 'Acknowledged', by },
      { type: 'Acknowledged', by, epoch: 1 },
      { type: 'Resolved', by },
      { type: 'EscalateNow', by },
      { type: 'Snoozed', by, until: world.now + (1 + below(40)) * MINUTE, reason: 'later' },
      { type: 'Reassigned', by, to: [{ kind: 'person', name: oneOf(PEOPLE) }] },
      { type: 'ResponderAdded', by, person: oneOf(PEOPLE) },
      { type: 'Reopened', by },
    ];
    return oneOf(acts);
  };
  for (let n = 0; n < happenings; n++) {
    await world.passUntil(world.now + below(below(6) === 0 ? 20 * MINUTE : 40_000));
    const { open } = world;
    const found = open.length === 0 ? undefined : oneOf(open);
    // Whoever has too much on their hands ends something.
    const dice = open.length > 12 ? 45 + below(55) : below(100);
    if (found === undefined || dice < 25) {
      const batch = Array.from({ length: 1 + below(3) }, () => eventOf('ticket.created', `T-${(keys += 1)}`));
      await world.triage(batch);
    } else if (dice < 45) {
      const types = ['ticket.updated', 'ticket.commented'] as const;
      const again = Array.from({ length: 1 + below(2) }, () => eventOf(oneOf(types), found.ticketKey));
      if (found.source === 'demo') await world.triage(again);
    } else if (dice < 60) {
      if (found.source === 'demo') await world.triage([eventOf('ticket.resolved', found.ticketKey)]);
      else await world.act(found.id, { type: 'Resolved', by: oneOf(PEOPLE) });
    } else if (dice < 90) await world.act(found.id, actOf());
    else if (dice < 93) {
      const until = below(2) === 0 ? {} : { until: world.now + (1 + below(30)) * MINUTE };
      const pin = {
        priority: oneOf(['P1', 'P2', 'P4', 'P5'] as const),
        by: 'ana',
        reason: 'asked',
        ...until,
      };
      await world.weigh(found.id, { type: 'Pinned', pin });
    } else if (dice < 94) await world.weigh(found.id, { type: 'Unpinned' });
    else if (dice < 96) await world.pageByHand(oneOf(['P1', 'P3'] as const), oneOf(PEOPLE));
    else if (dice < 97) world.changeShift(overrideFrom(world.now, `chg_${n}`, oneOf(PEOPLE)));
    else if (dice < 98) await world.migrate(found.id, 'ana');
    else if (world.revision < configs.length && below(4) === 0) world.revision += 1;
  }
  await world.passUntil(world.now + 90 * MINUTE);
  return world;
}

const overrideFrom = (at: Instant, id: string, person: string) => ({
  ...{ kind: 'override' as const, id, schedule: 'primary', role: 'primary' as const, person },
  ...{ from: at, until: at + 120 * MINUTE, recordedAt: at, recordedBy: 'ana' },
});
