import type { Config, Policy, PolicyStep, Target } from '@tocsin/contracts';
import { own } from '../own.js';
import type { PlannedStep, TurnRule } from './policy-plan.js';

/** The steps of a policy in the order in which they run, those of other policies in the places where they stand. */
export interface StepsInLine {
  readonly steps: readonly PlannedStep[];
  /** The index at which a step of the policy begins. */
  readonly indexOf: (name: string) => number | undefined;
}

/** Between the name of a step and that of the step of the policy that it runs. */
const INSIDE = ' › ';

interface InLine {
  readonly step: PolicyStep;
  readonly scope: string;
  readonly page: readonly Target[];
  readonly inTurn: TurnRule | undefined;
}

/**
 * A policy inside of a policy brings its steps only: rounds and fallback are those of the outer one, and so is the wait
 * of its last step.
 */
export function stepsInLine(name: string, policy: Policy, config: Config): StepsInLine {
  const starts = new Map<string, number>();
  const inLine = flatten({ name, policy }, { config, starts, scope: '', above: [] }, []);
  const steps = inLine.map(({ step, scope, page, inTurn }): PlannedStep => {
    const { when, timeZone, otherwise } = step;
    return {
      name: `${scope}${step.name}`,
      page,
      wait: step.wait,
      ...(inTurn === undefined ? {} : { inTurn }),
      ...(when === undefined ? {} : { when }),
      ...(timeZone === undefined ? {} : { timeZone }),
      ...otherwiseOf(otherwise, (name) => starts.get(`${scope}${name}`)),
    };
  });
  return { steps, indexOf: (name) => starts.get(name) };
}

interface Flattening {
  readonly config: Config;
  readonly starts: Map<string, number>;
  readonly scope: string;
  /** The policies that this one stands in: a cycle brings nothing, and the check of the config refuses it. */
  readonly above: readonly Policy[];
}

interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

function flatten(
  { name, policy }: NamedPolicy,
  into: Flattening,
  before: readonly InLine[],
): readonly InLine[] {
  const { config, starts, scope, above } = into;
  let line = before;
  for (const step of policy.steps) {
    starts.set(`${scope}${step.name}`, line.length);
    const nested = step.page.find((target) => target.kind === 'policy');
    const inner = nested === undefined ? undefined : own(config.policies, nested.name);
    const page = step.page.filter((target) => target.kind !== 'policy');
    if (nested === undefined || inner === undefined || above.includes(inner))
      line = [...line, { step, scope, page, inTurn: turnOf(name, policy, step) }];
    else {
      const within = { config, starts, scope: `${scope}${step.name}${INSIDE}`, above: [...above, policy] };
      line = lastWaits(flatten({ name: nested.name, policy: inner }, within, line), step.wait);
    }
  }
  return line;
}

function turnOf(policy: string, { 'round-robin': rule }: Policy, step: PolicyStep): TurnRule | undefined {
  return rule?.step === step.name ? { policy, of: rule.of, prefer: rule.prefer } : undefined;
}

function lastWaits(line: readonly InLine[], wait: number): readonly InLine[] {
  const last = line.at(-1);
  return last === undefined ? line : [...line.slice(0, -1), { ...last, step: { ...last.step, wait } }];
}

function otherwiseOf(
  otherwise: PolicyStep['otherwise'],
  indexOf: (name: string) => number | undefined,
): Pick<PlannedStep, 'otherwise'> {
  if (otherwise === 'hold') return { otherwise };
  const goTo = typeof otherwise === 'object' ? indexOf(otherwise.goTo) : undefined;
  return goTo === undefined ? {} : { otherwise: { goTo } };
}
