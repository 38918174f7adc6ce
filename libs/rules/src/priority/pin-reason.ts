import {
  type Counterfactual,
  COUNTERFACTUAL_TEXTS,
  isoOf,
  PIN_TEXTS,
  type Priority,
  type Texts,
} from '@tocsin/contracts';
import { filled, withTail } from '../texts-of.js';
import type { Pin, Weighing } from './weighing.js';

/** `pinned to P2 by ana until 2026-11-02T12:00:00.000Z: known outage; computed P3`. */
export function pinReason({ by, reason, until }: Pin, computed: Priority, priority: Priority): Texts {
  const facts = { by, reason, priority, until: until === undefined ? '' : isoOf(until) };
  return withTail(
    filled(until === undefined ? PIN_TEXTS.pinned : PIN_TEXTS.pinnedUntil, facts),
    filled(PIN_TEXTS.computed, { priority: computed }),
  );
}

/** What would have made another priority than the one that the case has: while it is pinned, only the pin. */
export function counterfactualOf({ standing, pin }: Weighing, priority: Priority): Counterfactual {
  if (pin === undefined) return standing.counterfactual;
  if (standing.priority === priority)
    return { found: false, reason: 'pinned', text: filled(COUNTERFACTUAL_TEXTS.pinned, { priority }) };
  const text = filled(COUNTERFACTUAL_TEXTS['without the pin'], { priority: standing.priority });
  return { found: true, priority: standing.priority, change: { fact: 'pin', is: 'absent' }, text };
}
