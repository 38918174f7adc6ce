import { createHash } from 'node:crypto';
import type { Config, Instant, LeaveCalendar } from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';
import { afterReading, type FeedReading, type ImportedLeave, mayBeSame, planImport } from '@tocsin/rules';
import { type Host, RepeatedLoop } from '@tocsin/runtime';
import type { ShiftNoticeStore } from '../ask-cover/shift-notice.store.js';
import { applyImport, IMPORT_AHEAD_MS, standingLeave } from '../change-shifts/apply-import.js';
import { NOW } from '../json-rows.js';
import type { ConfigRevisions } from '../pinned-configs.js';
import type { ShiftChangeStore } from '../shift-change.store.js';
import { feedNotices } from './feed-notices.js';
import type { ClaimedFeed, LeaveFeedStore } from './leave-feed.store.js';
import { type GetOutside, type ReadFeed, readFeed } from './read-feed.js';

const EVERY_MS = 1000;

/** Calendars that one process reads at once. */
const AT_ONCE = 4;

/** Who is said to have recorded leave from a calendar. */
const BY = 'leave-feed';

interface Parts {
  readonly transactions: Transactions;
  readonly feeds: LeaveFeedStore;
  readonly changes: ShiftChangeStore;
  readonly notices: ShiftNoticeStore;
  readonly revisions: Pick<ConfigRevisions, 'current'>;
  readonly get: GetOutside;
  readonly log: Host['log'];
}

/**
 * Reads the calendars of leave that the config names (F5), each every quarter of an hour, and takes what has changed in
 * one transaction. Leave from a calendar belongs to it: its name has a «:», which no import by hand can have, so leave
 * made by hand is never touched. Every instance claims what is due; none leads. A reading that was overtaken, or whose
 * process died, changes nothing.
 */
export class PollLeave extends RepeatedLoop {
  readonly name = 'read calendars of leave';
  private kept: number | undefined;

  constructor(private readonly parts: Parts) {
    super({
      everyMs: EVERY_MS,
      log: parts.log,
      failed: 'calendars of leave could not be read, trying again',
    });
  }

  protected round(): Promise<unknown> {
    return this.poll();
  }

  /** Does nothing while none is due. @returns how many were read */
  async poll(): Promise<number> {
    const current = this.parts.revisions.current();
    if (current === undefined) return 0;
    const { config, revision } = current;
    if (this.kept !== revision) await this.keepFeeds(config);
    this.kept = revision;
    if (calendarsOf(config).length === 0) return 0;
    const claimed = await this.parts.transactions.run('cold', (tx) =>
      this.parts.feeds.claim(tx, config.tenant, AT_ONCE),
    );
    await Promise.all(claimed.map((feed) => this.readOne(config, feed)));
    return claimed.length;
  }

  /** One that the config names no more has nothing to say any longer: leave from it that is to come is cancelled. */
  private async keepFeeds(config: Config): Promise<void> {
    const { transactions, feeds, changes } = this.parts;
    const { tenant } = config;
    const wanted = calendarsOf(config);
    await transactions.run('cold', async (tx) => {
      const gone = await feeds.forgetOthers(
        tx,
        tenant,
        wanted.map(({ person }) => person),
      );
      if (wanted.length > 0) await feeds.keep(tx, tenant, wanted);
      if (gone.length === 0) return;
      await changes.lock(tx, tenant);
      const now = await nowOf(tx);
      for (const person of gone) {
        const of = { tenant, calendar: calendarName(person), person, window: windowAt(now) };
        const cancel = await standingLeave(tx, changes, of);
        await applyImport(tx, changes, { record: [], cancel }, { ...of, by: BY });
      }
    });
  }

  private async readOne(config: Config, claimed: ClaimedFeed): Promise<void> {
    const { person, mark, known, now } = claimed;
    const found = calendarsOf(config).find((one) => one.person === person);
    // Of another revision than ours: whoever has that one reads it when the claim has run out.
    if (found?.mark !== mark) return;
    const validators = mayBeSame(known.feed, now) ? known : undefined;
    const whose = { person, zone: found.zone, leave: found.leave, window: windowAt(now) };
    const read = await readFeed(this.parts.get, whose, validators);
    await this.parts.transactions.run('cold', (tx) => this.settle(tx, config, { claimed, read }));
  }

