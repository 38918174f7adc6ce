import type { Lane, Topic } from '@tocsin/contracts';
import type { DeadLetter, DeadLetters, LoggedEvent, Tx } from '@tocsin/event-log';

/** `event_log.dead_letter`: off the hot path, so plain statements. */
export class DeadLetterTable implements DeadLetters {
  async park(tx: Tx, group: string, letters: readonly DeadLetter[]): Promise<void> {
    const keys = [...new Set(letters.map(({ event }) => event.key))].sort();
    await this.#lock(tx, group, keys);
    for (const { event, cause } of letters) {
      const { topic, lane, key, batch, n, type, payload, traceparent, time } = event;
      await tx.query({
        text: `INSERT INTO event_log.dead_letter (grp, topic, lane, key, batch, n, type, payload, traceparent, time, cause)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
               ON CONFLICT (grp, batch, n) DO UPDATE SET cause = excluded.cause, tries = dead_letter.tries + 1`,
        values: [group, topic, lane, key, batch, n, type, payload, traceparent ?? null, time, cause ?? null],
      });
    }
  }

  async lockBlockedKeys(tx: Tx, group: string, keys: readonly string[]): Promise<ReadonlySet<string>> {
    await this.#lock(tx, group, keys);
    const rows = await tx.query<{ key: string }>({
      text: 'SELECT DISTINCT key FROM event_log.dead_letter WHERE grp = $1 AND key = ANY($2)',
      values: [group, keys],
    });
    return new Set(rows.map(({ key }) => key));
  }

  async takeKeyOf(tx: Tx, group: string, id: string): Promise<readonly LoggedEvent[]> {
    const [letter] = await tx.query<{ key: string }>({
      text: 'SELECT key FROM event_log.dead_letter WHERE grp = $1 AND id = $2',
      values: [group, id],
    });
    if (letter === undefined) return [];
    await this.#lock(tx, group, [letter.key]);
    // What was asked for is being done: undone with this transaction, so that a fault of the database loses no ask.
    await tx.query({
      text: `UPDATE event_log.dead_letter SET redrive_asked_at = NULL, redrive_asked_by = NULL
             WHERE grp = $1 AND key = $2 AND redrive_asked_at IS NOT NULL`,
      values: [group, letter.key],
    });
    const rows = await tx.query<LetterRow>({
      text: `SELECT id, topic, lane, key, batch, n, type, payload, traceparent, time FROM event_log.dead_letter
             WHERE grp = $1 AND key = $2 ORDER BY batch, n FOR UPDATE`,
      values: [group, letter.key],
    });
    // Another re-drive may have emptied the key while this one waited for its lock.
    if (!rows.some((row) => row.id === id)) return [];
    return rows.map(({ topic, lane, key, batch, n, type, payload, time, traceparent }) => {
      const event = { topic, lane, key, batch, n, type, payload, time };
      return traceparent === null ? event : { ...event, traceparent };
    });
  }

  async remove(tx: Tx, group: string, events: readonly LoggedEvent[]): Promise<void> {
    await tx.query({
      text: `DELETE FROM event_log.dead_letter d USING unnest($2::bigint[], $3::int[]) AS e (batch, n)
             WHERE d.grp = $1 AND d.batch = e.batch AND d.n = e.n`,
      values: [group, events.map(({ batch }) => batch), events.map(({ n }) => n)],
    });
  }

  /** Keys are locked in their order, so that two batches cannot wait for each other. */
  async #lock(tx: Tx, group: string, keys: readonly string[]): Promise<void> {
    await tx.query({
      text: `SELECT pg_advisory_xact_lock(hashtextextended($1 || ' ' || k, 0)) FROM unnest($2::text[]) k`,
      values: [group, keys],
    });
  }
}

interface LetterRow {
  readonly id: string;
  readonly topic: Topic;
  readonly lane: Lane;
  readonly key: string;
  readonly batch: string;
  readonly n: number;
  readonly type: string;
  readonly payload: string;
  readonly traceparent: string | null;
  readonly time: string;
}
