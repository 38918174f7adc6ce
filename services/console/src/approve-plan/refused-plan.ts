import { FOUR_EYES_TEXTS, type Language, type PlannedRisk, say } from '@tocsin/contracts';
import type { PlanRisk } from '@tocsin/rules';
import { ProblemError } from '@tocsin/runtime';
import type { PlanRefusal } from './judge-plan.js';

/** What a plan makes worse, in one language. */
export const shownRisks = (risks: readonly PlanRisk[], language: Language): PlannedRisk[] =>
  risks.map(({ kind, service, weight, texts }) => ({ kind, service, weight, detail: texts[language] }));

/** Where each stands; what is of no one service is of all. */
export const faultsOf = (risks: readonly PlannedRisk[]): { pointer: string; detail: string }[] =>
  risks.map(({ service, detail }) => ({
    pointer: service === '' ? '/services' : `/services/${service}`,
    detail,
  }));

/** Why one person may not apply a plan: what it makes worse, and how to go on. */
export function refusedPlan(why: PlanRefusal, risks: readonly PlanRisk[], language: Language): ProblemError {
  const title = why === 'p1-uncovered' ? FOUR_EYES_TEXTS.blockedTitle : FOUR_EYES_TEXTS.title;
  const weighty = risks.filter(({ weight }) => weight !== 'warning');
  return new ProblemError(why === 'no-reason' ? 422 : 409, say(title, language), {
    type: why,
    detail: say(FOUR_EYES_TEXTS[why], language),
    errors: faultsOf(shownRisks(weighty, language)),
  });
}
