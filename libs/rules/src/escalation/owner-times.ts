import type { Instant, Seconds } from '@tocsin/contracts';
import type { Decision } from './decision.js';
import type { Acknowledged, EscalationCase } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { refuse, stay, stopEpochs, tell } from './outcomes.js';
import { after } from './timing.js';

/** After how long of silence the owner is reminded, and loses the case; absent: never. */
interface Patience {
  readonly remind?: Seconds | undefined;
  readonly reopen?: Seconds | undefined;
}

/** What a person wants for the owner of one case, in place of the policy's times, until an instant. */
export interface OwnerTimes extends Patience {
  readonly by: string;
  readonly at: Instant;
  readonly until: Instant;
  readonly reason: string;
}

export interface DueTimes {
  readonly remindAt: Instant | undefined;
  readonly reopenAt: Instant | undefined;
  /** When times of the case's own end, and the policy's count anew. */
  readonly endAt: Instant | undefined;
}

const isInForce = (times: OwnerTimes | undefined, now: Instant): boolean =>
  times !== undefined && now < times.until;

/** When the times that count now began to count. */
const changeOf = (times: OwnerTimes | undefined, now: Instant): Instant | undefined =>
  isInForce(times, now) ? times?.at : times?.until;

/** When the owner is due. Silence counts from their last word, or from when other times began or ended, if that is later. */
export function dueTimes(state: Acknowledged, { plan, now }: Scene): DueTimes {
  const { at, confirmedAt = at, reminder, times } = state;
  const own = isInForce(times, now) ? times : undefined;
  const { remind, reopen }: Patience = own ?? plan.acknowledged?.[state.priority] ?? {};
  const changedAt = changeOf(times, now) ?? confirmedAt;
  const from = (said: Instant, seconds: Seconds | undefined): Instant | undefined =>
    seconds === undefined ? undefined : after(Math.max(said, changedAt), seconds);
  return {
    remindAt: from(reminder?.at ?? confirmedAt, remind),
    reopenAt: from(confirmedAt, reopen),
    endAt: own?.until,
  };
}

type Wanted = Omit<OwnerTimes, 'at'>;

/** Other times for the owner of this case. A reminder that waits is void: it was made by the times of before. */
export function changeOwnerTimes(state: EscalationCase, wanted: Wanted, scene: Scene): Decision {
  if (state.status !== 'acknowledged') return refuse(state, 'no-owner');
  const { by, until, reason, remind, reopen } = wanted;
  if (until <= scene.now) return refuse(state, 'time-passed');
  const { times, reminder } = state;
  if (times?.until === until && times.remind === remind && times.reopen === reopen)
    return stay(state, 'already-so');
  const changed = {
    ...state,
    reminder: undefined,
    times: { by, at: scene.now, until, reason, remind, reopen },
  };
  return {
    state: timed(changed, scene),
    effects: [
      ...(reminder === undefined ? [] : stopEpochs([reminder.epoch], 'restarted', by)),
      tell('OwnerTimesChanged', state.epoch, { owner: state.by, remind, reopen, until, reason }, by),
    ],
  };
}

/** When times of the case's own are over, the policy's count from then. */
export function withoutPastTimes(state: Acknowledged, now: Instant): Acknowledged {
  const { at, confirmedAt = at, times, ...rest } = state;
  return times === undefined || now < times.until
    ? state
    : { ...rest, at, confirmedAt: Math.max(confirmedAt, times.until) };
}

/** The same acknowledgement with the wake-up that its times and present priority ask for. */
export function timed(state: Acknowledged, scene: Scene): Acknowledged {
  const { remindAt, reopenAt, endAt } = dueTimes(state, scene);
  const times = [remindAt, reopenAt, endAt].filter((at) => at !== undefined);
  return { ...state, wakeAt: times.length === 0 ? undefined : Math.min(...times) };
}
