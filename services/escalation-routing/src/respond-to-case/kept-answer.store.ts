import { createHash } from 'node:crypto';
import type { Tx } from '@tocsin/event-log';
import { SCHEMA } from '../escalation-routing.migration.js';

/** Whose request: an Idempotency-Key is the caller's own, for 24 h. */
export interface RequestKey {
  readonly tenant: string;
  readonly actor: string;
  readonly key: string;
  /** What was asked: path and body. */
  readonly request: string;
}

export interface KeptAnswer {
  readonly status: number;
  /** JSON text. */
  readonly answer: string;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Answers kept by Idempotency-Key, in the transaction of what they answer: both exist or neither. */
export class KeptAnswerStore {
  /**
   * Takes the key for this transaction: a second request with it waits here until the first has committed.
   * @returns the answer that was given before; `other-request` when the key was used for something else
   */
  async take(
    tx: Tx,
    { tenant, actor, key, request }: RequestKey,
  ): Promise<KeptAnswer | 'other-request' | undefined> {
    await tx.query({
      name: 'routing.lock-request-key',
      text: `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`,
      values: [JSON.stringify([tenant, actor, key])],
    });
    const [kept] = await tx.query<KeptAnswer & { request_hash: string }>({
      name: 'routing.kept-answer',
      text: `SELECT request_hash, status, answer FROM ${SCHEMA}.kept_answer
        WHERE tenant = $1 AND actor = $2 AND key = $3 AND kept_at > event_log.tocsin_now() - interval '24 hours'`,
      values: [tenant, actor, key],
    });
    if (kept === undefined) return undefined;
    return kept.request_hash === hashOf(request)
      ? { status: kept.status, answer: kept.answer }
      : 'other-request';
  }

  async keep(
    tx: Tx,
    { tenant, actor, key, request }: RequestKey,
    { status, answer }: KeptAnswer,
  ): Promise<void> {
    await tx.query({
      name: 'routing.keep-answer',
      text: `INSERT INTO ${SCHEMA}.kept_answer (tenant, actor, key, request_hash, status, answer, kept_at)
        VALUES ($1, $2, $3, $4, $5, $6, event_log.tocsin_now())
        ON CONFLICT (tenant, actor, key) DO UPDATE SET request_hash = EXCLUDED.request_hash, status = EXCLUDED.status,
          answer = EXCLUDED.answer, kept_at = EXCLUDED.kept_at`,
      values: [tenant, actor, key, hashOf(request), status, answer],
    });
  }
}
