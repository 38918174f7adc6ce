import type { Instant } from '@tocsin/contracts';
import type { CaseInput } from './case-input.js';
import { acknowledge, resolve } from './close-escalation.js';
import type { Decision } from './decision.js';
import { escalateNow } from './escalate-now.js';
import type { EscalationCase } from './escalation-case.js';
import type { EscalationContext } from './escalation-context.js';
import { cancel, unmerge, whileCancelled } from './cancel-escalation.js';
import { changePriority } from './change-priority.js';
import { addResponder } from './add-responder.js';
import { migrate } from './migrate.js';
import { changeOwnerTimes } from './owner-times.js';
import { reassign } from './reassign.js';
import { reopen } from './reopen.js';
import { snooze } from './snooze.js';
import { open } from './start-escalation.js';
import { stay } from './outcomes.js';
import { lookIfQuiet } from './suppress.js';
import { skipUnreachable } from './skip-unreachable.js';
import { wake } from './wake.js';

/**
 * What happens next to the escalation of one case: the only place that knows. Pure; the same arguments give the
 * same decision, so history can be replayed and explained.
 *
 * Holds S4 (a step is planned once), S7 (nothing is planned after an answer), S8 (it ends only by an answer,
 * a resolution, a hand-made restart, or exhausted with its alarm), S9 (nothing early), L3 (running, exhausted, held,
 * suppressed and snoozed always wake again).
 *
 * @param now from the database's clock
 */
export function decide(
  state: EscalationCase,
  input: CaseInput,
  context: EscalationContext,
  now: Instant,
): Decision {
  const scene = { ...context, now };
  if (state.status === 'cancelled') return whileCancelled(state, input, scene);
  switch (input.type) {
    case 'Opened':
      return open(state, input.priority, scene);
    case 'PriorityChanged':
      return changePriority(state, input.to, scene);
    case 'Woke':
      return wake(state, scene);
    case 'QuietChanged':
      return state.status === 'suppressed' ? lookIfQuiet(state, scene) : stay(state, 'nothing-due');
    case 'Acknowledged':
      return acknowledge(state, input, scene);
    case 'Resolved':
      return resolve(state, input.by, scene);
    case 'Reopened':
      return reopen(state, input.by, scene);
    case 'EscalateNow':
      return escalateNow(state, input, scene);
    case 'Snoozed':
      return snooze(state, input, scene);
    case 'OwnerTimesChanged':
      return changeOwnerTimes(state, input, scene);
    case 'Reassigned':
      return reassign(state, input, scene);
    case 'ResponderAdded':
      return addResponder(state, input, scene);
    case 'Merged':
      return cancel(state, input, scene);
    case 'Unmerged':
      return unmerge(state);
    case 'Migrated':
      return migrate(state, input, scene);
    case 'StepUnreachable':
      return skipUnreachable(state, input, scene);
  }
}
