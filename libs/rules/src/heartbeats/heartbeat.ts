import type { Heartbeat, HeartbeatSign, Instant, MissReason } from '@tocsin/contracts';
import { nextDue } from './next-due.js';

/** Where a heartbeat stands. Plain JSON. `dueAt` is its only timer: a missed one waits for a sign, not for a time. */
export type HeartbeatState =
  | { readonly status: 'waiting'; readonly heardAt?: Instant | undefined; readonly dueAt: Instant }
  | {
      readonly status: 'running';
      readonly heardAt: Instant;
      readonly startedAt: Instant;
      readonly dueAt: Instant;
    }
  | {
      readonly status: 'missed';
      readonly reason: MissReason;
      readonly missedAt: Instant;
      readonly heardAt?: Instant | undefined;
    };

export type HeartbeatInput =
  | { readonly type: 'Heard'; readonly sign: HeartbeatSign }
  /** The timer, or anything that claims it. */
  | { readonly type: 'Woke' }
  /** Nobody could be heard since then: the system itself was away. */
  | { readonly type: 'WasAway'; readonly since: Instant };

export type HeartbeatEffect =
  | { readonly type: 'Raise'; readonly reason: MissReason; readonly since: Instant }
  | { readonly type: 'Clear'; readonly because: 'recovered' | 'retired' };

export interface HeartbeatDecision {
  readonly state: HeartbeatState;
  readonly effect?: HeartbeatEffect | undefined;
  /** Why nothing happened. */
  readonly stayed?:
    | 'too-early'
    | 'already-missed'
    | 'still-missed'
    | 'not-due-meanwhile'
    | 'was-well'
    | undefined;
}

/** The state of a heartbeat that the config names for the first time: it has a whole period to be heard. */
export const newHeartbeat = (rule: Heartbeat, now: Instant): HeartbeatState => ({
  status: 'waiting',
  dueAt: nextDue(rule, now),
});

/** When silence becomes a miss; undefined when it is one already. */
export const dueAtOf = (state: HeartbeatState): Instant | undefined =>
  state.status === 'missed' ? undefined : state.dueAt;

/**
 * What a sign, or its absence, means. Pure. One miss raises one alert, and the first good sign clears it; the time in
 * which the system itself was away never counts as silence.
 *
 * @param now from the database's clock
 */
export function decideHeartbeat(
  state: HeartbeatState,
  input: HeartbeatInput,
  rule: Heartbeat,
  now: Instant,
): HeartbeatDecision {
  switch (input.type) {
    case 'Heard':
      return heard(state, input.sign, rule, now);
    case 'Woke':
      return woke(state, now);
    case 'WasAway':
      return excused(state, input.since, rule, now);
  }
}

/** The config no longer has it, or has switched it off: what it raised is cleared. */
export const retireHeartbeat = (state: HeartbeatState): HeartbeatEffect | undefined =>
  state.status === 'missed' ? { type: 'Clear', because: 'retired' } : undefined;

function heard(state: HeartbeatState, sign: HeartbeatSign, rule: Heartbeat, now: Instant): HeartbeatDecision {
  if (sign === 'fail') return missed(state, 'failed', now, now);
  if (sign === 'start') {
    // A new run of a job that failed is no recovery yet: that is for its end to say.
    if (state.status === 'missed') return { state: { ...state, heardAt: now }, stayed: 'still-missed' };
    const dueAt = rule.within === undefined ? nextDue(rule, now) : now + rule.within * 1000;
    return { state: { status: 'running', heardAt: now, startedAt: now, dueAt } };
  }
  const well: HeartbeatState = { status: 'waiting', heardAt: now, dueAt: nextDue(rule, now) };
  return state.status === 'missed'
    ? { state: well, effect: { type: 'Clear', because: 'recovered' } }
    : { state: well };
}

function woke(state: HeartbeatState, now: Instant): HeartbeatDecision {
  if (state.status === 'missed') return { state, stayed: 'already-missed' };
  if (now < state.dueAt) return { state, stayed: 'too-early' };
  return state.status === 'running'
    ? missed(state, 'too-long', state.startedAt, now)
    : missed(state, 'silent', state.heardAt ?? state.dueAt, now);
}

function missed(state: HeartbeatState, reason: MissReason, since: Instant, now: Instant): HeartbeatDecision {
  if (state.status === 'missed') return { state, stayed: 'already-missed' };
  const heardAt = reason === 'failed' ? now : state.heardAt;
  return {
    state: { status: 'missed', reason, missedAt: now, heardAt },
    effect: { type: 'Raise', reason, since },
  };
}

/** A sign may have been sent while nobody listened: its sender is given the grace once more. */
function excused(state: HeartbeatState, since: Instant, rule: Heartbeat, now: Instant): HeartbeatDecision {
  if (state.status === 'missed') return { state, stayed: 'already-missed' };
  if (state.dueAt < since || state.dueAt > now) return { state, stayed: 'not-due-meanwhile' };
  return { state: { ...state, dueAt: now + rule.grace * 1000 } };
}
