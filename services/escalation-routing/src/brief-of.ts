import { type CaseBrief, isoOf } from '@tocsin/contracts';
import { knownMembers } from './known-members.js';
import type { RoutedCase } from './routed-case.js';
import { stepFactsOf } from './step-facts-of.js';

/** The case in few words, for those who are told of it and do not have it. */
export function briefOf(routed: RoutedCase): CaseBrief {
  const { state, priority, subject, ticketKey, link, policy, acknowledgedBy, version, openedAt } = routed;
  const { restricted, source, party, category, market, language, channel, tier, service, status, events } =
    stepFactsOf(routed);
  return {
    ...{ state, priority, restricted, subject, source, ticketKey },
    ...knownMembers({ link, policy, acknowledgedBy }),
    ...{ openedAt: isoOf(openedAt), version },
    ...{ party, category, market, language, channel, tier, service, status, events },
  };
}
