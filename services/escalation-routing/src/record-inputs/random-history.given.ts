import { type Config, type Instant, isoOf, type TicketEvent } from '@tocsin/contracts';
import type { RoutedCase } from '../routed-case.js';
import { eventAt } from './event-at.given.js';
import { RecordedWorld, type Wanted } from './recorded-world.given.js';

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
  /** Most of what happens comes in the same millisecond as what was before, and timers are never late. */
  crowded = false,
): Promise<RecordedWorld> {
  const below = randomOf(seed);
  // Mostly milliseconds; now and then a fault of half a minute.
  const late = (): number => (below(40) === 0 ? below(30_000) : below(900));
  const world = new RecordedWorld(START, configs, crowded ? () => 0 : late);
  const chance = new Chance(world, below);
  for (let n = 0; n < happenings; n++) {
    const isAtOnce = crowded && below(4) > 0;
    if (!isAtOnce) await world.passUntil(world.now + below(below(6) === 0 ? 20 * MINUTE : 40_000));
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
      // A key comes again: what was over may be raised anew.
      const again = this.below(4) === 0;
      return this.eventOf('ticket.created', `T-${again ? 1 + this.below(this.keys) : this.keys}`);
    });
    await this.world.triage(batch);
  }

  /** Two tickets too far apart to be one case, and one between them that makes them one; then somebody acts on them. */
  async bridge(): Promise<void> {
    const market = this.oneOf(['SG', 'MY']);
    const opened: bigint[] = [];
    for (const minutes of [6, 1, 3.5]) {
      this.keys += 1;
      const occurredAt = isoOf(this.world.now - minutes * MINUTE);
      const event = this.eventOf('ticket.created', `T-${this.keys}`);
      await this.world.triage([{ ...event, occurredAt, market, category: 'live.payout' }]);
      opened.push([...this.world.cases.keys()].at(-1) ?? 0n);
      await this.world.passUntil(this.world.now + 1 + this.below(900));
    }
    await this.world.act([{ id: this.oneOf(opened), act: 'escalate', by: this.oneOf(PEOPLE) }]);
  }

  async tellMore({ source, ticketKey }: RoutedCase): Promise<void> {
    const types = ['ticket.updated', 'ticket.commented'] as const;
    const more = Array.from({ length: 1 + this.below(2) }, () => this.eventOf(this.oneOf(types), ticketKey));
    if (source === 'demo') await this.world.triage(more);
  }

  /** A host that goes wrong and right again, in alerts that a rule groups. */
  async flap(): Promise<void> {
    const host = this.oneOf(['db-1', 'db-2']);
    const types = ['alert.raised', 'alert.cleared'] as const;
    const batch = Array.from({ length: 1 + this.below(5) }, () => ({
      ...this.eventOf(this.oneOf(types), `${host}/${this.oneOf(['cpu', 'disk'])}`),
      kind: 'alert' as const,
      attributes: { host },
    }));
    await this.world.triage(batch);
  }

  async end({ id, source, ticketKey }: RoutedCase): Promise<void> {
    if (source === 'demo') await this.world.triage([this.eventOf('ticket.resolved', ticketKey)]);
    else await this.world.act([{ id, act: 'resolve', by: this.oneOf(PEOPLE) }]);
  }

  /** One act on a case, now and then on several at once; also on what has become part of another. */
  async act(found: RoutedCase): Promise<void> {
    const by = this.oneOf(PEOPLE);
    const until = this.world.now + (1 + this.below(40)) * MINUTE;
    const acts: readonly Wanted[] = [
      { act: 'acknowledge', by },
      { act: 'acknowledge', by, body: { epoch: 1 } },
      { act: 'resolve', by },
      { act: 'resolve', by, wish: { resolution: { code: 'fixed', cause: 'in their own words' } } },
      { act: 'escalate', by },
      { act: 'snooze', by, wish: { until, reason: 'later' } },
      { act: 'owner-times', by, wish: { until, reason: 'long work', remind: 1 + this.below(3000) } },
      { act: 'reassign', by, wish: { to: [{ kind: 'person', name: this.oneOf(PEOPLE) }] } },
      { act: 'add-responder', by, wish: { responder: this.oneOf(PEOPLE) } },
      { act: 'reopen', by },
      { act: 'note', by, body: { note: 'seen' } },
    ];
    const wanted = this.oneOf(acts);
    const any = [...this.world.cases.values()].at(-1 - this.below(5)) ?? found;
    const ids = this.below(6) === 0 ? new Set([found.id, any.id]) : [found.id];
    await this.world.act([...ids].map((id) => ({ id, ...wanted })));
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
    return this.apart(() => {
      const { changes, now } = this.world;
      this.world.changeShift(overrideFrom(now, `chg_${changes.length}`, this.oneOf(PEOPLE)));
    });
  }

  newRevision(): Promise<void> {
    return this.apart(() => {
      if (this.below(4) === 0) this.world.revise();
    });
  }

  /** Maintenance from now on or from a little later; often it ends early. */
  changeWindow(): Promise<void> {
    return this.apart(() => {
      this.makeOrStopWindow();
    });
  }

  private makeOrStopWindow(): void {
    const { windows, now } = this.world;
    if (this.below(2) === 0) {
      this.world.stopWindow();
      return;
    }
    const from = now + this.below(2) * 5 * MINUTE;
    this.world.makeWindow({
      ...{ id: `mnt_${windows.length}`, name: `window ${windows.length}`, recordedAt: now },
      ...{ scope: { services: [this.oneOf(['payouts', 'safety'])] }, safety: 'exempt' },
      ...{ from, until: from + (2 + this.below(30)) * MINUTE },
    });
  }

  /** In a millisecond of its own: what is on record elsewhere says its instant only. */
  private async apart(happen: () => void): Promise<void> {
    await this.world.passUntil(this.world.now + 1);
    happen();
    await this.world.passUntil(this.world.now + 1);
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
      ...perhaps(8, () => ({ version: { by: 'sender' as const, at: this.below(3) + 1, tie: '' } })),
      ...perhaps(4, () => ({ market: this.oneOf(['SG', 'MY']) })),
      ...perhaps(6, () => ({ occurredAt: isoOf(this.world.now - this.below(20 * MINUTE)) })),
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
  [38, (chance, found) => chance.tellMore(found)],
  [46, (chance) => chance.flap()],
  [48, (chance) => chance.bridge()],
  [60, (chance, found) => chance.end(found)],
  [86, (chance, found) => chance.act(found)],
  [89, (chance, found) => chance.pin(found)],
  [90, (chance, found) => chance.unpin(found)],
  [92, (chance) => chance.pageByHand()],
  [93, (chance) => chance.changeShift()],
  [97, (chance) => chance.changeWindow()],
  [98, (chance, found) => chance.migrate(found)],
  [100, (chance) => chance.newRevision()],
];
type Happens = readonly [until: number, happen: (chance: Chance, found: RoutedCase) => Promise<void>];

const overrideFrom = (at: Instant, id: string, person: string) => ({
  ...{ kind: 'override' as const, id, schedule: 'primary', role: 'primary' as const, person },
  ...{ from: at, until: at + 120 * MINUTE, recordedAt: at, recordedBy: 'ana' },
});
