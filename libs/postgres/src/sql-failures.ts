import { CommitUnknown, DatabaseAway } from '@tocsin/event-log';
import pg from 'pg';

/** Deadlock and serialisation failure: the same work succeeds when it is simply done again. */
export const isContention = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01');

/**
 * Connection lost (08), out of resources (53), shutting down or cancelled (57), disk (58), a lock not had in time, a
 * transaction ended for being idle: the database's state, not the statement's fault.
 */
const TRANSIENT = /^(08|53|57|58)|^(40001|40P01|55P03|25P03|25P04)$/;

/** Whether an error is the database's and not the event's: the consumer pauses and nothing is dead-lettered. */
export function isTransient(error: unknown): boolean {
  if (error instanceof DatabaseAway || error instanceof CommitUnknown) return true;
  if (error instanceof pg.DatabaseError) return TRANSIENT.test(error.code ?? '');
  if (isConnectionFailure(error)) return true;
  return error instanceof Error && error.cause !== undefined && isTransient(error.cause);
}

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);
/** pg gives these no code. */
const CONNECTION_MESSAGES =
  /Connection terminated|connection error and is not queryable|was closed and is not queryable|timeout expired|timeout exceeded when trying to connect|Query read timeout|after calling end on the pool/;

/** The client's own failures, and FATAL of the server: this connection is of no use any more. */
export function isConnectionFailure(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.severity === 'FATAL' || error.severity === 'PANIC';
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return CONNECTION_CODES.has(code) || CONNECTION_MESSAGES.test(error.message);
}
