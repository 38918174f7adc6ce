import { z } from 'zod';

/** Milliseconds since 1970-01-01T00:00:00Z. The engine's only notion of an instant. */
export type Instant = number;
export type Seconds = number;

/** An instant as events and the API carry it: ISO 8601 in UTC with milliseconds; read with any offset. */
export const IsoInstant = z.iso.datetime({
  offset: true,
  error: 'an instant with seconds and its offset, such as 2026-12-01T09:00:00Z or 2026-12-01T17:00:00+08:00',
});

export const isoOf = (at: Instant): string => new Date(at).toISOString();

/** @throws RangeError when the text is no instant */
export function instantOf(iso: string): Instant {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) throw new RangeError(`«${iso}» is no ISO 8601 instant`);
  return at;
}
