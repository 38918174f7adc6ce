import type { Instant } from '@tocsin/contracts';
import { clockTimes } from './clock-times.js';
import type { SlaClock } from './sla-clock.js';
import type { SlaDecision, SlaEffect } from './sla-effect.js';
import type { SlaTerms } from './sla-terms.js';
import { dueRow } from './tell-clock.js';

/** Tells what is due by now and was not told: at risk once, the breach once, both at their instant or later. */
export function tellDue(clock: SlaClock, terms: SlaTerms, now: Instant): SlaDecision {
  const nothing = { clock, effects: [] };
  if (clock.ended !== undefined || clock.told === 'breached') return nothing;
  const times = clockTimes(clock, terms);
  if (times?.atRiskAt === undefined || times.atRiskAt > now) return nothing;
  // The target is met or missed, never both: while a pause stands before the due time there is none yet.
  const isBreached = times.dueAt !== undefined && times.dueAt <= now;
  const effects: SlaEffect[] = clock.told === 'nothing' ? [dueRow('SlaAtRisk', clock, terms, times)] : [];
  if (!isBreached) return { clock: { ...clock, told: 'at-risk' }, effects };
  effects.push(dueRow('SlaBreached', clock, terms, times));
  if (terms.policy['on-breach'] === 'escalate') effects.push({ type: 'Escalate', kind: clock.kind });
  return { clock: { ...clock, told: 'breached' }, effects };
}
