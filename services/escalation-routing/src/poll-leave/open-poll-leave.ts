import { AddressGuard, guardedAgent, guardedGet } from '@tocsin/connections';
import { ShiftNoticeStore } from '../ask-cover/shift-notice.store.js';
import type { RoutingConfig } from '../routing-config.js';
import { LeaveFeedStore } from './leave-feed.store.js';
import { PollLeave } from './poll-leave.js';

type Ground = Omit<ConstructorParameters<typeof PollLeave>[0], 'feeds' | 'notices' | 'get'>;

/** Reading calendars outside, through a guard of its own. */
export function openPollLeave(
  { TOCSIN_WEBHOOK_ALLOW }: Pick<RoutingConfig, 'TOCSIN_WEBHOOK_ALLOW'>,
  ground: Ground,
) {
  const outside = guardedAgent(new AddressGuard(TOCSIN_WEBHOOK_ALLOW));
  const feeds = new LeaveFeedStore();
  return {
    feeds,
    pollLeave: new PollLeave({
      ...{ ...ground, feeds, notices: new ShiftNoticeStore() },
      get: (asked) => guardedGet(outside, asked),
    }),
    close: () => outside.close(),
  };
}
