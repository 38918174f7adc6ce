import { DataSource, type QueryRunner } from 'typeorm';

/** First key of our advisory locks; any number that nobody else uses. */
const LOCK_CLASS = 7_302_612;
/** The second key is an int4; tokens of living processes never differ by a multiple of this. */
const KEYS = 2_147_483_647n;

const keyOf = (token: string): number => Number(BigInt(token) % KEYS);

/** A session-level advisory lock on a connection of its own: PostgreSQL frees it the moment the connection ends. */
export class SessionLock {
  private readonly source: DataSource;
  private runner: QueryRunner | undefined;

  constructor(url: string) {
    this.source = new DataSource({
      type: 'postgres',
      url,
      poolSize: 1,
      synchronize: false,
      logging: false,
      applicationName: 'tocsin notification incarnation',
      extra: { keepAlive: true, query_timeout: 5_000 },
    });
  }

  /** Shared, so that taking it twice in one life is no error and nobody ever waits for it. */
  async hold(token: string): Promise<void> {
    if (!this.source.isInitialized) await this.source.initialize();
    await this.runner?.release().catch(() => undefined);
    this.runner = this.source.createQueryRunner();
    await this.runner.query('SELECT pg_advisory_lock_shared($1, $2)', [LOCK_CLASS, keyOf(token)]);
  }

  /** Is the connection that holds our lock still there? */
  async isHeld(): Promise<boolean> {
    if (this.runner === undefined || this.runner.isReleased) return false;
    try {
      await this.runner.query('SELECT 1');
      return true;
    } catch {
      return false;
    }
  }

  /** Which of these no living process holds. @throws when the connection is gone: then nobody may be called dead */
  async notHeld(tokens: readonly string[]): Promise<string[]> {
    if (this.runner === undefined) return [];
    const rows = (await this.runner.query(
      `SELECT objid::text AS key FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objsubid = 2 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [LOCK_CLASS],
    )) as { key: string }[];
    const held = new Set(rows.map(({ key }) => key));
    return tokens.filter((token) => !held.has(String(keyOf(token))));
  }

  async release(): Promise<void> {
    await this.runner?.release().catch(() => undefined);
    if (this.source.isInitialized) await this.source.destroy();
  }
}
