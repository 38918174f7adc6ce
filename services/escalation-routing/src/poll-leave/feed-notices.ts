import {
  type Config,
  type Instant,
  isoOf,
  type Language,
  say,
  SHIFT_TEXTS,
  type Texts,
} from '@tocsin/contracts';
import { believedAt, type LeaveFeed, resolveTargets } from '@tocsin/rules';
import type { NewShiftNotice } from '../ask-cover/shift-notice.store.js';

interface Told {
  readonly tell: 'failing' | 'emptied';
  readonly person: string;
  readonly feed: LeaveFeed;
  readonly fault: Texts | undefined;
  readonly now: Instant;
}

/** To the person, and to Tier 2 of their teams (the manager where there is none): once for each time that it begins. */
export function feedNotices(
  { tell, person: about, feed, fault, now }: Told,
  config: Config,
): NewShiftNotice[] {
  const [from, until] =
    tell === 'failing'
      ? [isoOf(feed.failingSince ?? now), isoOf(now)]
      : [isoOf(feed.emptySince ?? now), isoOf(believedAt(feed.emptySince ?? now))];
  const words = (language: Language): string =>
    say(tell === 'failing' ? SHIFT_TEXTS.noticeFeedFails : SHIFT_TEXTS.noticeFeedEmpty, language, {
      ...{ about, until, fault: fault?.[language] ?? '' },
    });
  return toldOf(about, config, now).map((person) => ({
    key: `leave-feed ${tell} ${about} ${from} ${person}`,
    ...{ kind: 'leave-feed', person, about, from, until, text: { en: words('en'), 'zh-CN': words('zh-CN') } },
  }));
}

function toldOf(person: string, config: Config, at: Instant): string[] {
  const targets = Object.values(config.teams)
    .filter(({ members }) => members.includes(person))
    .flatMap(({ ladder }) => ladder.tier2 ?? ladder.manager ?? []);
  const { persons } = resolveTargets(targets, { config, service: undefined, at });
  return [...new Set([person, ...persons.map((one) => one.person)])];
}
