import type { Texts } from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';

/** Exactly one plan: this tree on that revision. */
export interface ThePlan {
  readonly tenant: string;
  /** Revision that the plan was made on. */
  readonly base: number;
  /** Of the proposed tree. */
  readonly hash: string;
}

/** A person, by whichever token. */
export interface Approver {
  /** Name of the token. */
  readonly approver: string;
  /** Whose it is. */
  readonly subject: string;
}

export interface Approval extends Approver {
  /** ISO 8601 */
  readonly at: string;
}

/** A revision as its history tells it. */
export interface RevisionRow {
  readonly revision: number;
  readonly hash: string;
  readonly author: string;
  readonly reason: string;
  readonly at: string;
  readonly worsens: readonly Texts[];
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
  readonly brokeGlass: boolean;
}

const iso = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const MOST_SHOWN = 100;

/** Who approved which plan, and what stands unreviewed behind broken glass. */
export class ApprovalStore {
  constructor(private readonly transactions: Transactions) {}

  /** Approving twice is approving once. */
  async approve({ tenant, base, hash }: ThePlan, { approver, subject }: Approver): Promise<Approval> {
    return this.transactions.run('cold', async (tx) => {
      const [row] = await tx.query<Approval>({
        text: `INSERT INTO console.approval (tenant, base, hash, subject, approver, at)
          VALUES ($1, $2, $3, $4, $5, event_log.tocsin_now())
          ON CONFLICT (tenant, base, hash, subject) DO UPDATE SET approver = EXCLUDED.approver
          RETURNING approver, subject, ${iso('at')} AS at`,
        values: [tenant, base, hash, subject, approver],
      });
      if (row === undefined) throw new Error('INSERT … RETURNING gave no row');
      await audit(tx, { tenant, actor: approver, act: 'config.approve', object: `plan ${hash} on ${base}` });
      return row;
    });
  }

  /** Approvals of this tree on whatever revision, the newest first. */
  async approvalsOf(tenant: string, hash: string): Promise<(Approval & { readonly base: number })[]> {
    return this.transactions.run('cold', (tx) =>
      tx.query({
        text: `SELECT approver, subject, base, ${iso('at')} AS at FROM console.approval
          WHERE tenant = $1 AND hash = $2 ORDER BY base DESC, at`,
        values: [tenant, hash],
      }),
    );
  }

  /** The newest first, at most a hundred. @param onlyUnreviewed those behind broken glass that nobody else approved */
  async revisions(tenant: string, onlyUnreviewed = false): Promise<RevisionRow[]> {
    const rows = await this.transactions.run('cold', (tx) =>
      tx.query<Omit<RevisionRow, 'worsens'> & { readonly worsens: string | null }>({
        text: `SELECT revision, hash, author, reason, ${iso('at')} AS at, worsens, approved_by AS "approvedBy",
            ${iso('approved_at')} AS "approvedAt", broke_glass AS "brokeGlass"
          FROM console.revision WHERE tenant = $1 ${onlyUnreviewed ? 'AND broke_glass AND approved_by IS NULL' : ''}
          ORDER BY revision DESC LIMIT ${MOST_SHOWN}`,
        values: [tenant],
      }),
    );
    return rows.map((row) => ({ ...row, worsens: JSON.parse(row.worsens ?? '[]') as Texts[] }));
  }

  /** What stands behind broken glass, of all tenants. */
  async countUnreviewed(): Promise<number> {
    const [row] = await this.transactions.run('cold', (tx) =>
      tx.query<{ n: number }>({
        text: 'SELECT count(*)::int AS n FROM console.revision WHERE broke_glass AND approved_by IS NULL',
        values: [],
      }),
    );
    return row?.n ?? 0;
  }

  /** Approves afterwards what went through broken glass. @returns false when there is nothing to approve */
  async review(tenant: string, revision: number, { approver }: Approver): Promise<boolean> {
    return this.transactions.run('cold', async (tx) => {
      const rows = await tx.query({
        text: `UPDATE console.revision SET approved_by = $3, approved_at = event_log.tocsin_now()
          WHERE tenant = $1 AND revision = $2 AND broke_glass AND approved_by IS NULL RETURNING revision`,
        values: [tenant, revision, approver],
      });
      if (rows.length === 0) return false;
      await audit(tx, { tenant, actor: approver, act: 'config.review', object: `revision ${revision}` });
      return true;
    });
  }
}

interface Audited {
  readonly tenant: string;
  readonly actor: string;
  readonly act: string;
  readonly object: string;
}

const audit = (tx: Tx, { tenant, actor, act, object }: Audited): Promise<unknown> =>
  tx.query({
    text: `INSERT INTO console.audit (tenant, at, actor, act, object, facts)
      VALUES ($1, event_log.tocsin_now(), $2, $3, $4, '{}')`,
    values: [tenant, actor, act, object],
  });
