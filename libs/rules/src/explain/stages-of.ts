import type { CaseEvent, Target } from '@tocsin/contracts';
import type { PolicyPlan } from '../escalation/policy-plan.js';

/** A step of the plan or its fallback, and the row of the timeline in which it was last started or skipped. */
export interface Stage {
  readonly name: string;
  /** Targets any of which may be asked: those of a step in turn are the team's, or else its own. */
  readonly asks: readonly (readonly Target[])[];
  readonly left: CaseEvent | undefined;
}

/** A step that turned out to reach nobody was started before, and that says whom it meant. */
const leaves = (type: CaseEvent['type'], reason: unknown): boolean =>
  type === 'StepStarted' || (type === 'StepSkipped' && reason !== 'step.unreachable');

/** The stages of a plan in their order, as they stand since the case last began at its first step. */
export function stagesOf({ steps, fallback }: PolicyPlan, timeline: readonly CaseEvent[]): readonly Stage[] {
  const begun = timeline.findLastIndex(({ type }) => type === 'EscalationStarted' || type === 'CaseReopened');
  const since = timeline.slice(begun);
  const leftOf = (name: string): CaseEvent | undefined =>
    since.findLast(({ type, facts }) => facts['stepName'] === name && leaves(type, facts['reason']));
  return [
    ...steps.map(
      ({ name, page, inTurn }): Stage => ({
        name,
        asks: inTurn === undefined ? [page] : [[{ kind: 'team', name: inTurn.of }], page],
        left: leftOf(name),
      }),
    ),
    { name: 'fallback', asks: [fallback], left: since.findLast(({ type }) => type === 'FallbackPaged') },
  ];
}
