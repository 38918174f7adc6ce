import { createHash } from 'node:crypto';
import { ConfigPublished } from '@tocsin/contracts';
import { type LoggedEvent, PoisonError, readPayload, type Transactions, type Tx } from '@tocsin/event-log';

export interface StoredRevision {
  readonly tenant: string;
  readonly revision: number;
  readonly document: string;
}

interface Assembled {
  /** null while parts are missing. */
  readonly document: string | null;
}

/** SHA-256 in hex over the document's UTF-8: the hash of `ConfigPublished`. */
export const hashOf = (document: string): string => createHash('sha256').update(document).digest('hex');

/** The revisions in one table with the columns tenant, revision, hash and document. */
export class ConfigRevisionStore {
  constructor(
    private readonly transactions: Transactions,
    /** Qualified, such as `notification.config_revision`. */
    private readonly table: string,
  ) {}

  /** Keeps one part; with the last of them, in whatever order they come, the revision itself. @returns whether it is whole now */
  async take(tx: Tx, event: LoggedEvent): Promise<boolean> {
    const part = readPayload(ConfigPublished, event);
    await tx.query({
      text: `INSERT INTO ${this.table}_part (tenant, revision, part, parts, hash, text) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING`,
      values: [part.tenant, part.revision, part.part, part.parts, part.hash, part.text],
    });
    const [all] = await tx.query<Assembled>({
      text: `SELECT CASE WHEN count(*) = max(parts) THEN string_agg(text, '' ORDER BY part) END AS document
        FROM ${this.table}_part WHERE tenant = $1 AND revision = $2`,
      values: [part.tenant, part.revision],
    });
    if (all === undefined || all.document === null) return false;
    if (hashOf(all.document) !== part.hash)
      throw new PoisonError(
        event,
        `revision ${part.revision}: the joined parts do not have the published hash ${part.hash}`,
      );
    await this.keep(tx, part, all.document);
    return true;
  }

  private async keep(tx: Tx, { tenant, revision, hash }: ConfigPublished, document: string): Promise<void> {
    await tx.query({
      text: `INSERT INTO ${this.table} (tenant, revision, hash, document) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      values: [tenant, revision, hash, document],
    });
    await tx.query({
      text: `DELETE FROM ${this.table}_part WHERE tenant = $1 AND revision = $2`,
      values: [tenant, revision],
    });
  }

  /** The newest revision above the given one; cheap when there is none. */
  async newestAbove(revision: number): Promise<StoredRevision | undefined> {
    const [row] = await this.transactions.query<StoredRevision>('cold', {
      name: `${this.table}.newest-above`,
      text: `SELECT tenant, revision, document FROM ${this.table} WHERE revision > $1 ORDER BY revision DESC LIMIT 1`,
      values: [revision],
    });
    return row;
  }

  async at(revision: number): Promise<StoredRevision | undefined> {
    const [row] = await this.transactions.query<StoredRevision>('hot', {
      name: `${this.table}.at`,
      text: `SELECT tenant, revision, document FROM ${this.table} WHERE revision = $1`,
      values: [revision],
    });
    return row;
  }
}
