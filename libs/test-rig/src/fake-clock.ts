import { Duration } from '@tocsin/contracts';
import type { TestDatabase } from './test-database.js';

const INSTALL = `
CREATE SCHEMA IF NOT EXISTS event_log;
CREATE TABLE IF NOT EXISTS event_log.fake_clock (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  stopped_at timestamptz,
  ahead interval NOT NULL DEFAULT '0'
);
INSERT INTO event_log.fake_clock DEFAULT VALUES ON CONFLICT DO NOTHING;
CREATE OR REPLACE FUNCTION event_log.tocsin_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS
  'SELECT coalesce(stopped_at, clock_timestamp()) + ahead FROM event_log.fake_clock';
`;

/**
 * The clock of one test database: replaces the SQL function `event_log.tocsin_now()`, from which all services take
 * due times and «now». Install it after the migrations of @tocsin/postgres, which would put the real one back.
 */
export class FakeClock {
  private constructor(private readonly database: TestDatabase) {}

  static async install(database: TestDatabase): Promise<FakeClock> {
    await database.query(INSTALL);
    return new FakeClock(database);
  }

  async now(): Promise<Date> {
    const [row] = await this.database.query<{ now: Date }>('SELECT event_log.tocsin_now() AS now');
    if (row === undefined) throw new Error('event_log.tocsin_now() gave no row');
    return row.now;
  }

  /** Stands still at an ISO 8601 instant, or at the present one. */
  async stop(at?: string): Promise<void> {
    await this.database.query(
      `UPDATE event_log.fake_clock
          SET ahead = '0', stopped_at = coalesce($1::timestamptz, event_log.tocsin_now())`,
      [at ?? null],
    );
  }

  /** Jumps ahead by a duration such as `5m`; a stopped clock stays stopped. */
  async advance(by: string): Promise<void> {
    await this.database.query('UPDATE event_log.fake_clock SET ahead = ahead + make_interval(secs => $1)', [
      Duration.parse(by),
    ]);
  }

  /** Back to the real time. */
  async reset(): Promise<void> {
    await this.database.query(`UPDATE event_log.fake_clock SET ahead = '0', stopped_at = NULL`);
  }
}
