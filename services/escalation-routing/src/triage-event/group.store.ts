import { createHash } from 'node:crypto';
import type { Instant, Seconds, Texts } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import { SCHEMA } from '../escalation-routing.migration.js';
import { instant, jsonRows, ONE_NOW } from '../json-rows.js';

/** What one batch has added to one ticket of a grouped case. */
export interface MemberNews {
  readonly caseId: bigint;
  readonly source: string;
  readonly ticketKey: string;
  readonly events: number;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  readonly open: boolean;
  readonly because: Texts;
}

/** Keys may be long; what is stored and locked is their hash. */
export const groupKeyOf = (tenant: string, key: string): string =>
  createHash('sha256').update(`${tenant}\n${key}`).digest('base64url');

/** Which cases there are of a key; guarded by a lock of the key, which ends with the transaction. */
export class GroupStore {
  /**
   * Only one transaction at a time places events of a key: two of the same instant on two workers are one case. Taken
   * after the locks of tickets and before those of cases, in one order, so that two batches never wait for each other.
   */
  async lock(tx: Tx, keys: readonly string[]): Promise<void> {
    await tx.query({
      name: 'routing.lock-groups',
      text: `SELECT count(pg_advisory_xact_lock(hash)) FROM (
          SELECT DISTINCT hashtextextended(key, 0) AS hash FROM unnest($1::text[]) AS k(key) ORDER BY hash) AS hashes`,
      values: [keys],
    });
  }

  /**
   * Ids of the cases of these keys that are open, or were resolved no longer than `within` ago, with those that people
   * have merged into such ones of any key; and of what the cases in `known` have become part of, themselves included.
   * To be read under the locks of the keys.
   */
  async casesOf(
    tx: Tx,
    keys: readonly string[],
    { known, within }: { readonly known: readonly bigint[]; readonly within: Seconds },
  ): Promise<bigint[]> {
    const rows = await tx.query<{ id: string }>({
      name: 'routing.cases-of-groups',
      text: `WITH RECURSIVE chain AS (
          SELECT id AS first, id, joined_into, resolved_at FROM ${SCHEMA}.case_record
          WHERE id = ANY ($2::bigint[]) OR (group_key = ANY ($1::text[]) AND state = 'merged')
          UNION SELECT chain.first, c.id, c.joined_into, c.resolved_at
          FROM chain JOIN ${SCHEMA}.case_record c ON c.id = chain.joined_into),
        alive AS (
          SELECT first FROM chain WHERE joined_into IS NULL
          AND (first = ANY ($2::bigint[]) OR resolved_at IS NULL
            OR resolved_at >= ${ONE_NOW} - make_interval(secs => $3)))
        SELECT id::text AS id FROM chain WHERE first IN (SELECT first FROM alive)
        UNION SELECT id::text FROM ${SCHEMA}.case_record
          WHERE group_key = ANY ($1::text[]) AND joined_into IS NULL
          AND (resolved_at IS NULL OR resolved_at >= ${ONE_NOW} - make_interval(secs => $3))`,
      values: [keys, known.map(String), within],
    });
    return rows.map(({ id }) => BigInt(id));
  }

  async saveMembers(tx: Tx, news: readonly MemberNews[]): Promise<void> {
    if (news.length === 0) return;
    await tx.query({ name: 'routing.save-members', text: SAVE, values: [jsonRows(news.map(rowOf))] });
  }
}

const rowOf = (member: MemberNews): object => ({
  case_id: member.caseId,
  source: member.source,
  ticket_key: member.ticketKey,
  events: member.events,
  first_seen: member.firstSeen,
  last_seen: member.lastSeen,
  open: member.open,
  because: JSON.stringify(member.because),
});

const SAVE = `
  INSERT INTO ${SCHEMA}.case_member AS m (case_id, source, ticket_key, events, first_seen, last_seen, open, because)
  SELECT case_id, source, ticket_key, events, ${instant('first_seen')}, ${instant('last_seen')}, open, because
  FROM json_to_recordset($1::json) AS r(case_id bigint, source text, ticket_key text, events int, first_seen float8,
    last_seen float8, open boolean, because text)
  ON CONFLICT (case_id, source, ticket_key) DO UPDATE SET events = m.events + EXCLUDED.events,
    first_seen = least(m.first_seen, EXCLUDED.first_seen), last_seen = greatest(m.last_seen, EXCLUDED.last_seen),
    open = EXCLUDED.open`;
