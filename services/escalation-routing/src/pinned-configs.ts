import type { Config } from '@tocsin/contracts';
import { DatabaseAway, type Tx } from '@tocsin/event-log';
import {
  type ChangeBook,
  configWindows,
  dependedOn,
  type EscalationContext,
  NO_CHANGES,
  type OpenParent,
  type PolicyPlan,
  planByHand,
  quietOfCase,
  type QuietWindow,
  resolveTargets,
  startPlan,
} from '@tocsin/rules';
import { stepFactsOf } from './step-facts-of.js';
import type { LiveChanges } from './live-changes.js';
import type { LiveWindowBook, LiveWindows } from './live-windows.js';
import type { ParentStore } from './parent.store.js';
import type { RoutedCase } from './routed-case.js';
import type { Reads } from './shift-change.store.js';
import { AT_THE_BEGINNING, type TurnsOf, type TurnStore } from './turn.store.js';
import { versionsBeside } from './versions-beside.js';

/** What the config copy offers; the port is ours so that specs can give a plain object. */
export interface ConfigRevisions {
  current(): { readonly revision: number; readonly config: Config } | undefined;
  at(revision: number): Promise<Config | undefined>;
}

/** Everything of the config that one decision needs. */
export interface DecisionContext extends EscalationContext {
  /** The revision that the case pinned. */
  readonly config: Config;
  /** By which priorities are weighed, whatever the case has pinned. */
  readonly inForce: LoadedConfigs['current'];
  /** Overrides, swaps and leave in force. */
  readonly changes: ChangeBook;
  /** How often the windows made at run time had changed when this was read. */
  readonly windowsVersion: number;
  /** Services that others depend on, by the config in force. */
  readonly dependedOn: readonly string[];
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
  /** Windows made at run time, by tenant. */
  readonly quiet: ReadonlyMap<string, LiveWindows>;
  /** Open cases of services that others depend on, by tenant. */
  readonly parents: ReadonlyMap<string, readonly OpenParent[]>;
  readonly dependedOn: readonly string[];
}

/** What changes by the hour, beside the pinned config. */
interface Live {
  readonly turns: TurnsOf;
  readonly changes: ChangeBook;
  /** Of the config in force, whatever the case has pinned, and those made at run time. */
  readonly windows: readonly QuietWindow[];
  readonly windowsVersion: number;
  readonly parents: readonly OpenParent[];
  readonly dependedOn: readonly string[];
  readonly inForce: LoadedConfigs['current'];
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
    private readonly windows: LiveWindowBook,
    private readonly parents: ParentStore,
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
    const quiet = new Map<string, LiveWindows>();
    const parents = new Map<string, readonly OpenParent[]>();
    const needed = dependedOn(current.config.services);
    for (const tenant of new Set([current.config.tenant, ...cases.map((routed) => routed.tenant)])) {
      const versions = await versionsBeside(db, tenant);
      books.set(tenant, await this.live.load(db, tenant, versions.shifts));
      quiet.set(tenant, await this.windows.load(db, tenant, versions.windows));
      parents.set(tenant, await this.parents.open(db, tenant, needed));
    }
    return { current, loaded, books, quiet, parents, dependedOn: needed };
  }

  private viewOf(pinned: Pinned, turns: TurnsOf): LoadedConfigs {
    const { current, loaded, books, quiet, parents } = pinned;
    const standing = configWindows(current.config);
    const configOf = ({ revision }: RoutedCase): Config => loaded.get(revision) ?? current.config;
    const contextOf = (routed: RoutedCase): DecisionContext => {
      const { version = 0, windows = [] } = quiet.get(routed.tenant) ?? {};
      return this.contextOf(routed, configOf(routed), {
        ...{ turns, changes: books.get(routed.tenant) ?? NO_CHANGES, inForce: current },
        ...{ windows: [...standing, ...windows], windowsVersion: version },
        ...{ parents: parents.get(routed.tenant) ?? [], dependedOn: pinned.dependedOn },
      });
    };
    return { current, configOf, contextOf };
  }

  private contextOf(routed: RoutedCase, config: Config, live: Live): DecisionContext {
    const { turns, changes, windowsVersion } = live;
    const { service, targets } = routed;
    return {
      config,
      inForce: live.inForce,
      plan: targets === undefined ? this.planOf(service, config) : planByHand(targets, config),
      facts: stepFactsOf(routed),
      turnOf: (policy) => turns(config, policy),
      resolve: (wanted, at) => resolveTargets(wanted, { config, service, at, changes }),
      changes,
      windowsVersion,
      dependedOn: live.dependedOn,
      ...(targets === undefined ? { quiet: quietOf(routed, live) } : {}),
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

/** A page made by hand is never hushed: somebody wanted it. */
const quietOf =
  (routed: RoutedCase, { windows, parents, inForce }: Live): NonNullable<EscalationContext['quiet']> =>
  (priority, at) => {
    const { resolving, closeAt, escalation } = routed;
    const facts = { ...stepFactsOf(routed), priority, round: escalation.round };
    return quietOfCase({ resolving, closeAt, facts }, { windows, parents, config: inForce.config }, at);
  };
