import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { caseIdText, type TicketEvent } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { fc, runs } from '@tocsin/test-rig/worlds';
import type { Act } from './respond-to-case/respond-to-case.js';
import { ROUTING_FAILPOINTS } from './routing-failpoints.js';
import { routingOn, type RoutingRig, ticketEvent } from './routing.rig.js';
import { type ToldPage, ToldTicket } from './told-escalation.given.js';

// Two hundred histories on a real server; a busy machine needs more than the default.
jest.setTimeout(600_000);

const START = Date.parse('2026-11-02T04:00:00Z');
const TICKETS = ['a', 'b'] as const;
type Ticket = (typeof TICKETS)[number];

/** What was promised so far, and what was sent. */
class Model {
  now = 0;
  readonly told = { a: new ToldTicket(), b: new ToldTicket() };
  readonly sent: Record<Ticket, TicketEvent[]> = { a: [], b: [] };
}

/** The router of one history: two instances of it on one database, and a failpoint that can be armed. */
class Real {
  constructor(
    readonly one: RoutingRig,
    readonly other: RoutingRig,
    readonly clock: FakeClock,
    readonly history: number,
    readonly arm: (failpoint: string | undefined) => void,
  ) {}

  key(ticket: Ticket): string {
    return `${ticket}-${this.history}`;
  }

  /** Does it, and once more when the process died at the armed failpoint before the commit: nothing may be left of it. */
  async survive<T>(dies: string | undefined, act: () => Promise<T>): Promise<T> {
    this.arm(dies);
    try {
      return await act();
    } catch (error) {
      if ((error as Error).message !== KILLED) throw error;
      return await act();
    } finally {
      this.arm(undefined);
    }
  }

  async newestCase(ticket: Ticket): Promise<bigint> {
    const [row] = await this.one.query<{ id: string }>(
      'SELECT max(id)::text AS id FROM escalation_routing.case_record WHERE ticket_key = $1',
      [this.key(ticket)],
    );
    return BigInt(row?.id ?? 0);
  }

  /** Of each case of the ticket, in the order in which they were requested. */
  async pages(ticket: Ticket): Promise<ToldPage[][]> {
    const cases = await this.one.query<{ id: string }>(
      'SELECT id::text FROM escalation_routing.case_record WHERE ticket_key = $1 ORDER BY id',
      [this.key(ticket)],
    );
    const requested = await this.one.query<{ page: string }>(
      `SELECT payload AS page FROM escalation_routing.outbox WHERE type = 'PageRequested' ORDER BY batch, n`,
    );
    const pages = requested.map(({ page }) => JSON.parse(page) as Omit<ToldPage, 'due'> & RequestedPage);
    return cases.map(({ id }) =>
      pages
        .filter(({ caseId }) => caseId === caseIdText(BigInt(id)))
        .map(({ epoch, round, step, person, dueAt }) => ({
          ...{ epoch, round, step, person, due: (Date.parse(dueAt) - START) / 1000 },
        })),
    );
  }
}

interface RequestedPage {
  readonly caseId: string;
  readonly dueAt: string;
}

const KILLED = 'killed at a failpoint';

abstract class Command implements fc.AsyncCommand<Model, Real> {
  constructor(
    protected readonly ticket: Ticket,
    protected readonly dies: string | undefined,
  ) {}
  check: (model: Readonly<Model>) => boolean = () => true;
  abstract act(model: Model, real: Real): Promise<void>;
  async run(model: Model, real: Real): Promise<void> {
    await this.act(model, real);
    for (const ticket of TICKETS)
      expect(await real.pages(ticket)).toEqual(model.told[ticket].pages().map((pages) => [...pages]));
  }
  toString(): string {
    return `${this.constructor.name}(${this.ticket}${this.dies === undefined ? '' : `, dies at ${this.dies}`})`;
  }
}

/** The source raises the ticket anew, or clears it. */
class Report extends Command {
  constructor(
    ticket: Ticket,
    dies: string | undefined,
    private readonly type: 'ticket.created' | 'ticket.resolved',
  ) {
    super(ticket, dies);
  }
  override async act({ told, sent, now }: Model, real: Real): Promise<void> {
    const event = ticketEvent({ ticketKey: real.key(this.ticket), type: this.type });
    sent[this.ticket].push(event);
    await real.survive(this.dies, () => real.one.triage([event]));
    if (this.type === 'ticket.created') told[this.ticket].raise(now);
    else told[this.ticket].clear();
  }
  override toString(): string {
    return `${this.type} ${super.toString()}`;
  }
}

/** The last event, or one before it, is delivered again: nothing may follow from it. */
class Repeat extends Command {
  constructor(
    ticket: Ticket,
    dies: string | undefined,
    private readonly back: number,
  ) {
    super(ticket, dies);
  }
  override check = ({ sent }: Readonly<Model>): boolean => sent[this.ticket].length > this.back;
  override async act({ sent }: Model, real: Real): Promise<void> {
    const event = sent[this.ticket].at(-1 - this.back) as TicketEvent;
    await real.survive(this.dies, () => real.other.triage([event]));
  }
}

