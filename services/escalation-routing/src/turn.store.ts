import type { Config } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import { speaksOf, type TurnFacts } from '@tocsin/rules';
import { SCHEMA } from './escalation-routing.migration.js';

/** A turn that a case has taken. */
export interface TakenTurn {
  readonly tenant: string;
  readonly policy: string;
}

/** How the turns of a policy of a config stand. */
export type TurnsOf = (config: Config, policy: string) => TurnFacts;

/** For whoever only looks: no turn is taken. */
export const AT_THE_BEGINNING: TurnsOf = () => ({ turn: 0, loads: {}, speaks: {} });

/**
 * The durable counters of round robins, and what people have on their hands. Read without a lock, for a lock would let
 * every batch wait for the one before: two that begin in the same moment may ask the same person, and both turns count.
 */
export class TurnStore {
  /** Asks the database only when one of these configs has a policy that goes round. */
  async read(tx: Tx, configs: readonly Config[]): Promise<TurnsOf> {
    const rules = configs.flatMap((config) =>
      Object.entries(config.policies).flatMap(([policy, { 'round-robin': rule }]) =>
        rule === undefined ? [] : [{ tenant: config.tenant, policy, members: membersOf(config, rule.of) }],
      ),
    );
    if (rules.length === 0) return AT_THE_BEGINNING;
    const tenants = [...new Set(rules.map(({ tenant }) => tenant))];
    const members = [...new Set(rules.flatMap((rule) => rule.members))];
    const turns = await tx.query<{ tenant: string; policy: string; turn: number }>({
      name: 'routing.turns',
      text: `SELECT tenant, policy, turn::float8 AS turn FROM ${SCHEMA}.policy_turn WHERE tenant = ANY ($1)`,
      values: [tenants],
    });
    const loads = await tx.query<{ tenant: string; person: string; cases: number }>({
      name: 'routing.loads',
      text: `SELECT tenant, acknowledged_by AS person, count(*)::int AS cases FROM ${SCHEMA}.case_record
        WHERE state = 'acknowledged' AND tenant = ANY ($1) AND acknowledged_by = ANY ($2) GROUP BY 1, 2`,
      values: [tenants, members],
    });
    return (config, policy) => ({
      turn: turns.find((t) => t.tenant === config.tenant && t.policy === policy)?.turn ?? 0,
      loads: Object.fromEntries(
        loads.filter(({ tenant }) => tenant === config.tenant).map(({ person, cases }) => [person, cases]),
      ),
      speaks: speaksOf(config, policy),
    });
  }

  /** Counts the turns that were taken, in the transaction of the pages that they led to. */
  async count(tx: Tx, taken: readonly TakenTurn[]): Promise<void> {
    if (taken.length === 0) return;
    await tx.query({
      name: 'routing.count-turns',
      text: `INSERT INTO ${SCHEMA}.policy_turn AS p (tenant, policy, turn)
        SELECT tenant, policy, count(*) FROM unnest($1::text[], $2::text[]) AS t(tenant, policy)
        GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (tenant, policy) DO UPDATE SET turn = p.turn + EXCLUDED.turn`,
      values: [taken.map(({ tenant }) => tenant), taken.map(({ policy }) => policy)],
    });
  }
}

const membersOf = ({ teams }: Config, team: string): readonly string[] => teams[team]?.members ?? [];
