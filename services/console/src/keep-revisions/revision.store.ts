import { joinFiles, type SourceFile } from '@tocsin/config-files';
import { hashOf } from '@tocsin/connections';
import type { ConfigPublished, Texts } from '@tocsin/contracts';
import type { EventLog, Transactions, Tx } from '@tocsin/event-log';
import { splitDocument } from './split-document.js';

export interface Revision {
  readonly revision: number;
  readonly tenant: string;
  readonly hash: string;
  readonly document: string;
  readonly author: string;
  readonly reason: string;
  /** ISO 8601 */
  readonly at: string;
}

export interface NewRevision {
  readonly tenant: string;
  /** Canonical JSON of the tree. */
  readonly document: string;
  readonly author: string;
  readonly reason: string;
  /** Hash of the revision that the author saw; another one in force refuses. */
  readonly expected?: string | undefined;
  /** Only when the tenant has no revision at all. */
  readonly onlyFirst?: boolean;
  /** What the tree was written in; absent when it came as JSON. */
  readonly files?: readonly SourceFile[] | undefined;
  /** The revision that the decision to apply was made on; any other in force refuses. */
  readonly base?: number | undefined;
  readonly passed?: PassedRisks | undefined;
}

/** How a plan that makes something worse came to be applied. */
export interface PassedRisks {
  /** What it made worse. */
  readonly worsens: readonly Texts[];
  /** Who approved it beside its author, and when; absent when the glass was broken. */
  readonly approval?: { readonly approver: string; readonly at: string } | undefined;
}

export type Stored =
  | { readonly stored: 'new' | 'unchanged'; readonly revision: number; readonly hash: string }
  | { readonly stored: 'moved-on'; readonly revision: number; readonly hash: string };

const COLUMNS = `revision, tenant, hash, document, author, reason,
  to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`;

/** Revisions of the config tree. Storing one, its audit row and its events is one transaction. */
export class RevisionStore {
  constructor(
    private readonly transactions: Transactions,
    private readonly eventLog: EventLog,
  ) {}

  async newest(tenant: string): Promise<Revision | undefined> {
    return this.transactions.run('cold', (tx) => newestOf(tx, tenant));
  }

  /** The files of the newest revision; undefined when it was not written in files. */
  async filesOfNewest(tenant: string): Promise<readonly SourceFile[] | undefined> {
    return this.transactions.run('cold', (tx) => filesOfNewest(tx, tenant));
  }

  /** @param committed runs once the new revision is committed */
  async store(next: NewRevision, committed: () => void): Promise<Stored> {
    const hash = hashOf(next.document);
    return this.transactions.run('cold', async (tx) => {
      // Two people who apply at once: the second waits here and then sees the first one's revision.
      await tx.query({
        text: `SELECT pg_advisory_xact_lock(hashtext('console.revision'), hashtext($1))`,
        values: [next.tenant],
      });
      const newest = await newestOf(tx, next.tenant);
      if (newest !== undefined && newest.hash === hash) await keepFiles(tx, newest, next);
      if (newest !== undefined && (newest.hash === hash || next.onlyFirst === true))
        return { stored: 'unchanged', revision: newest.revision, hash: newest.hash };
      if (newest !== undefined && hasMovedOn(newest, next))
        return { stored: 'moved-on', revision: newest.revision, hash: newest.hash };
      const { revision, at } = await insert(tx, next, hash);
      await this.publish(tx, { ...next, revision, at, hash });
      tx.afterCommit(committed);
      return { stored: 'new', revision, hash };
    });
  }

  private async publish(
    tx: Tx,
    { tenant, revision, at, hash, document, author, reason }: Revision,
  ): Promise<void> {
    const texts = splitDocument(document);
    await this.eventLog.append(
      tx,
      texts.map((text, index) => ({
        topic: 'config' as const,
        // A changed rule or token must not wait behind a storm of low tickets.
        lane: 'hot' as const,
        key: `${tenant}:${revision}`,
        type: 'ConfigPublished',
        payload: JSON.stringify({
          type: 'ConfigPublished',
          tenant,
          revision,
          hash,
          part: index + 1,
          parts: texts.length,
          text,
          at,
          by: author,
          reason,
        } satisfies ConfigPublished),
      })),
    );
  }
}

/** A hash alone would not do: a revision that was taken back has the hash of the one before. */
const hasMovedOn = (
  newest: Revision,
  { expected = newest.hash, base = newest.revision }: NewRevision,
): boolean => expected !== newest.hash || base !== newest.revision;

async function newestOf(tx: Tx, tenant: string): Promise<Revision | undefined> {
  const [row] = await tx.query<Revision>({
    text: `SELECT ${COLUMNS} FROM console.revision WHERE tenant = $1 ORDER BY revision DESC LIMIT 1`,
    values: [tenant],
  });
  return row;
}

async function filesOfNewest(tx: Tx, tenant: string): Promise<readonly SourceFile[] | undefined> {
  const [row] = await tx.query<{ files: string | null }>({
    text: 'SELECT files FROM console.revision WHERE tenant = $1 ORDER BY revision DESC LIMIT 1',
    values: [tenant],
  });
  return row?.files == null ? undefined : (JSON.parse(row.files) as SourceFile[]);
}

/**
 * The same tree in other words (a comment, another order) is no revision: its text is renewed. An export that comes back
 * as one file says the same as the files it was joined from, so these stay.
 */
async function keepFiles(tx: Tx, newest: Revision, { tenant, author, files }: NewRevision): Promise<void> {
  if (files === undefined) return;
  const known = await filesOfNewest(tx, tenant);
  if (known !== undefined && joinFiles(known) === joinFiles(files)) return;
  await tx.query({
    text: 'UPDATE console.revision SET files = $2 WHERE revision = $1',
    values: [newest.revision, JSON.stringify(files)],
  });
  await tx.query({
    text: `INSERT INTO console.audit (tenant, at, actor, act, object, facts)
      VALUES ($1, event_log.tocsin_now(), $2, 'config.comment', $3, '{}')`,
    values: [tenant, author, `revision ${newest.revision}`],
  });
}

async function insert(tx: Tx, next: NewRevision, hash: string): Promise<Revision> {
  const { tenant, document, author, reason, files, passed } = next;
  const { worsens, approval } = passed ?? {};
  const brokeGlass = passed !== undefined && approval === undefined;
  const written = [files, worsens].map((value) => (value === undefined ? null : JSON.stringify(value)));
  const [row] = await tx.query<Revision>({
    text: `INSERT INTO console.revision
        (tenant, hash, document, author, reason, files, worsens, approved_by, approved_at, broke_glass, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, event_log.tocsin_now()) RETURNING ${COLUMNS}`,
    values: [
      ...[tenant, hash, document, author, reason, ...written],
      ...[approval?.approver ?? null, approval?.at ?? null, brokeGlass],
    ],
  });
  if (row === undefined) throw new Error('INSERT … RETURNING gave no row');
  await tx.query({
    text: `INSERT INTO console.audit (tenant, at, actor, act, object, facts)
      VALUES ($1, $2, $3, $4, $5, $6)`,
    values: [
      ...[tenant, row.at, author, brokeGlass ? 'config.break-glass' : 'config.apply'],
      ...[`revision ${row.revision}`, JSON.stringify({ hash, reason, approvedBy: approval?.approver })],
    ],
  });
  return row;
}
