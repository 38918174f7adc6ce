import type { Config } from '@tocsin/contracts';
import { DatabaseAway, type Tx } from '@tocsin/event-log';
import {
  type ChangeBook,
  type EscalationContext,
  NO_CHANGES,
  type PolicyPlan,
  resolveTargets,
  planByHand,
  startPlan,
} from '@tocsin/rules';
import { caseFactsOf } from './case-facts-of.js';
import type { LiveChanges } from './live-changes.js';
import type { RoutedCase } from './routed-case.js';
import type { Reads } from './shift-change.store.js';
import { AT_THE_BEGINNING, type TurnsOf, type TurnStore } from './turn.store.js';

/** What the config copy offers; the port is ours so that specs can give a plain object. */
export interface ConfigRevisions {
  current(): { readonly revision: number; readonly config: Config } | undefined;
  at(revision: number): Promise<Config | undefined>;
}

/** Everything of the config that one decision needs. */
export interface DecisionContext extends EscalationContext {
  /** The revision that the case pinned. */
  readonly config: Config;
  /** Overrides, swaps and leave in force. */
  readonly changes: ChangeBook;
  /** The revision in force, which the case may not have pinned. */
  readonly inForce: number;
}

/** One consistent view of config and turns for one transaction; looks up without waiting. */
export interface LoadedConfigs {
  readonly current: { readonly revision: number; readonly config: Config };
  readonly configOf: (routed: RoutedCase) => Config;
  readonly contextOf: (routed: RoutedCase) => DecisionContext;
}

interface Pinned extends Pick<LoadedConfigs, 'current'> {
  readonly loaded: ReadonlyMap<number, Config>;
  /** Changes of shifts by tenant. */
  readonly books: ReadonlyMap<string, ChangeBook>;
}

/** What changes by the hour, beside the pinned config. */
interface Live {
  readonly turns: TurnsOf;
  readonly changes: ChangeBook;
  readonly inForce: number;
}

/** No revision has arrived yet. Counts as an outage, so that consumers pause and no event becomes a dead letter. */
export class NoConfigYet extends DatabaseAway {}

/** Gives each case the config it pinned: a revision applied later never changes a running escalation. */
export class PinnedConfigs {
  private readonly plans = new WeakMap<Config, Map<string, PolicyPlan>>();

  constructor(
    private readonly revisions: ConfigRevisions,
    private readonly live: LiveChanges,
    private readonly turns: TurnStore,
  ) {}

  /** @throws NoConfigYet before the first revision */
  current(): { readonly revision: number; readonly config: Config } {
    const current = this.revisions.current();
    if (current === undefined) throw new NoConfigYet('no config revision has arrived yet');
    return current;
  }

  /** @returns undefined when the revision never arrived here */
  at(revision: number): Promise<Config | undefined> {
    return this.revisions.at(revision);
  }

  /**
   * Loads the revisions that these cases pinned, the current one, at which new cases open, and the changes of shifts.
   * @param db the transaction of the decision
   * @throws NoConfigYet before the first revision
   */
  async load(tx: Tx, cases: readonly RoutedCase[]): Promise<LoadedConfigs> {
    const pinned = await this.pinnedBy(cases, tx);
    return this.viewOf(pinned, await this.turns.read(tx, [...pinned.loaded.values()]));
  }

  /** The same for whoever only looks and decides nothing. */
  async show(cases: readonly RoutedCase[], db: Reads): Promise<LoadedConfigs> {
    return this.viewOf(await this.pinnedBy(cases, db), AT_THE_BEGINNING);
  }

  private async pinnedBy(cases: readonly RoutedCase[], db: Reads): Promise<Pinned> {
    const current = this.current();
    const loaded = new Map([[current.revision, current.config]]);
    for (const { revision } of cases)
      if (!loaded.has(revision)) loaded.set(revision, (await this.revisions.at(revision)) ?? current.config);
    const books = new Map<string, ChangeBook>();
    for (const tenant of new Set([current.config.tenant, ...cases.map((routed) => routed.tenant)]))
      books.set(tenant, await this.live.load(db, tenant));
    return { current, loaded, books };
  }

  private viewOf({ current, loaded, books }: Pinned, turns: TurnsOf): LoadedConfigs {
    const configOf = ({ revision }: RoutedCase): Config => loaded.get(revision) ?? current.config;
    const contextOf = (routed: RoutedCase): DecisionContext =>
      this.contextOf(routed, configOf(routed), {
        turns,
        changes: books.get(routed.tenant) ?? NO_CHANGES,
        inForce: current.revision,
      });
    return { current, configOf, contextOf };
  }

  private contextOf(routed: RoutedCase, config: Config, { turns, changes, inForce }: Live): DecisionContext {
    const { service, targets } = routed;
    return {
      config,
      plan: targets === undefined ? this.planOf(service, config) : planByHand(targets, config),
      facts: caseFactsOf(routed),
      turnOf: (policy) => turns(config, policy),
      resolve: (wanted, at) => resolveTargets(wanted, { config, service, at, changes }),
      changes,
      inForce,
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
