import type { Config, Instant, Priority, Seconds } from '@tocsin/contracts';
import { actOn, newCase } from '../simulate/simulated-case.js';

/** A policy that waits for something other than an answer may wake without end. */
const MOST_WAKE_UPS = 500;

/** A person and how long after the first event the page comes. */
export interface Paging {
  readonly person: string;
  readonly after: Seconds;
}

interface Asked {
  readonly service: string;
  readonly priority: Priority;
  /** When the case opens. */
  readonly at: Instant;
}

/**
 * Who is paged at which second of a case that nobody answers, to the first page of the fallback: the engine itself
 * walks the policy, with whoever is on call at each step.
 */
export function pagingOf(config: Config, { service, priority, at }: Asked): Paging[] {
  const pagings: Paging[] = [];
  let { case: walking, happenings } = actOn(
    newCase('plan', priority, service, config),
    { type: 'Opened', priority },
    config,
    at,
  );
  for (let wakeUps = 0; ; wakeUps += 1) {
    for (const one of happenings)
      if (one.type === 'paged') pagings.push({ person: one.person, after: (one.at - at) / 1000 });
    const { state } = walking;
    if (state.status !== 'running' || wakeUps >= MOST_WAKE_UPS) return pagings;
    ({ case: walking, happenings } = actOn(walking, { type: 'Woke' }, config, state.wakeAt));
  }
}
