import type { Config, QuietScope } from '@tocsin/contracts';
import { compileCaseCondition } from '../conditions/case-condition.js';
import type { CaseFacts } from '../conditions/case-facts.js';
import { nowFactsAt } from '../conditions/now-facts.js';
import { own } from '../own.js';

/** A window's condition sees no clock: the window has one of its own. */
const NO_CLOCK = nowFactsAt('UTC', 0);

/** Whether a window means a case. A condition that errs means none: an error must never be the reason for silence. */
export function inScope({ services, markets, sources, when }: QuietScope, facts: CaseFacts): boolean {
  if (services?.includes(facts.service) === false) return false;
  if (markets?.includes(facts.market) === false) return false;
  if (sources?.includes(facts.source) === false) return false;
  if (when === undefined) return true;
  const condition = compileCaseCondition(when);
  if (!condition.ok || condition.readsNow) return false;
  return condition.test(facts, NO_CLOCK).matched;
}

/**
 * An urgent safety case: P1, and restricted or in a category that the taxonomy never lets below P1, itself or by a
 * category above it.
 */
export function isSafety(facts: CaseFacts, taxonomy: Config['taxonomy']): boolean {
  if (facts.priority !== 'P1') return false;
  if (facts.restricted) return true;
  const parts = facts.category.split('.');
  return parts.some((_, i) => {
    const category = own(taxonomy, parts.slice(0, i + 1).join('.'));
    return category?.floor === 'P1' || category?.restricted === true;
  });
}

/** Whether the first scope surely means every case that the second means. */
export const includesScope = (a: QuietScope, b: QuietScope): boolean =>
  (['services', 'markets', 'sources'] as const).every(
    (key) => a[key] === undefined || b[key]?.every((name) => a[key]?.includes(name) === true) === true,
  ) &&
  (a.when === undefined || a.when === b.when);
