import { Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import {
  isoOf,
  type LeaveFeedList,
  type LeaveFeedView,
  ROUTING_MESSAGES,
  say,
  SHIFT_TEXTS,
} from '@tocsin/contracts';
import { AccessGuard, Allow, type Caller, CallerOf, ProblemError } from '@tocsin/runtime';
import { PoolReads } from '../pool-reads.js';
import { type FeedRow, LeaveFeedStore } from './leave-feed.store.js';

@Controller('v1/leave-feeds')
@UseGuards(AccessGuard)
export class LeaveFeedsController {
  constructor(
    private readonly feeds: LeaveFeedStore,
    private readonly reads: PoolReads,
  ) {}

  @Get()
  async list(@CallerOf() { tenant }: Caller): Promise<LeaveFeedList> {
    return { feeds: (await this.feeds.list(this.reads, tenant)).map(viewOf) };
  }

  /** The calendar is empty because it is meant so: it is read again at once, and believed. */
  @Post('/:person/confirm')
  @Allow('operator', 'responder')
  @HttpCode(202)
  async confirm(@Param('person') person: string, @CallerOf() caller: Caller): Promise<LeaveFeedView> {
    const { tenant, role, actor } = caller;
    if (role === 'responder' && actor !== person)
      throw new ProblemError(403, ROUTING_MESSAGES.changesForOthers.en);
    const found = (await this.feeds.list(this.reads, tenant)).find((feed) => feed.person === person);
    if (found === undefined) throw new ProblemError(404, say(SHIFT_TEXTS.noFeed, 'en', { person }));
    if (found.known.feed.emptySince === undefined) throw new ProblemError(409, SHIFT_TEXTS.feedNotEmpty.en);
    return viewOf((await this.feeds.confirm(this.reads, tenant, person)) ?? found);
  }
}

function viewOf({ person, nextAt, known: { feed, fault } }: FeedRow): LeaveFeedView {
  const { failures, failingSince, emptySince, readAt } = feed;
  const since = failingSince ?? emptySince;
  return {
    ...{ person, state: stateOf(feed), nextAt: isoOf(nextAt), failures },
    ...(readAt === undefined ? {} : { readAt: isoOf(readAt) }),
    ...(since === undefined ? {} : { since: isoOf(since) }),
    ...(fault === undefined ? {} : { fault }),
  };
}

function stateOf({ failures, emptySince, readAt }: FeedRow['known']['feed']): LeaveFeedView['state'] {
  if (failures > 0) return 'failing';
  if (emptySince !== undefined) return 'empty';
  return readAt === undefined ? 'new' : 'fine';
}
