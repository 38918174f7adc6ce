import { caseIdText, type Instant, isoOf, type MonitoredRulesView } from '@tocsin/contracts';
import { type WatchedRule, watchedRules } from '@tocsin/rules';
import type { ClockStore } from '../clock.store.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { PoolReads } from '../pool-reads.js';
import type { WatchedCount, WatchedExample, WatchedRuleStore } from './watched-rule.store.js';

interface Parts {
  readonly reads: PoolReads;
  readonly clock: ClockStore;
  readonly configs: Pick<PinnedConfigs, 'current'>;
  readonly watched: WatchedRuleStore;
}

type Shown = MonitoredRulesView['rules'][number];

interface Found {
  readonly since: ReadonlyMap<string, Instant>;
  readonly counts: readonly WatchedCount[];
  readonly examples: readonly WatchedExample[];
}

const WEEK_MS = 7 * 86_400_000;

/** Each group of a rule may have a key of its own. */
const MOST_CHANGES = 20;

/** Tells what rules in mode `monitor` would have decided otherwise. */
export class ReportWatched {
  constructor(private readonly parts: Parts) {}

  /** @param wanted name of one rule @returns undefined when no rule of this name watches */
  async report(
    tenant: string,
    wanted: string | undefined,
    from: Instant | undefined,
  ): Promise<MonitoredRulesView | undefined> {
    const { reads, clock, configs, watched } = this.parts;
    const { revision, config } = configs.current();
    const rules = watchedRules(config).filter(({ name }) => wanted === undefined || name === wanted);
    if (wanted !== undefined && rules.length === 0) return undefined;
    const until = await clock.now();
    const asked = { tenant, from: from ?? until - WEEK_MS };
    const found = {
      since: await watched.since(reads, tenant),
      counts: await watched.counts(reads, asked),
      examples: await watched.examples(reads, asked),
    };
    return {
      ...{ from: isoOf(asked.from), until: isoOf(until), revision },
      rules: rules.map((rule) => shown(rule, found)),
    };
  }
}

function shown({ kind, name, pointer }: WatchedRule, { since, counts, examples }: Found): Shown {
  const ofRule = (row: { readonly kind: string; readonly rule: string }): boolean =>
    row.kind === kind && row.rule === name;
  const all = counts.filter(ofRule);
  const differing = all.filter(({ differs }) => differs);
  const began = since.get(`${kind} ${name}`);
  return {
    ...{ kind, name, ...(began === undefined ? {} : { since: isoOf(began) }) },
    ...{ matched: casesOf(all), differed: casesOf(differing) },
    changes: differing.slice(0, MOST_CHANGES).map(({ real, would, cases }) => ({ real, would, cases })),
    ...(kind === 'maintenance' ? { pagesHeld: differing.reduce((sum, { pages }) => sum + pages, 0) } : {}),
    examples: examples.filter(ofRule).map(({ case_id: id, at, revision, real, would }) => ({
      ...{ caseId: caseIdText(BigInt(id)), at: isoOf(at), revision, real, would },
    })),
    live: { pointer, line: 'mode: live' },
  };
}

const casesOf = (counts: readonly WatchedCount[]): number =>
  counts.reduce((sum, { cases }) => sum + cases, 0);
