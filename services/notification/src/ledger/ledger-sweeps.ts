import type { SweepRule } from '@tocsin/postgres';

/** Long enough to answer why somebody was, or was not, paged in a quarter. */
const DAYS = 90;

/** What the ledger keeps how long. An attempt that is not over is never removed. */
export const LEDGER_SWEEPS: readonly SweepRule[] = [
  {
    table: 'notification.attempt',
    age: 'due_at',
    days: DAYS,
    where: `t.state NOT IN ('planned', 'leased', 'handed')`,
  },
  { table: 'notification.page', age: 'requested_at', days: DAYS },
  { table: 'notification.page_count', age: 'minute', days: DAYS },
  { table: 'notification.stopped', age: 'at', days: DAYS },
  { table: 'notification.sandbox_message', age: 'at', days: DAYS },
  {
    table: 'notification.webhook_delivery',
    age: 'recorded_at',
    days: DAYS,
    where: `t.state IN ('delivered', 'dead')`,
  },
  { table: 'notification.webhook_request', age: 'began_at', days: DAYS },
  { table: 'notification.webhook_line', age: 'at', days: DAYS, where: 't.due_at IS NULL' },
  { table: 'notification.webhook_case', age: 'at', days: DAYS },
];
