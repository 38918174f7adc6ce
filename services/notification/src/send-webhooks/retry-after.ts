import type { Instant, Seconds } from '@tocsin/contracts';

/** Reads a `Retry-After`, which is in seconds or a date (RFC 9110). @returns undefined when it says neither */
export function retryAfterSeconds(text: string | undefined, now: Instant): Seconds | undefined {
  const said = text?.trim() ?? '';
  if (/^\d{1,9}$/.test(said)) return Number(said);
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(said)) return undefined;
  const at = Date.parse(said);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
}
