import type { Config, Target } from '@tocsin/contracts';
import { DatabaseAway, type Tx } from '@tocsin/event-log';
import {
  type EscalationContext,
  type PolicyPlan,
  resolveTargets,
  startPlan,
  WAIT_BY_HAND,
} from '@tocsin/rules';
import { caseFactsOf } from './case-facts-of.js';
import type { RoutedCase } from './routed-case.js';
import { AT_THE_BEGINNING, type TurnsOf, type TurnStore } from './turn.store.js';

/** What the config copy offers; the port is ours so that specs can give a plain object. */
export interface ConfigRevisions {
  current(): { readonly revision: number; readonly config: Config } | undefined;
  at(revision: number): Promise<Config | undefined>;
}

/** Everything of the config that one decision needs. */
export type DecisionContext = EscalationContext;

/** One consistent view of config and turns for one transaction; looks up without waiting. */
export interface LoadedConfigs {
  readonly current: { readonly revision: number; readonly config: Config };
  readonly configOf: (routed: RoutedCase) => Config;
  readonly contextOf: (routed: RoutedCase) => DecisionContext;
}

interface Pinned extends Pick<LoadedConfigs, 'current'> {
  readonly loaded: ReadonlyMap<number, Config>;
}

/** No revision has arrived yet. Counts as an outage, so that consumers pause and no event becomes a dead letter. */
export class NoConfigYet extends DatabaseAway {}

/** Gives each case the config it pinned: a revision applied later never changes a running escalation. */
export class PinnedConfigs {
  private readonly plans = new WeakMap<Config, Map<string, PolicyPlan>>();

  constructor(
    private readonly revisions: ConfigRevisions,
    private readonly turns: TurnStore,
  ) {}

  /** @throws NoConfigYet before the first revision */
  current(): { readonly revision: number; readonly config: Config } {
    const current = this.revisions.current();
    if (current === undefined) throw new NoConfigYet('no config revision has arrived yet');
    return current;
  }

  /**
   * Loads the revisions that these cases pinned, and the current one, at which new cases open.
   * @throws NoConfigYet before the first revision
   */
  async load(tx: Tx, cases: readonly RoutedCase[]): Promise<LoadedConfigs> {
    const pinned = await this.pinnedBy(cases);
    return this.viewOf(pinned, await this.turns.read(tx, [...pinned.loaded.values()]));
  }

  /** The same for whoever only looks and decides nothing. */
  async show(cases: readonly RoutedCase[]): Promise<LoadedConfigs> {
    return this.viewOf(await this.pinnedBy(cases), AT_THE_BEGINNING);
  }

  private async pinnedBy(cases: readonly RoutedCase[]): Promise<Pinned> {
    const current = this.current();
    const loaded = new Map([[current.revision, current.config]]);
    for (const { revision } of cases)
      if (!loaded.has(revision)) loaded.set(revision, (await this.revisions.at(revision)) ?? current.config);
    return { current, loaded };
  }

  private viewOf({ current, loaded }: Pinned, turns: TurnsOf): LoadedConfigs {
    const configOf = ({ revision }: RoutedCase): Config => loaded.get(revision) ?? current.config;
    return { current, configOf, contextOf: (routed) => this.contextOf(routed, configOf(routed), turns) };
  }

  private contextOf(routed: RoutedCase, config: Config, turns: TurnsOf): DecisionContext {
    const { service, targets } = routed;
    return {
      plan: targets === undefined ? this.planOf(service, config) : planByHand(targets, config),
      facts: caseFactsOf(routed),
      turnOf: (policy) => turns(config, policy),
      resolve: (wanted, at) => resolveTargets(wanted, { config, service, at }),
    };
  }

  private planOf(service: string | undefined, config: Config): PolicyPlan {
    const known = this.plans.get(config) ?? new Map<string, PolicyPlan>();
    this.plans.set(config, known);
    const plan = known.get(service ?? '') ?? startPlan(undefined, config, service);
    known.set(service ?? '', plan);
    return plan;
  }
}

/** A page made by hand has one step, for whom it was made, and every priority escalates. */
function planByHand(targets: readonly Target[], config: Config): PolicyPlan {
  const { fallback } = startPlan(undefined, config, undefined);
  return { steps: [{ name: 'by hand', page: targets, wait: WAIT_BY_HAND }], fallback, escalatesDownTo: 'P5' };
}
