import { SCHEMA } from './escalation-routing.migration.js';
import type { Reads } from './shift-change.store.js';

/** How often what lies beside the config has changed; 0 before the first change. */
export interface VersionsBeside {
  readonly shifts: number;
  readonly windows: number;
}

/** In one round trip: every decision asks. */
export async function versionsBeside(db: Reads, tenant: string): Promise<VersionsBeside> {
  const [row] = await db.query<VersionsBeside>({
    name: 'routing.versions-beside',
    text: `SELECT coalesce((SELECT version FROM ${SCHEMA}.shift_change_version WHERE tenant = $1), 0)::float8 AS shifts,
      coalesce((SELECT version FROM ${SCHEMA}.quiet_version WHERE tenant = $1), 0)::float8 AS windows`,
    values: [tenant],
  });
  if (row === undefined) throw new Error('the versions gave no row');
  return row;
}
