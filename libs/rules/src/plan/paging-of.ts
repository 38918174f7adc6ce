import type { Config, Instant, Priority, Seconds } from '@tocsin/contracts';
import { EMPTY_CASE_FACTS } from '../conditions/case-facts.js';
import { actOn, newCase, type SharedWorld } from '../simulate/simulated-case.js';

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
  const world: SharedWorld = { config, turns: new Map() };
  const facts = { ...EMPTY_CASE_FACTS, service };
  const opened = newCase({ name: 'plan', priority, service, facts }, config);
  let { case: walking, happenings } = actOn(opened, { type: 'Opened', priority }, world, at);
  for (let wakeUps = 0; ; wakeUps += 1) {
    for (const one of happenings)
      if (one.type === 'paged') pagings.push({ person: one.person, after: (one.at - at) / 1000 });
    const { state } = walking;
    if (state.status !== 'running' || wakeUps >= MOST_WAKE_UPS) return pagings;
    ({ case: walking, happenings } = actOn(walking, { type: 'Woke' }, world, state.wakeAt));
  }
}
