import type { Config, Instant, TicketEvent } from '@tocsin/contracts';
import type { CaseFacts } from '../conditions/case-facts.js';
import { slaWakeAt } from '../sla/clock-times.js';
import { runClock, startClock } from '../sla/run-clock.js';
import type { SlaClock } from '../sla/sla-clock.js';
import type { SlaInput } from '../sla/sla-input.js';
import { kindsOf, pickSla, type SlaTerms, slaTerms } from '../sla/sla-terms.js';
import { toldByTicket } from '../sla/told-by-ticket.js';

/** The SLA clocks of a case of a simulated world. */
export interface SimulatedPromise {
  readonly terms: SlaTerms;
  readonly clocks: readonly SlaClock[];
}

/** @returns undefined when the config promises nothing to such a case */
export function promisedTo(
  facts: CaseFacts,
  event: TicketEvent,
  config: Config,
  at: Instant,
): SimulatedPromise | undefined {
  const policy = pickSla(config, facts);
  const terms = policy === undefined ? undefined : slaTerms(config, policy);
  if (terms === undefined) return undefined;
  const opened = { ...toldByTicket(event, true), priority: facts.priority };
  return { terms, clocks: kindsOf(terms).map((kind) => startClock(kind, opened, terms, at).clock) };
}

/** What an input does to all clocks of a case; `breaches` ask for the next step, one each. */
export function hearOf(
  { terms, clocks }: SimulatedPromise,
  input: SlaInput,
  at: Instant,
): { readonly promised: SimulatedPromise; readonly breaches: number } {
  const decisions = clocks.map((clock) => runClock(clock, input, terms, at));
  const breaches = decisions.flatMap(({ effects }) => effects.filter(({ type }) => type === 'Escalate'));
  return {
    promised: { terms, clocks: decisions.map(({ clock }) => clock) },
    breaches: breaches.length,
  };
}

/** The earliest instant at which one of the clocks must be looked at. */
export function promiseWakeAt({ terms, clocks }: SimulatedPromise): Instant | undefined {
  const times = clocks.map((clock) => slaWakeAt(clock, terms)).filter((at) => at !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}