/** Time goes on; then both instances look for what is due, at once. */
class Pass extends Command {
  constructor(
    ticket: Ticket,
    dies: string | undefined,
    private readonly seconds: number,
  ) {
    super(ticket, dies);
  }
  override async act(model: Model, real: Real): Promise<void> {
    model.now += this.seconds;
    await real.clock.advance(`${this.seconds}s`);
    await real.survive(this.dies, async () => {
      const looks = [real.one, real.other].map(({ routing }) => routing.advanceDue.advance());
      // One may die while the other still works.
      await Promise.allSettled(looks);
      await Promise.all(looks);
    });
    for (const { newest } of Object.values(model.told)) newest?.wake(model.now);
  }
  override toString(): string {
    return `${this.seconds} s ${super.toString()}`;
  }
}

class Respond extends Command {
  constructor(
    ticket: Ticket,
    dies: string | undefined,
    private readonly deed: Extract<Act, 'acknowledge' | 'resolve' | 'reopen' | 'escalate'>,
    private readonly by: string,
    private readonly stale: boolean,
  ) {
    super(ticket, dies);
  }
  override check = ({ told }: Readonly<Model>): boolean => told[this.ticket].newest !== undefined;
  override async act({ told, now }: Model, real: Real): Promise<void> {
    const { newest } = told[this.ticket];
    if (newest === undefined) return;
    const stale = this.stale && (this.deed === 'acknowledge' || this.deed === 'escalate');
    const caseId = await real.newestCase(this.ticket);
    const result = await real.survive(this.dies, () =>
      real.one.routing.respondToCase.respond({
        ...{ tenant: 'default', caseId, act: this.deed, by: this.by },
        body: stale ? { epoch: newest.epoch - 1 } : {},
      }),
    );
    expect(result.ok).toBe(stale ? false : this.expected(newest, now));
  }
  private expected(told: NonNullable<ToldTicket['newest']>, now: number): boolean {
    switch (this.deed) {
      case 'acknowledge':
        return told.acknowledge(this.by);
      case 'escalate':
        return told.escalate(now);
      case 'resolve':
        told.standing = 'resolved';
        return true;
      case 'reopen':
        if (told.standing !== 'paging') told.startAgain(now);
        return true;
    }
  }
  override toString(): string {
    return `${this.by} ${this.deed}${this.stale ? ' stale' : ''} ${super.toString()}`;
  }
}

const ticket = fc.constantFrom(...TICKETS);
const dies = fc.option(fc.constantFrom<string>(...ROUTING_FAILPOINTS), { nil: undefined, freq: 4 });
const commands = fc.commands(
  [
    fc
      .tuple(ticket, dies, fc.constantFrom('ticket.created' as const, 'ticket.resolved' as const))
      .map((all) => new Report(...all)),
    fc.tuple(ticket, dies).map(([which, at]) => new Report(which, at, 'ticket.created')),
    fc.tuple(ticket, dies, fc.nat(2)).map((all) => new Repeat(...all)),
    fc.tuple(ticket, dies, fc.constantFrom(0, 1, 9, 119, 120, 180, 1000)).map((all) => new Pass(...all)),
    fc.tuple(ticket, dies, fc.constantFrom(120, 180, 900)).map((all) => new Pass(...all)),
    fc
      .tuple(
        ticket,
        dies,
        fc.constantFrom(
          ...(['acknowledge', 'acknowledge', 'resolve', 'reopen', 'escalate', 'escalate'] as const),
        ),
        fc.constantFrom('ana', 'bo'),
        fc.constantFrom(false, false, false, true),
      )
      .map((all) => new Respond(...all)),
  ],
  { maxCommands: 40, size: 'max' },
);

describe('the real router, whatever happens to two tickets', () => {
  let database: TestDatabase;
  let one: RoutingRig;
  let other: RoutingRig;
  let clock: FakeClock;
  let armed: string | undefined;

  beforeAll(async () => {
    const pass = (name: string): void => {
      if (name !== armed) return;
      armed = undefined;
      throw new Error(KILLED);
    };
    database = await testDatabase();
    one = await routingOn(database.url, pass);
    other = await routingOn(database.url, pass);
    clock = await FakeClock.install(database);
  });
  afterAll(async () => {
    await one.close();
    await other.close();
    await database.drop();
  });

  it('S3, S4, S7, S9: pages exactly what its policy promises, died and repeated or not; L3: until somebody answers', async () => {
    let history = 0;
    await fc.assert(
      fc.asyncProperty(commands, async (all) => {
        history += 1;
        await one.query('DELETE FROM escalation_routing.escalation');
        await one.query('DELETE FROM escalation_routing.outbox');
        await clock.stop(new Date(START).toISOString());
        const real = new Real(one, other, clock, history, (name) => {
          armed = name;
        });
        const model = new Model();
        await fc.asyncModelRun(() => ({ model, real }), all);
        // Left alone for as long as a whole ladder takes, what nobody has answered must reach the fallback.
        for (let n = 0; n < 6; n += 1) await new Pass('a', undefined, 900).run(model, real);
        for (const { newest } of Object.values(model.told))
          if (newest?.standing === 'paging') expect(newest.pages.at(-1)?.person).toBe('dee');
      }),
      { numRuns: runs(200) },
    );
  });
});
