import type { Transactions } from '@tocsin/event-log';
import type { Logger } from 'pino';
import type { SessionLock } from './session-lock.store.js';

/**
 * One life of this process. Its number is the fence token of everything that it claims, and grows from life to life.
 * While it lives it holds an advisory lock of that number; the lock goes with the connection, so a process that was
 * killed is known to be dead at once and its attempts need not wait for their leases.
 * A stopped process keeps its connection and its lock: there the lease decides.
 */
export class Incarnation {
  private constructor(
    readonly token: string,
    private readonly db: Transactions,
    private readonly lock: SessionLock,
    private readonly log: Logger,
  ) {}

  static async begin(db: Transactions, lock: SessionLock, log: Logger): Promise<Incarnation> {
    const [row] = await db.query<{ token: string }>('hot', {
      text: `SELECT nextval('event_log.token_seq')::text AS token`,
      values: [],
    });
    if (row === undefined) throw new Error('a sequence gives one row');
    await lock.hold(row.token);
    return new Incarnation(row.token, db, lock, log);
  }

  /** Tokens of processes that hold attempts and are dead for sure. Empty as long as only we hold any. */
  async deadTokens(): Promise<string[]> {
    const others = await this.db.query<{ token: string }>('hot', {
      name: 'incarnation.others',
      text: `SELECT DISTINCT token::text AS token FROM notification.attempt
        WHERE state IN ('planned', 'handed') AND state = 'handed' AND token <> $1 AND due_at <= (SELECT event_log.tocsin_now())`,
      values: [this.token],
    });
    if (others.length === 0) return [];
    await this.keepLock();
    return this.lock.notHeld(others.map(({ token }) => token));
  }

  /** Takes the lock again after its connection broke; until then others may take over what we hold, marked as repeats. */
  private async keepLock(): Promise<void> {
    if (!(await this.lock.isHeld())) {
      this.log.warn({ token: this.token }, 'lock of this process was lost, taking it again');
      await this.lock.hold(this.token);
    }
  }

  async end(): Promise<void> {
    await this.lock.release();
  }
}
