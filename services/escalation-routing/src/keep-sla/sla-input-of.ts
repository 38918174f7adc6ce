import type { CaseInput, SlaInput } from '@tocsin/rules';
import type { Cause } from '../case-work.js';

/** What a decision about the case tells the clocks; undefined when they have nothing to do with it. */
export function slaInputOf(input: CaseInput, facts: Cause['facts']): SlaInput | undefined {
  if (input.type === 'PriorityChanged') return { type: 'PriorityChanged', to: input.to };
  if (input.type !== 'Acknowledged' && input.type !== 'Resolved' && input.type !== 'Reopened')
    return undefined;
  const event = facts?.['eventId'];
  return { type: input.type, by: input.by, ...(typeof event === 'string' ? { event } : {}) };
}
