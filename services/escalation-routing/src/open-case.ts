import type { Tx } from '@tocsin/event-log';
import type { CaseStore } from './case.store.js';
import { etagOf } from './case-view.js';
import { CaseWork } from './case-work.js';
import type { LoadedConfigs, PinnedConfigs } from './pinned-configs.js';
import type { RoutedCase } from './routed-case.js';

interface OpenParts {
  readonly cases: CaseStore;
  readonly configs: PinnedConfigs;
}

/** Which case an act is about, as its caller knows it. */
export interface CaseWanted {
  readonly tenant: string;
  readonly caseId: bigint;
  /** Refused when the case is not at this version any more: an entity tag as `etagOf` makes it. */
  readonly ifMatch?: string | undefined;
}

/** Why an act does not even begin. */
export type ClosedTo =
  | { readonly reason: 'unknown-case' }
  | { readonly reason: 'other-version'; readonly version: number };

/** Cases locked for one transaction, with the configs by which it decides about them. */
export interface OpenedCases {
  readonly work: CaseWork;
  readonly configs: LoadedConfigs;
  /** The locked case, or why the act may not have it. */
  find(wanted: CaseWanted): { readonly routed: RoutedCase } | { readonly refused: ClosedTo };
}

const UNKNOWN: { readonly refused: ClosedTo } = { refused: { reason: 'unknown-case' } };

/**
 * Locks cases in the order of their ids and reads the clock after it.
 * @returns undefined when none of them exists
 */
export async function openCases(
  tx: Tx,
  { cases, configs }: OpenParts,
  ids: readonly bigint[],
): Promise<OpenedCases | undefined> {
  const locked = await cases.lock(tx, ids);
  if (locked.now === undefined) return undefined;
  const loaded = await configs.load(tx, locked.cases);
  const byId = new Map(locked.cases.map((routed) => [routed.id, routed]));
  return {
    work: new CaseWork(locked.now, loaded.contextOf),
    configs: loaded,
    find: ({ tenant, caseId, ifMatch }) => {
      const routed = byId.get(caseId);
      if (routed === undefined || routed.tenant !== tenant) return UNKNOWN;
      if (ifMatch !== undefined && ifMatch !== etagOf(routed))
        return { refused: { reason: 'other-version', version: routed.version } };
      return { routed };
    },
  };
}

/** One case for one act: locked, of the caller's tenant, at the version that the caller has seen. */
export async function openCase(
  tx: Tx,
  parts: OpenParts,
  wanted: CaseWanted,
): Promise<(Omit<OpenedCases, 'find'> & { readonly routed: RoutedCase }) | { readonly refused: ClosedTo }> {
  const opened = await openCases(tx, parts, [wanted.caseId]);
  if (opened === undefined) return UNKNOWN;
  const found = opened.find(wanted);
  return 'refused' in found ? found : { ...opened, routed: found.routed };
}
