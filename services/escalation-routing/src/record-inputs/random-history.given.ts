import type { Config, Instant, TicketEvent } from '@tocsin/contracts';
import type { CaseInput } from '@tocsin/rules';
import type { RoutedCase } from '../routed-case.js';
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
  // Mostly milliseconds; now and then a fault of half a minute.
  const world = new RecordedWorld(START, configs, () => (below(40) === 0 ? below(30_000) : below(900)));
  const chance = new Chance(world, below, configs.length);
  for (let n = 0; n < happenings; n++) {
    await world.passUntil(world.now + below(below(6) === 0 ? 20 * MINUTE : 40_000));
    await chance.happen();
  }
  await world.passUntil(world.now + 90 * MINUTE);
  return world;
}

/** What comes from outside, by the dice. */
class Chance {
  private keys = 0;

  constructor(
    private readonly world: RecordedWorld,
    private readonly below: (below: number) => number,
    private readonly revisions: number,
  ) {}

  async happen(): Promise<void> {
    const { open } = this.world;
    // Whoever has too much on their hands ends something.
    const dice = open.length > 12 ? 45 + this.below(55) : this.below(100);
    const found = open.length === 0 || dice < 25 ? undefined : this.oneOf(open);
    if (found === undefined) return this.openSome();
    const [, happen] = HAPPENINGS.find(([until]) => dice < until) ?? HAPPENINGS[0];
    await happen(this, found);
  }

  oneOf<T>(of: readonly T[]): T {
    return of[this.below(of.length)] as T;
  }

  async openSome(): Promise<void> {
    const batch = Array.from({ length: 1 + this.below(3) }, () => {
      this.keys += 1;
      return this.eventOf('ticket.created', `T-${this.keys}`);
    });
    await this.world.triage(batch);
  }

  async tellMore({ source, ticketKey }: RoutedCase): Promise<void> {
    const types = ['ticket.updated', 'ticket.commented'] as const;
    const more = Array.from({ length: 1 + this.below(2) }, () => this.eventOf(this.oneOf(types), ticketKey));
    if (source === 'demo') await this.world.triage(more);
  }

  async end({ id, source, ticketKey }: RoutedCase): Promise<void> {
    if (source === 'demo') await this.world.triage([this.eventOf('ticket.resolved', ticketKey)]);
    else await this.world.act(id, { type: 'Resolved', by: this.oneOf(PEOPLE) });
  }

  async act({ id }: RoutedCase): Promise<void> {
    const by = this.oneOf(PEOPLE);
    const until = this.world.now + (1 + this.below(40)) * MINUTE;
    const acts: readonly CaseInput[] = [
      { type: 'Acknowledged', by },
      { type: 'Acknowledged', by, epoch: 1 },
      { type: 'Resolved', by },
      { type: 'EscalateNow', by },
      { type: 'Snoozed', by, until, reason: 'later' },
      { type: 'Reassigned', by, to: [{ kind: 'person', name: this.oneOf(PEOPLE) }] },
      { type: 'ResponderAdded', by, person: this.oneOf(PEOPLE) },
      { type: 'Reopened', by },
    ];
    await this.world.act(id, this.oneOf(acts));
  }

  async pin({ id }: RoutedCase): Promise<void> {
    const until = this.below(2) === 0 ? {} : { until: this.world.now + (1 + this.below(30)) * MINUTE };
    const priority = this.oneOf(['P1', 'P2', 'P4', 'P5'] as const);
    await this.world.weigh(id, { type: 'Pinned', pin: { priority, by: 'ana', reason: 'asked', ...until } });
  }

  async pageByHand(): Promise<void> {
    await this.world.pageByHand(this.oneOf(['P1', 'P3'] as const), this.oneOf(PEOPLE));
  }

  changeShift(): Promise<void> {
    const { changes, now } = this.world;
    this.world.changeShift(overrideFrom(now, `chg_${changes.length}`, this.oneOf(PEOPLE)));
    return Promise.resolve();
  }

  newRevision(): Promise<void> {
    if (this.world.revision < this.revisions && this.below(4) === 0) this.world.revision += 1;
    return Promise.resolve();
  }

  migrate({ id }: RoutedCase): Promise<void> {
    return this.world.migrate(id, 'ana');
  }

  unpin({ id }: RoutedCase): Promise<void> {
    return this.world.weigh(id, { type: 'Unpinned' });
  }

  private eventOf(type: TicketEvent['type'], ticketKey: string): TicketEvent {
    const perhaps = <T extends object>(one: number, said: () => T): T | object =>
      this.below(one) === 0 ? said() : {};
    return eventAt(this.world.now, {
      type,
      ticketKey,
      category: this.oneOf(['live.payout', 'live.payout', 'safety', 'other']),
      severity: this.oneOf(['critical', 'warning', 'warning', 'info']),
      ...perhaps(3, () => ({ affected: this.below(900) })),
      ...perhaps(5, () => ({ tags: ['vip'] })),
      ...perhaps(4, () => ({ requester: { id: this.oneOf(['u1', 'u2']) } })),
      ...perhaps(3, () => ({ language: this.oneOf(['zh', 'en']) })),
      ...perhaps(3, () => ({ status: this.oneOf(['open', 'waiting-for-customer', 'solved'] as const) })),
      ...perhaps(6, () => ({ author: { role: this.oneOf(['agent', 'customer'] as const) } })),
    });
  }
}

/** By a dice of a hundred: up to where, and what then. */
const HAPPENINGS: readonly [Happens, ...Happens[]] = [
  [45, (chance, found) => chance.tellMore(found)],
  [60, (chance, found) => chance.end(found)],
  [90, (chance, found) => chance.act(found)],
  [93, (chance, found) => chance.pin(found)],
  [94, (chance, found) => chance.unpin(found)],
  [96, (chance) => chance.pageByHand()],
  [97, (chance) => chance.changeShift()],
  [98, (chance, found) => chance.migrate(found)],
  [100, (chance) => chance.newRevision()],
];
type Happens = readonly [until: number, happen: (chance: Chance, found: RoutedCase) => Promise<void>];

const overrideFrom = (at: Instant, id: string, person: string) => ({
  ...{ kind: 'override' as const, id, schedule: 'primary', role: 'primary' as const, person },
  ...{ from: at, until: at + 120 * MINUTE, recordedAt: at, recordedBy: 'ana' },
});
