import type { Config, Instant } from '@tocsin/contracts';
import { EMPTY_CASE_FACTS } from '../conditions/case-facts.js';
import type { CaseInput } from '../escalation/case-input.js';
import { decide } from '../escalation/decide.js';
import type { Decision } from '../escalation/decision.js';
import type { EscalationCase } from '../escalation/escalation-case.js';
import type { EscalationContext } from '../escalation/escalation-context.js';
import { configWindows } from '../quiet/config-windows.js';
import { quietAt, windowsFor } from '../quiet/quiet-at.js';
import { watchedOf } from './watched-rules.js';
import type { WouldBe } from './would-be.js';

/** What was decided, and all that it was decided on. */
interface Decided extends Pick<Decision, 'effects'> {
  readonly before: EscalationCase;
  readonly input: CaseInput;
  readonly context: EscalationContext;
}

/** A window that would have held back pages of a decision. */
export interface WouldHold extends WouldBe {
  /** How many fewer. */
  readonly pages: number;
}

/**
 * The windows that would have held back pages which nothing held back. The engine decides again with each: what a
 * person asks for is paged in any window, and so is urgent safety.
 *
 * @param config the one in force, whose windows they are
 */
export function wouldHold({ effects, ...decided }: Decided, config: Config, now: Instant): WouldHold[] {
  const rules = watchedOf(config, 'maintenance');
  const sent = pagesIn(effects);
  if (rules.length === 0 || sent === 0 || decided.context.quiet === undefined) return [];
  return rules.flatMap((rule) => {
    const windows = configWindows(rule.live).filter(({ name }) => name === rule.name);
    const pages = sent - pagesIn(decidedIn(decided, windows, config, now));
    return pages > 0 ? [{ rule, real: 'paged', would: 'hushed', pages }] : [];
  });
}

type Windows = ReturnType<typeof configWindows>;

function decidedIn(
  { before, input, context }: Omit<Decided, 'effects'>,
  windows: Windows,
  { taxonomy }: Config,
  now: Instant,
): Decision['effects'] {
  const quiet: EscalationContext['quiet'] = (priority, at) => {
    const facts = {
      ...EMPTY_CASE_FACTS,
      ...context.facts,
      priority,
      round: 'round' in before ? before.round : 1,
    };
    return context.quiet?.(priority, at) ?? quietAt(windowsFor(windows, facts, taxonomy), at);
  };
  return decide(before, input, { ...context, quiet }, now).effects;
}

const pagesIn = (effects: Decision['effects']): number =>
  effects.reduce((sum, effect) => sum + (effect.type === 'RequestPages' ? effect.persons.length : 0), 0);
