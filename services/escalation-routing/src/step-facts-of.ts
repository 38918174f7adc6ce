import { caseFactsOf, EMPTY_FACTS, type EscalationContext } from '@tocsin/rules';
import type { RoutedCase } from './routed-case.js';

/** What the conditions of steps see of a case, whose own columns are newer than what it was weighed on. */
export function stepFactsOf(routed: RoutedCase): NonNullable<EscalationContext['facts']> {
  const { category = '', market = '', language = '', service = '', status = '' } = routed;
  const { source, sensitivity, events, priority } = routed;
  const restricted = sensitivity === 'restricted';
  const own = { category, market, language, status, source, restricted };
  // Weighings that were kept before a fact was known lack it.
  const said = { ...EMPTY_FACTS, ...routed.weighing?.facts, ...own };
  return caseFactsOf(said, { priority, service, events, round: 1 });
}
