import { z } from 'zod';

/** Facts of an event by which a table may be looked up. */
export const TABLE_KEYS = [
  ...(['requester.id', 'requester.tier', 'requester.segment', 'market', 'language'] as const),
  ...(['category', 'channel', 'source', 'service', 'status', 'severity'] as const),
] as const;
export type TableKey = (typeof TABLE_KEYS)[number];

/** The column that says from when a row counts: a date (UTC) or an instant. */
export const VALID_FROM = 'valid-from';

/**
 * What is known of a requester, market or category beside the event. `file` is a CSV beside the YAML, which the reader
 * of files replaces by its `rows`; its columns are named after the key, the given fields and `valid-from`.
 */
export const EnrichmentTable = z.strictObject({
  file: z.string().min(1).optional(),
  key: z.enum(TABLE_KEYS),
  gives: z.array(z.string().regex(/^[a-z][a-z0-9_]*$/, 'a field such as tier or guild')).min(1),
  rows: z.array(z.record(z.string(), z.string())).optional(),
});
export type EnrichmentTable = z.infer<typeof EnrichmentTable>;
