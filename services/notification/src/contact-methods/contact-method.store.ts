import { type ContactMethodChanged, isoOf } from '@tocsin/contracts';
import type { EventLog, Transactions, Tx } from '@tocsin/event-log';

/** A webhook that the API added to a person; it survives every change of the config tree. */
export interface StoredContactMethod {
  /** Also the method's name in the ledger. */
  readonly id: string;
  readonly tenant: string;
  readonly person: string;
  readonly kind: 'webhook';
  readonly url: string;
  /** Sealed by `SecretBox`. */
  readonly secret: Buffer | null;
  /** Such as P1-P5. */
  readonly bands: string;
}

/** A row that has changed; `version` is that of the change. */
interface ChangedRow extends Pick<StoredContactMethod, 'id' | 'tenant' | 'person' | 'kind' | 'bands'> {
  readonly version: number;
  readonly removed: boolean;
  readonly now: number;
}

const COLUMNS = 'id, tenant, person, kind, url, secret, bands';
const CHANGED = `id, tenant, person, kind, bands, version, deleted_at IS NOT NULL AS removed,
  floor(extract(epoch FROM event_log.tocsin_now()) * 1000)::float8 AS now`;

/** Every change is told in its own transaction: routing must know whom a page can reach. */
export class ContactMethodStore {
  constructor(
    private readonly db: Transactions,
    private readonly eventLog: EventLog,
  ) {}

  async add(method: StoredContactMethod, by: string): Promise<void> {
    await this.db.run('cold', async (tx) => {
      const added = await tx.query<ChangedRow>({
        text: `INSERT INTO notification.contact_method (${COLUMNS}, created_by, told)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, true) RETURNING ${CHANGED}`,
        values: [
          method.id,
          method.tenant,
          method.person,
          method.kind,
          method.url,
          method.secret,
          method.bands,
          by,
        ],
      });
      await this.tell(tx, added);
    });
  }

  async list(tenant: string, person: string | undefined): Promise<StoredContactMethod[]> {
    return this.db.query<StoredContactMethod>('cold', {
      text: `SELECT ${COLUMNS} FROM notification.contact_method
        WHERE tenant = $1 AND ($2::text IS NULL OR person = $2) AND deleted_at IS NULL ORDER BY created_at, id`,
      values: [tenant, person ?? null],
    });
  }

  /** @returns whether there was one */
  remove(tenant: string, id: string): Promise<boolean> {
    return this.db.run('cold', async (tx) => {
      const gone = await tx.query<ChangedRow>({
        text: `UPDATE notification.contact_method
          SET deleted_at = event_log.tocsin_now(), secret = NULL, version = version + 1, told = true
          WHERE tenant = $1 AND id = $2 AND deleted_at IS NULL RETURNING ${CHANGED}`,
        values: [tenant, id],
      });
      await this.tell(tx, gone);
      return gone.length > 0;
    });
  }

  /** Tells of methods that are older than the telling; each once, whoever starts first. */
  async tellOlder(): Promise<void> {
    await this.db.run('cold', async (tx) => {
      const older = await tx.query<ChangedRow>({
        text: `UPDATE notification.contact_method SET told = true WHERE NOT told AND deleted_at IS NULL RETURNING ${CHANGED}`,
        values: [],
      });
      await this.tell(tx, older);
    });
  }

  private async tell(tx: Tx, rows: readonly ChangedRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.eventLog.append(
      tx,
      rows.map((row) => {
        const event = changedOf(row);
        const key = `${row.tenant}:${row.person}`;
        return {
          ...({ topic: 'contacts', lane: 'cold', key, type: event.type } as const),
          payload: JSON.stringify(event),
        };
      }),
    );
  }
}

/** An operator added it, so it counts as verified. */
const changedOf = ({
  id,
  tenant,
  person,
  kind,
  bands,
  version,
  removed,
  now,
}: ChangedRow): ContactMethodChanged => ({
  ...{ type: 'ContactMethodChanged', tenant, person, method: id, channel: kind, bands },
  ...{ verified: true, removed, version, at: isoOf(now) },
});
