import { schemaOf } from '@tocsin/contracts';

export const CONSERVATION = `${schemaOf('ticket-intake')}.conservation`;
export const COUNTS = ['received', 'accepted', 'duplicate', 'quarantined', 'rejected'] as const;

/**
 * SQL that adds counts to their minute, on its own or as a CTE of the statement that stores what it counts: then the
 * counts are committed with the events, or neither is.
 * @param rows SELECT of at (timestamptz), tenant, source, writer and the counts, in this order and by these names;
 *   at most one row per minute, tenant, source and writer
 */
export const countText = (rows: string): string => `INSERT INTO ${CONSERVATION} AS c
    (minute, tenant, source, writer, ${COUNTS.join(', ')})
  SELECT date_trunc('minute', at), tenant, source, writer, ${COUNTS.join(', ')}
  FROM (${rows}) AS r (at, tenant, source, writer, ${COUNTS.join(', ')})
  ON CONFLICT (minute, tenant, source, writer) DO UPDATE SET
    ${COUNTS.map((name) => `${name} = c.${name} + excluded.${name}`).join(', ')}`;
