import type { CaseBrief } from '@tocsin/contracts';
import type { CaseFacts } from '@tocsin/rules';

/** What conditions see of a case that is known by its brief; the round of its policy is not. */
export function factsOfBrief(brief: CaseBrief): CaseFacts {
  const { priority, restricted, party, category, market, language, channel, tier, service, source } = brief;
  const { status, events } = brief;
  const said = { party, category, market, language, channel, tier, service, source, status };
  return { ...said, priority, restricted, events, round: 0 };
}
