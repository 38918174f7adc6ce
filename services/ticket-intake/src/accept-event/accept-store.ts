import type { Lane } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import type { PostgresEventLog } from '@tocsin/postgres';
import type { Accepted, AcceptRow } from './accept-row.js';
import { canonicalJson } from '../sources/canonical-json.js';
import {
  type AcceptAnswer,
  acceptText,
  acceptValues,
  type KeptEvent,
  keptStatement,
  rawStatement,
} from './accept-statement.js';
import type { DatabaseClock } from './database-clock.js';

/** The part of the event log that writes inside a statement of ours. */
export type TicketLog = Pick<PostgresEventLog, 'appendCtes' | 'appended'>;

const NEW: Accepted = { duplicate: false, conflict: false };

/** Makes rows durable and tells which of them were there before. */
export class AcceptStore {
  private readonly text: string;

  constructor(
    private readonly transactions: Transactions,
    private readonly log: TicketLog,
    private readonly clock: DatabaseClock,
  ) {
    this.text = acceptText(log.appendCtes('tickets', 'published'));
  }

  /**
   * @returns one answer per row, in their order
   * @throws what the database throws; then none of the rows is known to be stored
   */
  async write(rows: readonly AcceptRow[]): Promise<readonly Accepted[]> {
    const lanes = [...new Set(rows.map(({ lane }) => lane))];
    const fresh = await this.insert(rows, lanes);
    if (fresh.size === rows.length) return rows.map(() => NEW);
    return this.withRepeats(rows, fresh);
  }

  private async insert(rows: readonly AcceptRow[], lanes: readonly Lane[]): Promise<ReadonlySet<number>> {
    const [answer] = await this.transactions.query<AcceptAnswer>(lanes.includes('hot') ? 'hot' : 'cold', {
      name: 'intake.accept',
      text: this.text,
      values: acceptValues(rows),
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
  ): Promise<readonly Accepted[]> {
    const repeats = rows.filter((_, at) => !fresh.has(at)).map(({ eventId }) => eventId);
    const kept = await this.transactions.query<KeptEvent>('hot', keptStatement([...new Set(repeats)]));
    const hashes = new Map(kept.map((row) => [row.event_id, row.payload_hash]));
    const answers: Accepted[] = [];
    for (const [at, row] of rows.entries()) {
      const same =
        fresh.has(at) || hashes.get(row.eventId) === row.payloadHash || (await this.saysTheSame(row));
      answers.push(fresh.has(at) ? NEW : { duplicate: true, conflict: !same });
    }
    return answers;
  }

  /** Other bytes may still be the same content: members in another order, other white space. */
  private async saysTheSame({ eventId, raw }: AcceptRow): Promise<boolean> {
    const [first] = await this.transactions.query<{ body: string | null }>('cold', rawStatement(eventId));
    if (first === undefined || first.body === null) return false;
    return canonicalJson(JSON.parse(first.body)) === canonicalJson(JSON.parse(raw));
  }
}
