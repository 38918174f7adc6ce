import { type CategoryMove, isoOf } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import { SCHEMA } from '../escalation-routing.migration.js';
import { millis } from '../json-rows.js';
import type { Reads } from '../shift-change.store.js';

/** A case that is over, and the category it stands under. */
export interface FiledCase {
  readonly id: bigint;
  readonly category: string;
}

/** Where it is filed from now on; `label` is JSON. */
export interface Filing {
  readonly id: string;
  readonly filed: string;
}

interface Sought {
  readonly paths: readonly string[];
  readonly after: bigint;
  readonly limit: number;
}

export interface Move {
  readonly from: string;
  readonly to: string;
  readonly cases: number;
}

const CATEGORY = `COALESCE(filed::json ->> 'category', category)`;

export class FiledCategoryStore {
  /** Locks up to `limit` cases behind `after` that are over and stand under one of these paths, or below it; by id. */
  async claim(tx: Tx, tenant: string, { paths, after, limit }: Sought): Promise<FiledCase[]> {
    const rows = await tx.query<{ id: string; category: string }>({
      name: 'routing.claim-refiled',
      text: `SELECT id::text AS id, ${CATEGORY} AS category FROM ${SCHEMA}.case_record
        WHERE tenant = $1 AND case_record.id > $5::bigint AND state IN ('resolved', 'merged')
          AND (${CATEGORY} = ANY ($2) OR ${CATEGORY} LIKE ANY ($3))
        ORDER BY case_record.id LIMIT $4 FOR UPDATE SKIP LOCKED`,
      values: [tenant, paths, paths.map((path) => `${escaped(path)}.%`), limit, after.toString()],
    });
    return rows.map(({ id, category }) => ({ id: BigInt(id), category }));
  }

  async file(tx: Tx, filings: readonly Filing[]): Promise<void> {
    await tx.query({
      name: 'routing.file-cases',
      text: `UPDATE ${SCHEMA}.case_record c SET filed = f.filed, version = version + 1
        FROM json_to_recordset($1::json) AS f(id bigint, filed text) WHERE c.id = f.id`,
      values: [JSON.stringify(filings)],
    });
  }

  async count(tx: Tx, tenant: string, revision: number, moves: readonly Move[]): Promise<void> {
    await tx.query({
      name: 'routing.count-category-moves',
      text: `INSERT INTO ${SCHEMA}.category_move AS m (tenant, revision, from_category, to_category, cases)
        SELECT $1, $2, "from", "to", cases FROM json_to_recordset($3::json) AS r("from" text, "to" text, cases int)
        ON CONFLICT (tenant, revision, from_category, to_category)
          DO UPDATE SET cases = m.cases + EXCLUDED.cases, last_at = event_log.tocsin_now()`,
      values: [tenant, revision, JSON.stringify(moves)],
    });
  }

  /** The newest first. */
  async list(db: Reads, tenant: string): Promise<CategoryMove[]> {
    const rows = await db.query<MoveRow>({
      name: 'routing.category-moves',
      text: `SELECT revision, from_category AS "from", to_category AS "to", cases, ${millis('began_at')} AS began,
          ${millis('last_at')} AS last
        FROM ${SCHEMA}.category_move WHERE tenant = $1 ORDER BY category_move.last_at DESC, from_category LIMIT 500`,
      values: [tenant],
    });
    return rows.map(({ began, last, ...move }) => ({ ...move, beganAt: isoOf(began), lastAt: isoOf(last) }));
  }
}

type MoveRow = Move & { readonly revision: number; readonly began: number; readonly last: number };

const escaped = (path: string): string => path.replaceAll(/[\\%_]/g, '\\$&');
