import type { Tx } from '@tocsin/event-log';
import type { ContactFact } from '@tocsin/rules';
import { SCHEMA } from '../escalation-routing.migration.js';
import { jsonRows } from '../json-rows.js';
import type { Reads } from '../shift-change.store.js';

type MethodKey = Pick<ContactFact, 'person' | 'method'>;

export class ContactFactStore {
  async version(db: Reads, tenant: string): Promise<number> {
    const [row] = await db.query<{ version: number }>({
      name: 'routing.contact-version',
      text: `SELECT coalesce((SELECT version FROM ${SCHEMA}.contact_version WHERE tenant = $1), 0)::float8 AS version`,
      values: [tenant],
    });
    return row?.version ?? 0;
  }

  async all(db: Reads, tenant: string): Promise<ContactFact[]> {
    const rows = await db.query<{ fact: string }>({
      name: 'routing.contact-facts',
      text: `SELECT fact FROM ${SCHEMA}.contact_fact WHERE tenant = $1`,
      values: [tenant],
    });
    return rows.map(factOf);
  }

  async find(db: Reads, tenant: string, methods: readonly MethodKey[]): Promise<ContactFact[]> {
    const rows = await db.query<{ fact: string }>({
      name: 'routing.find-contact-facts',
      text: `SELECT fact FROM ${SCHEMA}.contact_fact JOIN json_to_recordset($2::json) AS t(person text, method text)
        USING (person, method) WHERE tenant = $1`,
      values: [tenant, jsonRows(methods.map(({ person, method }) => ({ person, method })))],
    });
    return rows.map(factOf);
  }

  /** Whoever writes facts of a tenant waits for whoever does so now. */
  async lock(tx: Tx, tenant: string): Promise<void> {
    await tx.query({
      name: 'routing.lock-contacts',
      text: `INSERT INTO ${SCHEMA}.contact_version (tenant, version) VALUES ($1, 0)
        ON CONFLICT (tenant) DO UPDATE SET version = contact_version.version`,
      values: [tenant],
    });
  }

  /** Call with the lock held. @param grown whether the reach of anybody has changed */
  async save(tx: Tx, tenant: string, facts: readonly ContactFact[], grown: boolean): Promise<void> {
    await tx.query({
      name: 'routing.save-contact-facts',
      text: `INSERT INTO ${SCHEMA}.contact_fact (tenant, person, method, fact)
        SELECT $1, person, method, fact FROM json_to_recordset($2::json) AS t(person text, method text, fact text)
        ON CONFLICT (tenant, person, method) DO UPDATE SET fact = excluded.fact`,
      values: [tenant, jsonRows(facts.map((fact) => ({ ...fact, fact: JSON.stringify(fact) })))],
    });
    if (!grown) return;
    await tx.query({
      name: 'routing.grow-contact-version',
      text: `UPDATE ${SCHEMA}.contact_version SET version = version + 1 WHERE tenant = $1`,
      values: [tenant],
    });
  }
}

const factOf = ({ fact }: { fact: string }): ContactFact => JSON.parse(fact) as ContactFact;