  private async settle(
    tx: Tx,
    config: Config,
    { claimed, read }: { readonly claimed: ClaimedFeed; readonly read: ReadFeed },
  ): Promise<void> {
    const { feeds, notices } = this.parts;
    const { tenant } = config;
    const { person } = claimed;
    const row = await feeds.lock(tx, tenant, claimed);
    if (row === undefined) return;
    const { now, confirmed, known } = row;
    const reading = await this.readingOf(tx, { tenant, person, read, confirmed, now });
    const { feed, act, nextAt, tell } = afterReading(known.feed, reading, now);
    if (read.type === 'read' && act === 'take')
      await this.take(tx, { tenant, person, leave: read.leave, now });
    const fault = read.type === 'failed' ? read.fault : undefined;
    const { etag, lastModified } = read.type === 'read' ? read : known;
    await feeds.save(tx, tenant, {
      ...{ person, nextAt, known: { feed, etag, lastModified, fault } },
      confirmed: confirmed && act !== 'take',
    });
    if (tell !== undefined)
      await notices.tell(tx, tenant, feedNotices({ tell, person, feed, fault, now }, config));
    if (fault !== undefined)
      this.parts.log.info({ person, fault: fault.en }, 'a calendar of leave cannot be read');
  }

  private async readingOf(
    tx: Tx,
    {
      tenant,
      person,
      read,
      confirmed,
      now,
    }: Omit<Taken, 'leave'> & { readonly read: ReadFeed; readonly confirmed: boolean },
  ): Promise<FeedReading> {
    if (read.type !== 'read') return { type: read.type };
    const of = { tenant, calendar: calendarName(person), person, window: windowAt(now) };
    const standing = (await standingLeave(tx, this.parts.changes, of)).length;
    return { type: 'read', named: read.leave.length, standing, confirmed };
  }

  /** Nothing is locked, and nobody proves or plans anything anew, when nothing has changed. */
  private async take(tx: Tx, { tenant, person, leave, now }: Taken): Promise<void> {
    const { changes } = this.parts;
    const of = { tenant, calendar: calendarName(person), person, window: windowAt(now) };
    const first = planImport(await standingLeave(tx, changes, of), leave);
    if (first.record.length + first.cancel.length === 0) return;
    await changes.lock(tx, tenant);
    // Somebody may have cancelled leave by hand meanwhile.
    const plan = planImport(await standingLeave(tx, changes, of), leave);
    await applyImport(tx, changes, plan, { ...of, by: BY });
  }
}

interface Taken {
  readonly tenant: string;
  readonly person: string;
  readonly leave: readonly ImportedLeave[];
  readonly now: Instant;
}

/** The calendar's name in the records. */
const calendarName = (person: string): string => `feed:${person}`;

const windowAt = (now: Instant): { from: Instant; until: Instant } => ({
  from: now,
  until: now + IMPORT_AHEAD_MS,
});

interface FoundCalendar {
  readonly person: string;
  readonly mark: string;
  readonly zone: string;
  readonly leave: LeaveCalendar;
}

const calendarsOf = ({ people }: Config): FoundCalendar[] =>
  Object.entries(people).flatMap(([person, { leave, timeZone: zone }]) => {
    if (leave === undefined) return [];
    const says = JSON.stringify([leave.calendar, leave.match ?? [], zone]);
    const mark = createHash('sha256').update(says).digest('base64url').slice(0, 16);
    return [{ person, mark, zone, leave }];
  });

async function nowOf(tx: Tx): Promise<Instant> {
  const [row] = await tx.query<{ now: number }>({
    name: 'routing.now',
    text: `SELECT ${NOW} AS now`,
    values: [],
  });
  if (row === undefined) throw new Error('the clock gave no row');
  return row.now;
}
