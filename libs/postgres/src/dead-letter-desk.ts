import type { Transactions } from '@tocsin/event-log';

/** A dead letter as an operator sees it; the events of its key that wait behind it are counted, not listed. */
export interface ShownLetter {
  readonly id: string;
  readonly group: string;
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly cause: string;
  readonly tries: number;
  readonly waiting: number;
  /** ISO 8601. */
  readonly parkedAt: string;
  readonly redriveAskedAt: string | null;
}

const MOST_SHOWN = 200;

/** The dead letters of a tenant, the oldest first, at most 200. Keys begin with the tenant. */
export function listDeadLetters(transactions: Transactions, tenant: string): Promise<ShownLetter[]> {
  return transactions.query<ShownLetter>('cold', {
    text: `SELECT d.id::text AS id, d.grp AS "group", d.topic, d.key, d.type, d.cause, d.tries,
             (SELECT count(*)::int FROM event_log.dead_letter w
              WHERE w.grp = d.grp AND w.key = d.key AND w.cause IS NULL) AS waiting,
             ${iso('d.parked_at')} AS "parkedAt", ${iso('d.redrive_asked_at')} AS "redriveAskedAt"
           FROM event_log.dead_letter d
           WHERE d.cause IS NOT NULL AND starts_with(d.key, $1 || ':') ORDER BY d.id LIMIT ${MOST_SHOWN}`,
    values: [tenant],
  });
}

const iso = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Asks for a letter, and what waits behind it, to be handed to its handler again: the process that consumes the group
 * does so within seconds. What a broker had refused goes back to the relay. Safe to repeat.
 * @returns the group; undefined when the tenant has no such letter (any more)
 */
export async function askRedrive(
  transactions: Transactions,
  { tenant, id, by }: { readonly tenant: string; readonly id: string; readonly by: string },
): Promise<string | undefined> {
  return transactions.run('cold', async (tx) => {
    const [letter] = await tx.query<{ grp: string }>({
      text: `UPDATE event_log.dead_letter
             SET redrive_asked_at = coalesce(redrive_asked_at, event_log.tocsin_now()), redrive_asked_by = $3
             WHERE id = $1 AND starts_with(key, $2 || ':') RETURNING grp`,
      values: [id, tenant, by],
    });
    if (letter?.grp.startsWith('relay.') === true) {
      // The whole batch goes out again; the inboxes drop what has arrived before.
      await tx.query({
        text: `WITH back AS (DELETE FROM event_log.dead_letter WHERE id = $1 RETURNING grp, lane, batch, topic)
               INSERT INTO event_log.pending (grp, lane, batch, topic, events)
               SELECT grp, lane, batch, topic, 1 FROM back ON CONFLICT DO NOTHING`,
        values: [id],
      });
    }
    return letter?.grp;
  });
}

/** What lies in the dead letters of one group. */
export interface LettersOfGroup {
  readonly group: string;
  /** Letters with a cause; those that wait behind them are not counted. */
  readonly letters: number;
  /** Nobody has been told of these yet. */
  readonly unalarmed: number;
  /** A person asked for these to be driven again. */
  readonly asked: readonly string[];
}

export function countLetters(
  transactions: Transactions,
  groups: readonly string[],
): Promise<LettersOfGroup[]> {
  return transactions.query<LettersOfGroup>('cold', {
    name: 'count letters',
    text: `SELECT grp AS "group", count(*) FILTER (WHERE cause IS NOT NULL)::int AS letters,
             count(*) FILTER (WHERE cause IS NOT NULL AND alarmed_at IS NULL)::int AS unalarmed,
             coalesce(array_agg(id::text) FILTER (WHERE redrive_asked_at IS NOT NULL), '{}') AS asked
           FROM event_log.dead_letter WHERE grp = ANY ($1::text[]) GROUP BY grp`,
    values: [groups],
  });
}

export interface AlarmedLetter {
  readonly id: string;
  readonly group: string;
  readonly key: string;
  readonly type: string;
  readonly cause: string;
}

/** Marks the letters that nobody has been told of and returns them: each goes to exactly one of several replicas. */
export function takeUnalarmed(
  transactions: Transactions,
  groups: readonly string[],
): Promise<AlarmedLetter[]> {
  return transactions.query<AlarmedLetter>('cold', {
    text: `UPDATE event_log.dead_letter SET alarmed_at = event_log.tocsin_now()
           WHERE grp = ANY ($1::text[]) AND cause IS NOT NULL AND alarmed_at IS NULL
           RETURNING id::text AS id, grp AS "group", key, type, cause`,
    values: [groups],
  });
}
