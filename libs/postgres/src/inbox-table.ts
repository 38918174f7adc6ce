import type {
  ClaimedEvent,
  Inbox,
  LoggedEvent,
  Tx,
  UnreadableMessage,
  UnreadableMessages,
} from '@tocsin/event-log';

/** `event_log.inbox`: for groups that events reach by more than one way. */
export class InboxTable implements Inbox {
  async fresh(tx: Tx, group: string, events: readonly LoggedEvent[]): Promise<readonly ClaimedEvent[]> {
    // In one order everywhere, so that two ways with the same events cannot wait for each other.
    const rows = await tx.query<{ batch: string; n: number }>({
      name: 'inbox',
      text: `INSERT INTO event_log.inbox (grp, batch, n)
             SELECT $1, e.batch, e.n FROM unnest($2::bigint[], $3::int[]) AS e (batch, n) ORDER BY e.batch, e.n
             ON CONFLICT DO NOTHING RETURNING batch, n`,
      values: [group, events.map(({ batch }) => batch), events.map(({ n }) => n)],
    });
    if (rows.length === 0) return [];
    const fresh = new Set(rows.map(({ batch, n }) => `${batch} ${n}`));
    const blocked = await this.#blockedKeys(tx, group, events);
    return events
      .filter(({ batch, n }) => fresh.delete(`${batch} ${n}`))
      .map((event) => ({ ...event, blocked: blocked.has(event.key) }));
  }

  /** A statement of its own: it must see what the transaction that the insert has waited for put to the dead letters. */
  async #blockedKeys(tx: Tx, group: string, events: readonly LoggedEvent[]): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ key: string }>({
      name: 'blocked keys',
      text: 'SELECT DISTINCT key FROM event_log.dead_letter WHERE grp = $1 AND key = ANY($2::text[])',
      values: [group, [...new Set(events.map(({ key }) => key))]],
    });
    return new Set(rows.map(({ key }) => key));
  }
}

/** `event_log.unreadable`. */
export class UnreadableTable implements UnreadableMessages {
  async park(tx: Tx, group: string, messages: readonly UnreadableMessage[]): Promise<void> {
    for (const { origin, cause, key, value, headers } of messages) {
      await tx.query({
        text: `INSERT INTO event_log.unreadable (grp, origin, cause, key, value, headers)
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
        values: [group, origin, cause, key, value, JSON.stringify(headers)],
      });
    }
  }
}
