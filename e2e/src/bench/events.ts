/** What the benchmarks post: generic events of the demo source, about 500 bytes each. */
export interface EventShape {
  readonly run: string;
  readonly severity: string;
  /** Every event its own ticket, or all on one key (P7). */
  readonly keys: 'distinct' | 'one';
}

export function eventText(number: number, { run, severity, keys }: EventShape): string {
  const id = `bench-${run}-${number}x`;
  return JSON.stringify({
    id,
    type: 'ticket.created',
    key: keys === 'one' ? `bench-${run}` : id,
    subject: `Ticket ${id} breached its response SLA`,
    category: 'live.payout',
    market: 'SG',
    language: 'en',
    severity,
    occurredAt: new Date().toISOString(),
    body: 'x'.repeat(200),
    attributes: { shard: number % 100 },
  });
}
