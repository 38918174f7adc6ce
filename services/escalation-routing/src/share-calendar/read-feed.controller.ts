import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import type { Connections } from '@tocsin/connections';
import { ROUTING_MESSAGES } from '@tocsin/contracts';
import { notFound, ProblemError } from '@tocsin/runtime';
import { ClockStore } from '../clock.store.js';
import { ShiftKnowledge } from '../known-shifts.js';
import { SHOWN_AHEAD_MS, SHOWN_BACK_MS } from '../publish-calendar/shown-window.js';
import { renderCalendar } from '../publish-calendar/render-calendar.js';
import { CalendarFeedStore } from './calendar-feed.store.js';
import { feedEntries } from './feed-entries.js';
import { secretHash, secretOf } from './feed-secret.js';

/** Clients poll a few times an hour; laying out half a year is work, and whoever has the address may ask for it. */
const LIMIT = { burst: 30, perSecond: 0.5 };

type RateWindow = Connections['rateWindow'];

/** Counts the reads of each address. */
export abstract class FeedReads implements RateWindow {
  abstract take(...asked: Parameters<RateWindow['take']>): ReturnType<RateWindow['take']>;
}

interface Reply {
  header(name: string, value: string): unknown;
  status(code: number): unknown;
}

/** What calendar clients read: the secret of the address is the whole credential. */
@Controller('v1/calendar-feeds')
export class ReadFeedController {
  constructor(
    private readonly feeds: CalendarFeedStore,
    private readonly knowledge: ShiftKnowledge,
    private readonly clock: ClockStore,
    private readonly reads: FeedReads,
  ) {}

  @Get(':file')
  async read(
    @Param('file') file: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string | undefined> {
    // Set first: a refusal too must neither stay in a cache nor send the address on.
    reply.header('cache-control', 'private, no-cache');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('x-content-type-options', 'nosniff');
    const { name, entries, now } = await this.shown(file);
    const etag = etagOf(renderCalendar({ name, entries, now: 0 }));
    reply.header('etag', etag);
    if (matches(known, etag)) {
      reply.status(304);
      return undefined;
    }
    reply.header('content-type', 'text/calendar; charset=utf-8');
    return renderCalendar({ name, entries, now });
  }

  /** @throws ProblemError 404 for unknown and revoked alike, 429 when this address is read too often */
  private async shown(file: string) {
    const secret = secretOf(file);
    if (secret === undefined) throw notFound();
    const hash = secretHash(secret);
    const turn = await this.reads.take(`calendar-feed ${hash.toString('base64url')}`, LIMIT);
    if (!turn.allowed)
      throw new ProblemError(429, ROUTING_MESSAGES.feedTooOften.en, {
        headers: { 'retry-after': String(Math.ceil(turn.retryAfterSeconds)) },
      });
    const feed = await this.feeds.find(hash);
    if (feed === undefined) throw notFound();
    const now = await this.clock.now();
    const window = { from: now - SHOWN_BACK_MS, until: now + SHOWN_AHEAD_MS };
    const known = await this.knowledge.of(feed.tenant, window);
    if (known === undefined) throw notFound();
    await this.feeds.used(feed);
    const name =
      'person' in feed.of ? (known.config.people[feed.of.person]?.name ?? feed.of.person) : feed.of.schedule;
    return { name, entries: feedEntries(feed.of, { ...known, window }), now };
  }
}

/** Weak: DTSTAMP, when the entries were computed, is no part of it. */
const etagOf = (text: string): string => `W/"${createHash('sha256').update(text).digest('base64url')}"`;

/** RFC 9110 13.1.2: a list, compared weakly. */
const matches = (header: string | undefined, etag: string): boolean =>
  (header ?? '')
    .split(',')
    .map((one) => one.trim())
    .some((one) => one === '*' || one.replace(/^W\//, '') === etag.slice(2));
