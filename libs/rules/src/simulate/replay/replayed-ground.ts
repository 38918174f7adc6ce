import type { Config, Instant, Target } from '@tocsin/contracts';
import type { EscalationCase } from '../../escalation/escalation-case.js';
import type { EscalationContext, TurnFacts } from '../../escalation/escalation-context.js';
import { planByHand } from '../../escalation/plan-by-hand.js';
import type { PolicyPlan } from '../../escalation/policy-plan.js';
import { speaksOf } from '../../escalation/speakers.js';
import { startPlan } from '../../escalation/start-plan.js';
import type { ChangeBook } from '../../on-call/changes/change-book.js';
import { quietOfCase } from '../../quiet/quiet-of-case.js';
import { resolveTargets } from '../../routing/resolve-targets.js';
import type { KnownWindows } from './known-windows.js';
import type { Moment } from './moment.js';
import type { ReplayedParents } from './replayed-parents.js';
import { type ReplayedCase, stepFacts } from './replayed-case.js';

/** What the cases of a replayed world share: plans, turns and loads, shifts and windows as they were known. */
export class ReplayedGround {
  private readonly plans = new Map<Config, Map<string, PolicyPlan>>();
  private readonly turns = new Map<string, number>();
  /** Acknowledged cases by person. */
  private readonly loads = new Map<string, number>();

  constructor(
    private readonly knownAt: (at: Instant) => ChangeBook,
    private readonly windows: KnownWindows,
    private readonly parents: ReplayedParents,
  ) {}

  takeTurn(policy: string, used: ReadonlyMap<string, TurnFacts>): void {
    this.turns.set(policy, (used.get(policy)?.turn ?? 0) + 1);
  }

  countLoads(before: EscalationCase, after: EscalationCase): void {
    if (before.status === 'acknowledged') this.loads.set(before.by, (this.loads.get(before.by) ?? 1) - 1);
    if (after.status === 'acknowledged') this.loads.set(after.by, (this.loads.get(after.by) ?? 0) + 1);
  }

  /** @param used gets what a round robin looks at */
  contextOf(found: ReplayedCase, moment: Moment, used: Map<string, TurnFacts>): EscalationContext {
    const { plan, pinned, service, targets } = found;
    const { config } = pinned;
    const changes = this.knownAt(moment.at);
    return {
      plan,
      facts: stepFacts(found),
      ...(targets === undefined ? { quiet: this.quietFor(found, moment) } : {}),
      resolve: (wanted, at) => resolveTargets(wanted, { config, service, at, changes }),
      turnOf: (policy) => {
        const really = moment.row?.came.turns?.find((turn) => turn.policy === policy);
        const { turn, loads } = really ?? {
          turn: this.turns.get(policy) ?? 0,
          loads: Object.fromEntries(this.loads),
        };
        const facts = { turn, loads, speaks: speaksOf(config, policy) };
        used.set(policy, facts);
        return facts;
      },
    };
  }

  planOf(config: Config, service: string | undefined, targets: readonly Target[] | undefined): PolicyPlan {
    if (targets !== undefined) return planByHand(targets, config);
    const known = this.plans.get(config) ?? new Map<string, PolicyPlan>();
    this.plans.set(config, known);
    const plan = known.get(service ?? '') ?? startPlan(undefined, config, service);
    known.set(service ?? '', plan);
    return plan;
  }

  /** By the windows and dependencies of the config in force, whatever the case has pinned. */
  private quietFor(
    found: ReplayedCase,
    { at, config: { config } }: Moment,
  ): NonNullable<EscalationContext['quiet']> {
    return (priority, when) => {
      const { resolving, closeAt, escalation } = found;
      const facts = { ...stepFacts(found), priority, round: escalation.round };
      const [windows, parents] = [this.windows.at(config, at), this.parents.open(config)];
      return quietOfCase({ resolving, closeAt, facts }, { windows, parents, config }, when);
    };
  }
}
