import type { Instant } from '@tocsin/contracts';
import type { Decision } from './decision.js';
import type { Effect } from './effect.js';
import type { EscalationCase } from './escalation-case.js';
import { refuse, stay, tell } from './outcomes.js';

/** A person takes the case: no step is planned and no attempt begins any more in this epoch (S7). */
export function acknowledge(
  state: EscalationCase,
  { by, epoch }: { readonly by: string; readonly epoch?: number | undefined },
  now: Instant,
): Decision {
  if (epoch !== undefined && epoch !== state.epoch) return refuse(state, 'stale-epoch');
  if (state.status === 'resolved') return refuse(state, 'already-resolved', state.by);
  if (state.status === 'acknowledged') {
    return state.by === by ? stay(state, 'already-yours') : refuse(state, 'already-acknowledged', state.by);
  }
  return close(state, 'acknowledged', by, now);
}

/** The case is over; whoever says so may say it twice. */
export function resolve(state: EscalationCase, by: string, now: Instant): Decision {
  return state.status === 'resolved' ? stay(state, 'already-resolved') : close(state, 'resolved', by, now);
}

const TOLD = { acknowledged: 'CaseAcknowledged', resolved: 'CaseResolved' } as const;

function close(state: EscalationCase, status: keyof typeof TOLD, by: string, at: Instant): Decision {
  const { epoch, round, step, priority, escalatedAt } = state;
  const stop: Effect = { type: 'StopPages', epoch, reason: status, by };
  const told = tell(TOLD[status], epoch, { round, step, was: state.status }, by);
  return {
    state: { status, by, at, epoch, round, step, priority, escalatedAt },
    effects: epoch > 0 ? [stop, told] : [told],
  };
}
