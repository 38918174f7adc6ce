import { randomBytes } from 'node:crypto';
import { PageRequested, type PagesStopped } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';

/** A page as its answer link finds it. */
export interface AnsweredPage {
  readonly page: PageRequested;
  /** Hours since the page was requested. */
  readonly age: number;
  readonly stop: { readonly reason: PagesStopped['reason']; readonly by: string | null } | undefined;
}

interface Row {
  readonly facts: string;
  readonly age: number;
  readonly reason: PagesStopped['reason'] | null;
  readonly by: string | null;
}

export class AnswerStore {
  constructor(private readonly db: Transactions) {}

  /** @param hash SHA-256 of the token, hex */
  async find(hash: string): Promise<AnsweredPage | undefined> {
    const [row] = await this.db.query<Row>('hot', {
      name: 'answer.find',
      text: `SELECT p.facts, (extract(epoch FROM event_log.tocsin_now() - p.requested_at) / 3600)::float8 AS age, s.reason, s.by
        FROM notification.page p
        LEFT JOIN notification.stopped s ON s.tenant = p.tenant AND s.case_id = p.case_id AND s.epoch = p.epoch
        WHERE p.answer_hash = decode($1, 'hex')`,
      values: [hash],
    });
    if (row === undefined) return undefined;
    return {
      page: PageRequested.parse(JSON.parse(row.facts)),
      age: row.age,
      stop: row.reason === null ? undefined : { reason: row.reason, by: row.by },
    };
  }

  /** The secret of this installation, made once; every process of it finds the same. */
  async secret(name: string): Promise<Buffer> {
    await this.db.query('hot', {
      text: 'INSERT INTO notification.installation (name, secret) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      values: [name, randomBytes(32)],
    });
    const [row] = await this.db.query<{ secret: Buffer }>('hot', {
      text: 'SELECT secret FROM notification.installation WHERE name = $1',
      values: [name],
    });
    if (row === undefined) throw new Error('the secret was just written');
    return row.secret;
  }
}
