import type { Instant } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { fullBucket, nextTokenAt, refilled } from '@tocsin/rules';
import {
  type ClaimedWebhook,
  lockLines,
  lockWebhooks,
  nextDueAt,
  takeFirst,
  writeBuckets,
} from './claim-webhooks.store.js';
import type { Endpoint } from './webhook-book.js';

/** Requests under way to one endpoint, of one process: one that hangs has no more than these. */
export const MOST_AT_ONCE = 4;

/** An endpoint and what this process may send it now. */
export interface Room {
  readonly endpoint: Endpoint;
  /** Requests that may begin now besides those under way. */
  readonly free: number;
}

export interface ClaimedWebhooks {
  readonly claimed: readonly ClaimedWebhook[];
  /** Milliseconds until something may be due; undefined when nothing is known to come. */
  readonly next: number | undefined;
}

/**
 * Takes the first open delivery of each line that is due, as many as the rate of its endpoint allows. Endpoints that
 * are paused, disabled or asked for silence are left alone; so are those that another replica looks at just now.
 */
export async function claimWebhooks(db: Transactions, rooms: readonly Room[]): Promise<ClaimedWebhooks> {
  return db.run('cold', async (tx) => {
    const states = await lockWebhooks(
      tx,
      rooms.map(({ endpoint }) => endpoint),
    );
    const open = rooms.flatMap(({ endpoint, free }) => {
      const state = states.find(({ tenant, name }) => tenant === endpoint.tenant && name === endpoint.name);
      if (state === undefined) return [];
      const { paused, disabledConfig, quietUntil, now, tokens, tokensAt } = state;
      if (paused || disabledConfig === endpoint.fingerprint || (quietUntil ?? 0) > now) return [];
      const { rate } = endpoint.webhook;
      const kept = tokens === null || tokensAt === null ? undefined : { tokens, at: tokensAt };
      const bucket = kept === undefined ? fullBucket(rate, now) : refilled(kept, rate, now);
      return [{ endpoint, bucket, now, most: Math.min(free, Math.floor(bucket.tokens)) }];
    });
    const able = open.filter(({ most }) => most > 0);
    const lines =
      able.length === 0
        ? []
        : await lockLines(
            tx,
            able.map(({ endpoint: { tenant, name }, most }) => ({ tenant, name, most })),
          );
    const claimed = lines.length === 0 ? [] : await takeFirst(tx, lines);
    const spent = open.map(({ endpoint, bucket, now }) => {
      const taken = claimed.filter((c) => c.tenant === endpoint.tenant && c.webhook === endpoint.name).length;
      return { endpoint, now, taken, bucket: { ...bucket, tokens: bucket.tokens - taken } };
    });
    const changed = spent.filter(({ taken }) => taken > 0);
    if (changed.length > 0)
      await writeBuckets(
        tx,
        changed.map(({ endpoint: { tenant, name }, bucket }) => ({ tenant, name, ...bucket })),
      );
    return { claimed, next: await waitOf(tx, open, spent) };
  });
}

interface Spent {
  readonly endpoint: Endpoint;
  readonly now: Instant;
  readonly bucket: { readonly tokens: number; readonly at: Instant };
}

/** When a line is due whose endpoint has room and a token; those without room are looked at as soon as they have. */
async function waitOf(
  tx: Parameters<typeof nextDueAt>[0],
  open: readonly { readonly endpoint: Endpoint; readonly most: number; readonly now: Instant }[],
  spent: readonly Spent[],
): Promise<number | undefined> {
  if (open.length === 0) return undefined;
  const due = await nextDueAt(
    tx,
    open.map(({ endpoint: { tenant, name } }) => ({ tenant, name })),
  );
  const waits = spent.flatMap(({ endpoint, bucket, now }) => {
    const first = due.find((d) => d.tenant === endpoint.tenant && d.name === endpoint.name)?.at;
    if (first === undefined) return [];
    return [Math.max(first, nextTokenAt(bucket, endpoint.webhook.rate)) - now];
  });
  return waits.length === 0 ? undefined : Math.max(0, Math.min(...waits));
}
