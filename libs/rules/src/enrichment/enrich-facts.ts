import type { Config, EnrichmentTable, Instant, TableKey } from '@tocsin/contracts';
import type { EventFacts } from '../conditions/event-facts.js';
import { tableIndex } from './table-index.js';

/** One lookup: what was asked (empty when the event did not say it) and what the table knew. */
export interface Lookup {
  readonly table: string;
  readonly key: TableKey;
  readonly value: string;
  /** `missing` is an answer, not an error. */
  readonly found: Readonly<Record<string, string>> | 'missing';
}

export interface EnrichedFacts {
  readonly facts: EventFacts;
  readonly lookups: readonly Lookup[];
}

/** Facts of the requester that a table may fill in; whatever the event itself says of them stands. */
const FILLED = ['tier', 'segment'] as const;

/**
 * These facts with what the tables of the config know: `event.enriched.<field>`, and the requester's tier and segment
 * where the event did not say them. Keys are looked up as the event said them: no table feeds another.
 * @param at which rows count: of several for one key the newest that is valid by then
 */
export function enrichFacts(said: EventFacts, config: Config, at: Instant): EnrichedFacts {
  const tables = Object.entries(config.tables);
  if (tables.length === 0) return { facts: said, lookups: [] };
  const lookups = tables.map(([name, table]) => lookUp(name, table, { said, config, at }));
  const enriched = Object.fromEntries(
    lookups.flatMap(({ found }) => (found === 'missing' ? [] : Object.entries(found))),
  );
  const { id, tier, segment } = said.requester;
  const requester = {
    id,
    tier: tier || (enriched['tier'] ?? ''),
    segment: segment || (enriched['segment'] ?? ''),
  };
  return { facts: { ...said, enriched, requester }, lookups };
}

/** What a table would have said of another key is not known from the facts alone. */
export const isTableKey = (fact: string, { tables }: Config): boolean =>
  Object.values(tables).some(({ key }) => key === fact);

/** Whether a table would fill this in if the event did not say it. */
export const isFilledByTable = (fact: string, { tables }: Config): boolean =>
  FILLED.some(
    (name) => fact === `requester.${name}` && Object.values(tables).some(({ gives }) => gives.includes(name)),
  );

interface Asked {
  readonly said: EventFacts;
  readonly config: Config;
  readonly at: Instant;
}

function lookUp(name: string, { key, gives }: EnrichmentTable, { said, config, at }: Asked): Lookup {
  const value = keyOf(said, key);
  const rows = value === '' ? undefined : tableIndex(config).get(name)?.get(value);
  const row = rows?.find(({ from }) => from <= at)?.row;
  if (row === undefined) return { table: name, key, value, found: 'missing' };
  const fields = gives.map((field) => [field, row[field] ?? ''] as const);
  return { table: name, key, value, found: Object.fromEntries(fields.filter(([, known]) => known !== '')) };
}

function keyOf({ requester, ...facts }: EventFacts, key: TableKey): string {
  switch (key) {
    case 'requester.id':
      return requester.id;
    case 'requester.tier':
      return requester.tier;
    case 'requester.segment':
      return requester.segment;
    default:
      return facts[key];
  }
}
