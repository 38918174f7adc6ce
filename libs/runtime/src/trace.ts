import { randomFillSync } from 'node:crypto';

const FORM = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * The W3C trace context that an incoming request carries, or a new one.
 * https://www.w3.org/TR/trace-context/ version 00
 */
export function traceparentOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && FORM.test(header) ? header : newTraceparent();
}

/** Drawn in one go for many: each request would otherwise ask the operating system. */
const pool = Buffer.alloc(8 * 1_024);
let used = pool.length;

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}

export function newTraceparent(): string {
  const bytes = randomHex(24);
  return `00-${bytes.slice(0, 32)}-${bytes.slice(32)}-01`;
}

/** The next span of the same trace, for what we send out. */
export function childOf(traceparent: string): string {
  return `${traceparent.slice(0, 36)}${randomHex(8)}${traceparent.slice(52)}`;
}

/** The trace id, to be bound to log lines. */
export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35);
