import type { Config, MonitoredKind, RuleMode } from '@tocsin/contracts';
import { isMonitored } from './rule-mode.js';

/** A rule in mode `monitor`, and the config as it would be with this one live. */
export interface WatchedRule {
  readonly kind: MonitoredKind;
  /** Unique among those of its kind; a routing rule is named by its condition. */
  readonly name: string;
  /** JSON pointer in the tree. */
  readonly pointer: string;
  /** The same as long as the rule is written as it is. */
  readonly form: string;
  readonly live: Config;
}

const known = new WeakMap<Config, readonly WatchedRule[]>();

/** The rules of a config that only watch; found once, for a config never changes once read. */
export function watchedRules(config: Config): readonly WatchedRule[] {
  let found = known.get(config);
  if (found === undefined) known.set(config, (found = findWatched(config)));
  return found;
}

/** Those of one kind. */
export const watchedOf = (config: Config, kind: MonitoredKind): readonly WatchedRule[] =>
  watchedRules(config).filter((rule) => rule.kind === kind);

const findWatched = (config: Config): WatchedRule[] => [
  ...watchedIn(
    'priority',
    config.priority.rules,
    ({ name }) => name,
    (rules) => ({
      ...config,
      priority: { ...config.priority, rules },
    }),
  ),
  ...watchedIn(
    'routing',
    config.routing,
    ({ when }) => when,
    (routing) => ({ ...config, routing }),
  ),
  ...watchedIn(
    'grouping',
    config.grouping,
    ({ name }) => name,
    (grouping) => ({ ...config, grouping }),
  ),
  ...watchedIn(
    'sla',
    config.sla,
    ({ name }) => name,
    (sla) => ({ ...config, sla }),
  ),
  ...watchedIn(
    'maintenance',
    config.maintenance,
    ({ name }) => name,
    (maintenance) => ({
      ...config,
      maintenance,
    }),
  ),
];

function watchedIn<Rule extends { readonly mode?: RuleMode | undefined }>(
  kind: MonitoredKind,
  rules: readonly Rule[],
  nameOf: (rule: Rule) => string,
  configWith: (rules: Rule[]) => Config,
): WatchedRule[] {
  return rules.flatMap((rule, i) =>
    isMonitored(rule)
      ? [
          {
            ...{ kind, name: nameOf(rule), form: JSON.stringify(rule) },
            pointer: kind === 'priority' ? `/priority/rules/${i}` : `/${kind}/${i}`,
            live: configWith(rules.with(i, { ...rule, mode: 'live' })),
          },
        ]
      : [],
  );
}
