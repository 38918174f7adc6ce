import type { IncomingHttpHeaders } from 'node:http';

/**
 * Does this request come from a page of ours, or from no page at all? Browsers say so in Sec-Fetch-Site; older ones at
 * least in Origin. A program that sends neither is no browser and cannot be tricked into anything.
 * X-Forwarded-Host counts as our name: another site's form cannot set it.
 */
export function isSameSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === headers.host || host === headers['x-forwarded-host'];
}
