import { LANES, type TicketEvent } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import type { PostgresEventLog } from '@tocsin/postgres';
import type { Accepted, AcceptRow } from './accept-row.js';
import { canonicalJson } from '../sources/canonical-json.js';
import {
  type AcceptAnswer,
  acceptText,
  acceptValues,
  type Counting,
  type KeptEvent,
  keptStatement,
  rawStatement,
} from './accept-statement.js';
import type { DatabaseClock } from './database-clock.js';
import { eventIdOf } from './event-id.js';

/** The part of the event log that writes inside a statement of ours. */
export type TicketLog = Pick<PostgresEventLog, 'appendCtes' | 'appended'>;

const NEW: Accepted = { duplicate: false, conflict: false };

/** Makes rows durable and tells which of them were there before. */
export class AcceptStore {
  private readonly text: string;

  /** @param writer of the counts, without the slot */
  constructor(
    private readonly transactions: Transactions,
    private readonly log: TicketLog,
    private readonly clock: DatabaseClock,
    private readonly writer: string,
  ) {
    this.text = acceptText(log.appendCtes('tickets', 'published'));
  }

  /**
   * @param slot no two calls under way have the same
   * @returns one answer per row, in their order
   * @throws what the database throws; then none of the rows is known to be stored
   */
  async write(rows: readonly AcceptRow[], slot: number): Promise<readonly Accepted[]> {
    const writer = `${this.writer}.${slot}`;
    const fresh = await this.insert(rows, { writer, weight: 1 });
    if (fresh.size === rows.length) return rows.map(() => NEW);
    const answers = await this.withRepeats(rows, fresh);
    return this.withRecurrences(rows, answers, writer);
  }

  private async insert(rows: readonly AcceptRow[], counting: Counting): Promise<ReadonlySet<number>> {
    const lanes = LANES.filter((lane) => rows.some((row) => row.lane === lane));
    const [answer] = await this.transactions.query<AcceptAnswer>(lanes.includes('hot') ? 'hot' : 'cold', {
      name: 'intake.accept',
      text: this.text,
      values: acceptValues(rows, counting),
    });
    if (answer === undefined) throw new Error('the accept statement answered nothing');
    this.clock.saw(answer.now);
    if (answer.fresh === null) return new Set();
    this.log.appended('tickets', lanes);
    return new Set(answer.fresh.split(',').map((n) => Number(n) - 1));
  }

  private async withRepeats(
    rows: readonly AcceptRow[],
    fresh: ReadonlySet<number>,
  ): Promise<readonly Answer[]> {
    const repeats = rows.filter((_, at) => !fresh.has(at)).map(({ eventId }) => eventId);
    const found = await this.transactions.query<KeptEvent>('hot', keptStatement([...new Set(repeats)]));
    const kept = new Map(found.map((row) => [row.event_id, row]));
    const answers: Answer[] = [];
    for (const [at, row] of rows.entries()) {
      const first = kept.get(row.eventId);
      if (fresh.has(at)) answers.push(NEW);
      else if (typeof first?.ended_by === 'string') answers.push({ endedBy: first.ended_by });
      else {
        const same = first?.payload_hash === row.payloadHash || (await this.saysTheSame(row));
        answers.push({ duplicate: true, conflict: !same });
      }
    }
    return answers;
  }

  /** A repeat of what was ended since is a new event: it is stored under an id that names what ended it. */
  private async withRecurrences(
    rows: readonly AcceptRow[],
    answers: readonly Answer[],
    writer: string,
  ): Promise<readonly Accepted[]> {
    const recurring = new Map<number, AcceptRow>();
    for (const [at, answer] of answers.entries())
      if ('endedBy' in answer) recurring.set(at, recurrenceOf(rows[at] as AcceptRow, answer.endedBy));
    const again = [...recurring.values()];
    const fresh = again.length === 0 ? new Set() : await this.insert(again, { writer, weight: 0 });
    let next = 0;
    return answers.map((answer, at) =>
      'endedBy' in answer
        ? {
            eventId: (recurring.get(at) as AcceptRow).eventId,
            duplicate: !fresh.has(next++),
            conflict: false,
          }
        : answer,
    );
  }

  /** Other bytes may still be the same content: members in another order, other white space. */
  private async saysTheSame({ eventId, raw }: AcceptRow): Promise<boolean> {
    const [first] = await this.transactions.query<{ body: string | null }>('cold', rawStatement(eventId));
    if (first === undefined || first.body === null) return false;
    return canonicalJson(JSON.parse(first.body)) === canonicalJson(JSON.parse(raw));
  }
}

type Answer = Accepted | { readonly endedBy: string };

function recurrenceOf(row: AcceptRow, endedBy: string): AcceptRow {
  const eventId = eventIdOf(row.tenant, row.source, `${row.eventId} after ${endedBy}`);
  const event = row.payload === '' ? undefined : (JSON.parse(row.payload) as TicketEvent);
  return { ...row, eventId, payload: event === undefined ? '' : JSON.stringify({ ...event, id: eventId }) };
}
