import type { Transactions } from '@tocsin/event-log';

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

const COLUMNS = 'id, tenant, person, kind, url, secret, bands';

export class ContactMethodStore {
  constructor(private readonly db: Transactions) {}

  async add(method: StoredContactMethod, by: string): Promise<void> {
    await this.db.query('cold', {
      text: `INSERT INTO notification.contact_method (${COLUMNS}, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
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
  }

  async list(tenant: string, person: string | undefined): Promise<StoredContactMethod[]> {
    return this.db.query<StoredContactMethod>('cold', {
      text: `SELECT ${COLUMNS} FROM notification.contact_method
        WHERE tenant = $1 AND ($2::text IS NULL OR person = $2) AND deleted_at IS NULL ORDER BY created_at, id`,
      values: [tenant, person ?? null],
    });
  }

  /** @returns whether there was one */
  async remove(tenant: string, id: string): Promise<boolean> {
    const gone = await this.db.query('cold', {
      text: `UPDATE notification.contact_method SET deleted_at = event_log.tocsin_now(), secret = NULL
        WHERE tenant = $1 AND id = $2 AND deleted_at IS NULL RETURNING id`,
      values: [tenant, id],
    });
    return gone.length > 0;
  }
}
