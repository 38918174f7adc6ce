import {
  caseIdText,
  type Instant,
  isoOf,
  type MaintenanceList,
  type MaintenancePreview,
  type MaintenancePreviewBody,
} from '@tocsin/contracts';
import { configWindows, previewWindow, type QuietWindow, windowIdOf, windowOfRule } from '@tocsin/rules';
import { stepFactsOf } from '../step-facts-of.js';
import type { ClockStore } from '../clock.store.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { PoolReads } from '../pool-reads.js';
import type { MaintenanceToldStore } from '../tell-maintenance/maintenance-told.store.js';
import type { QuietWindowStore } from '../quiet-window.store.js';
import type { RoutedCase } from '../routed-case.js';
import type { PastCasesStore } from './past-cases.store.js';
import { wantedOf } from './plan-maintenance.js';
import { scopeFaults, type WindowFault } from './window-faults.js';
import { configView, recordedView } from './window-view.js';

interface ShowParts {
  readonly reads: PoolReads;
  readonly windows: QuietWindowStore;
  readonly told: MaintenanceToldStore;
  readonly pastCases: PastCasesStore;
  readonly configs: PinnedConfigs;
  readonly clock: ClockStore;
}

const LOOKED_BACK_MS = 30 * 86_400_000;
const MOST_NAMED = 200;

/** Shows the windows of the config and those beside it, and what one would have hushed. */
export class ShowMaintenance {
  constructor(private readonly parts: ShowParts) {}

  async list(tenant: string, over: boolean): Promise<MaintenanceList> {
    const { windows, reads, configs, clock, told } = this.parts;
    const now = await clock.now();
    const standing = configWindows(configs.current().config).map((window) => configView(window, now));
    const recorded = (await windows.list(reads, tenant, over)).map((window) => recordedView(window, now));
    const last = await told.last(reads, tenant);
    const shown = [...standing.filter(({ state }) => over || state !== 'ended'), ...recorded];
    return { windows: shown.map((window) => ({ ...window, told: last.get(windowIdOf(window)) })) };
  }

  async preview(
    tenant: string,
    body: MaintenancePreviewBody,
  ): Promise<{ ok: true; preview: MaintenancePreview } | { ok: false; faults: readonly WindowFault[] }> {
    const { reads, pastCases, configs, clock } = this.parts;
    const { config } = configs.current();
    const until = await clock.now();
    const window = windowOf(body, until);
    const faults = scopeFaults(window.scope, config);
    if (faults.length > 0) return { ok: false, faults };
    const from = until - LOOKED_BACK_MS;
    const cases = await pastCases.since(reads, tenant, from, window.scope);
    const verdicts = previewWindow(
      window,
      cases.map((routed) => ({ facts: factsOf(routed), openedAt: routed.openedAt })),
      config.taxonomy,
    );
    const count = (...of: readonly string[]): number => verdicts.filter((v) => of.includes(v)).length;
    const named = cases.flatMap((routed, i) => {
      const verdict = verdicts[i];
      return verdict === 'hushed' || verdict === 'exempt' ? [namedCase(routed, verdict)] : [];
    });
    const counts = { hushed: count('hushed'), exempt: count('exempt') };
    const inScope = count('hushed', 'exempt', 'at-another-time');
    const span = { from: isoOf(from), until: isoOf(until) };
    return { ok: true, preview: { ...span, inScope, ...counts, cases: named.slice(0, MOST_NAMED) } };
  }
}

const factsOf = (routed: RoutedCase) => ({ ...stepFactsOf(routed), priority: routed.priority, round: 1 });

/** Both forms are told apart by their zone: a stretch of instants needs none. */
function windowOf(body: MaintenancePreviewBody, now: Instant): QuietWindow {
  if ('timeZone' in body) return windowOfRule(body);
  const { name, scope, from, until } = wantedOf(body, now);
  return { name, scope, safety: body.safety, times: { kind: 'once', from, until } };
}

const namedCase = (
  { id, priority, openedAt, service, sensitivity, subject }: RoutedCase,
  verdict: 'hushed' | 'exempt',
): MaintenancePreview['cases'][number] => ({
  id: caseIdText(id),
  priority,
  openedAt: isoOf(openedAt),
  ...(service === undefined ? {} : { service }),
  ...(sensitivity === 'restricted' ? {} : { subject }),
  verdict,
});
