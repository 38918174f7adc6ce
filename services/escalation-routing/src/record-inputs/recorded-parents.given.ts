import { caseIdText, rankOf } from '@tocsin/contracts';
import type { OpenParent } from '@tocsin/rules';
import { speakingOf } from '../case-row.js';
import type { RoutedCase } from '../routed-case.js';

/** Of each service and market the most urgent open case that speaks for others. */
export function parentsIn(open: readonly RoutedCase[], services: readonly string[]): OpenParent[] {
  const first = new Map<string, OpenParent>();
  const speaking = open.filter((routed) => speakingOf(routed).urgency !== undefined);
  const urgentFirst = speaking.sort((a, b) => rankOf(a.priority) - rankOf(b.priority) || Number(a.id - b.id));
  for (const { id, service = '', market, priority } of urgentFirst) {
    const key = `${service} ${market ?? ''}`;
    if (services.includes(service) && !first.has(key))
      first.set(key, { caseId: caseIdText(id), service, market, priority });
  }
  return [...first.values()];
}
