import { Body, Controller, Delete, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import {
  type CalendarFeedList,
  CalendarFeedQuery,
  type CalendarFeedView,
  type Config,
  isoOf,
  NewCalendarFeed,
  type NewFeedAddress,
  ROUTING_MESSAGES,
  say,
} from '@tocsin/contracts';
import { AccessGuard, Allow, type Caller, CallerOf, notFound, ProblemError } from '@tocsin/runtime';
import { PinnedConfigs } from '../pinned-configs.js';
import { randomId } from '../random-id.js';
import { type CalendarFeed, CalendarFeedStore, type FeedOf, type FeedOwner } from './calendar-feed.store.js';
import { newSecret, prefixOf, secretHash } from './feed-secret.js';

/** Who may read shifts without a token: made, listed and revoked with one. */
@Controller('v1/calendar-feeds')
@UseGuards(AccessGuard)
@Allow('operator', 'responder')
export class ShareCalendarController {
  constructor(
    private readonly feeds: CalendarFeedStore,
    private readonly configs: PinnedConfigs,
  ) {}

  @Post()
  async create(
    @Body({ schema: NewCalendarFeed }) body: NewCalendarFeed,
    @CallerOf() caller: Caller,
  ): Promise<NewFeedAddress> {
    const of = feedOf(body, caller, this.configs.current().config);
    const secret = newSecret();
    const feed = await this.feeds.add({
      ...{ tenant: caller.tenant, id: randomId('feed'), of, createdBy: caller.actor },
      ...{ prefix: prefixOf(secret), hash: secretHash(secret) },
    });
    return { feed: viewOf(feed), path: `/v1/calendar-feeds/${secret}.ics` };
  }

  @Get()
  async list(
    @Query({ schema: CalendarFeedQuery }) { revoked }: CalendarFeedQuery,
    @CallerOf() caller: Caller,
  ): Promise<CalendarFeedList> {
    return { feeds: (await this.feeds.list(ownerOf(caller), revoked === 'true')).map(viewOf) };
  }

  @Delete(':id')
  async revoke(@Param('id') id: string, @CallerOf() caller: Caller): Promise<CalendarFeedView> {
    const feed = await this.feeds.revoke(ownerOf(caller), id, caller.actor);
    if (feed === undefined) throw notFound();
    return viewOf(feed);
  }
}

const ownerOf = ({ tenant, role, actor }: Caller): FeedOwner => ({
  tenant,
  only: role === 'responder' ? actor : undefined,
});

function feedOf(
  { schedule, role = 'primary', person }: NewCalendarFeed,
  caller: Caller,
  config: Config,
): FeedOf {
  if (schedule !== undefined) {
    if (!Object.hasOwn(config.schedules, schedule))
      throw new ProblemError(404, say(ROUTING_MESSAGES.unknownSchedule, 'en', { name: schedule }));
    return { schedule, role };
  }
  const whose = person ?? '';
  if (caller.role === 'responder' && whose !== caller.actor)
    throw new ProblemError(403, ROUTING_MESSAGES.feedOfOthers.en);
  if (!Object.hasOwn(config.people, whose))
    throw new ProblemError(404, say(ROUTING_MESSAGES.unknownPerson, 'en', { person: whose }));
  return { person: whose };
}

const viewOf = ({
  id,
  of,
  prefix,
  createdAt,
  createdBy,
  lastUsedAt,
  revokedAt,
  revokedBy,
}: CalendarFeed): CalendarFeedView => ({
  id,
  ...of,
  ...{ prefix, createdAt: isoOf(createdAt), createdBy },
  ...(lastUsedAt === undefined ? {} : { lastUsedAt: isoOf(lastUsedAt) }),
  ...(revokedAt === undefined ? {} : { revokedAt: isoOf(revokedAt) }),
  ...(revokedBy === undefined ? {} : { revokedBy }),
});
