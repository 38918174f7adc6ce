import { type Instant, SLA_TEXTS, type Texts } from '@tocsin/contracts';
import { filled } from '../texts-of.js';
import { presentPause, type SlaCause, type SlaClock, type SlaPause } from './sla-clock.js';
import type { SlaDecision } from './sla-effect.js';
import type { SlaInput } from './sla-input.js';
import type { SlaTerms } from './sla-terms.js';
import { paused, resumed } from './tell-clock.js';

/** The terms at one instant: what the parts of a decision are given. */
export interface ClockScene {
  readonly terms: SlaTerms;
  readonly now: Instant;
}

type Heard = Extract<SlaInput, { type: 'TicketUpdated' }>;
type Decision = SlaDecision;

/** The only status that a customer ends by replying, whatever the ticket says. */
const WAITING = 'waiting-for-customer';

/** Pauses and resumes a clock that runs. The status counts before the customer's reply, which ends the waiting. */
export function hearOfTicket(before: SlaClock, heard: Heard, scene: ClockScene): Decision {
  const clock = heard.reply === 'agent' ? agentReplied(before, scene.now) : before;
  const stated =
    heard.status === undefined ? { clock, effects: [] } : heed(clock, heard.status, heard, scene);
  if (heard.reply !== 'customer') return stated;
  const pause = presentPause(stated.clock);
  const replied = { ...stated.clock, lastReply: { from: 'customer', at: scene.now } as const };
  if (pause?.status !== WAITING) return { ...stated, clock: replied };
  const next = resume(replied, heard, scene, SLA_TEXTS.resumedByReply);
  return { clock: next.clock, effects: [...stated.effects, ...next.effects] };
}

function agentReplied(clock: SlaClock, at: Instant): SlaClock {
  const pause = presentPause(clock);
  const marked = pause !== undefined && pause.agentRepliedAt === undefined;
  const pauses = marked ? [...clock.pauses.slice(0, -1), { ...pause, agentRepliedAt: at }] : clock.pauses;
  return { ...clock, pauses, lastReply: { from: 'agent', at } };
}

/**
 * A status pauses when it is new, or when an agent's reply comes with it: a ticket that goes on saying that it waits,
 * after the customer has replied, pauses nothing.
 */
function heed(before: SlaClock, status: string, cause: Heard, scene: ClockScene): Decision {
  const clock = { ...before, status };
  const pause = presentPause(before);
  const isAnswered = status === WAITING && cause.reply === 'customer';
  if (isAnswered || !scene.terms.policy['pause-in'].includes(status)) {
    const because = isAnswered ? SLA_TEXTS.resumedByReply : filled(SLA_TEXTS.resumedByStatus, { status });
    return pause === undefined ? { clock, effects: [] } : resume(clock, cause, scene, because);
  }
  const isNew = status !== before.status || (pause === undefined && cause.reply === 'agent');
  return isNew ? beginPause(clock, status, cause, scene) : { clock, effects: [] };
}

/** Another pausing status ends the pause and begins the next, so that each has its own cause. */
function beginPause(clock: SlaClock, status: string, { by, event }: Heard, { now }: ClockScene): Decision {
  const began: SlaCause = { by, event };
  const pause: SlaPause = { from: now, status, began, before: clock.lastReply };
  return {
    clock: { ...clock, pauses: [...closed(clock, began, now), pause] },
    effects: [paused(clock, pause)],
  };
}

const resume = (clock: SlaClock, { by, event }: SlaCause, { now }: ClockScene, because: Texts): Decision => ({
  clock: { ...clock, pauses: closed(clock, { by, event }, now) },
  effects: [resumed(clock, { by, event }, because)],
});

/** The pauses with the present one over. */
export function closed(clock: SlaClock, { by, event }: SlaCause, now: Instant): readonly SlaPause[] {
  const pause = presentPause(clock);
  return pause === undefined
    ? clock.pauses
    : [...clock.pauses.slice(0, -1), { ...pause, until: now, ended: { by, event } }];
}
