import type { Config, Instant, Priority } from '@tocsin/contracts';
import type { CaseInput } from '../escalation/case-input.js';
import { decide } from '../escalation/decide.js';
import type { RequestPages } from '../escalation/effect.js';
import { type EscalationCase, NOT_OPENED } from '../escalation/escalation-case.js';
import type { EscalationContext } from '../escalation/escalation-context.js';
import type { PolicyPlan } from '../escalation/policy-plan.js';
import { startPlan } from '../escalation/start-plan.js';
import { own } from '../own.js';
import { methodsOf } from '../paging/plan-attempts.js';
import { quietAt, windowsFor } from '../quiet/quiet-at.js';
import { type OpenParent, quietByParent } from '../quiet/quiet-by-parent.js';
import type { QuietWindow } from '../quiet/quiet-window.js';
import { resolveTargets } from '../routing/resolve-targets.js';
import type { Happening } from './happening.js';

/** A case of a simulated world. */
export interface SimulatedCase {
  readonly name: string;
  readonly service: string | undefined;
  readonly priority: Priority;
  readonly plan: PolicyPlan;
  /** What the conditions of steps see. */
  readonly facts: NonNullable<EscalationContext['facts']>;
  readonly state: EscalationCase;
}

/** What the cases of one world share. */
export interface SharedWorld {
  /** Its maintenance windows; without them nothing is ever hushed. */
  readonly windows?: readonly QuietWindow[] | undefined;
  /** Its open cases of services that others depend on; without them nobody is quiet for another's sake. */
  readonly parents?: readonly OpenParent[] | undefined;
  readonly config: Config;
  /** Turns that the round robin of each policy has taken. */
  readonly turns: Map<string, number>;
}

export const newCase = (
  opened: Pick<SimulatedCase, 'name' | 'service' | 'priority' | 'facts'>,
  config: Config,
): SimulatedCase => ({
  ...opened,
  plan: startPlan(undefined, config, opened.service),
  state: NOT_OPENED,
});

interface Step {
  readonly case: SimulatedCase;
  readonly happenings: readonly Happening[];
}

/**
 * What one input does to a case, as routing and notification do it together: the engine decides, its pages become
 * attempts by personal rules, and a person to whom no attempt leads is told back to the engine at the same instant (L2).
 */
export function actOn(
  given: SimulatedCase,
  input: CaseInput,
  { config, turns, windows = [], parents = [] }: SharedWorld,
  now: Instant,
): Step {
  const happenings: Happening[] = [];
  const inputs: CaseInput[] = [input];
  let { state } = given;
  const context: EscalationContext = {
    plan: given.plan,
    facts: given.facts,
    quiet: (priority, at) => {
      const facts = { ...given.facts, priority, round: state.round };
      const inWindow = quietAt(windowsFor(windows, facts, config.taxonomy), at);
      return inWindow ?? quietByParent(facts, parents, config.services, at);
    },
    turnOf: (policy) => ({ turn: turns.get(policy) ?? 0, loads: {}, speaks: {} }),
    resolve: (targets, at) => resolveTargets(targets, { config, service: given.service, at }),
  };
  for (let next = inputs.shift(); next !== undefined; next = inputs.shift()) {
    const before = state.status;
    const decision = decide(state, next, context, now);
    state = decision.state;
    for (const effect of decision.effects) {
      if (effect.type === 'TakeTurn') turns.set(effect.policy, (turns.get(effect.policy) ?? 0) + 1);
      if (effect.type !== 'RequestPages') continue;
      const pages = pagesOf(effect, given, config);
      happenings.push(...pages);
      inputs.push(
        ...pages.flatMap((page) => (page.type === 'unreachable' ? [unreachable(effect, page.person)] : [])),
      );
    }
    if (state.status !== before && isEnd(state.status))
      happenings.push({ type: state.status, at: now, case: given.name });
  }
  return { case: { ...given, state }, happenings };
}

const isEnd = (status: EscalationCase['status']): status is 'acknowledged' | 'resolved' | 'exhausted' =>
  status === 'acknowledged' || status === 'resolved' || status === 'exhausted';

const unreachable = ({ epoch, round, step }: RequestPages, person: string): CaseInput => ({
  type: 'StepUnreachable',
  epoch,
  round,
  step,
  person,
});

/** A person who has any contact method gets at least one attempt: a missing rule never silences a page. */
const pagesOf = (
  { persons, dueAt, stepName, round }: RequestPages,
  { name }: SimulatedCase,
  config: Config,
): (Happening & { type: 'paged' | 'unreachable' })[] =>
  persons.map(({ person }) => {
    const found = own(config.people, person);
    const reachable = found !== undefined && methodsOf(found).length > 0;
    const page = { at: dueAt, case: name, person, stepName };
    return reachable ? { type: 'paged', ...page, round } : { type: 'unreachable', ...page };
  });
