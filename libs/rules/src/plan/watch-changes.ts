import type { Config, MonitoredKind } from '@tocsin/contracts';
import { type WatchedRule, watchedRules } from '../watched/watched-rules.js';

/** A rule that a change of config makes watch only, or decide after it has watched. */
export interface WatchChange {
  readonly kind: MonitoredKind;
  readonly name: string;
  readonly now: 'watches' | 'decides';
}

/** A rule that watched and is taken out decides nothing either: it is not named. */
export const watchChanges = (before: Config, after: Config): WatchChange[] => {
  const [was, is] = [watchedRules(before), watchedRules(after)];
  const began = is.filter((rule) => !holds(was, rule));
  const ended = was.filter((rule) => !holds(is, rule) && stands(after, rule));
  return [
    ...began.map(({ kind, name }): WatchChange => ({ kind, name, now: 'watches' })),
    ...ended.map(({ kind, name }): WatchChange => ({ kind, name, now: 'decides' })),
  ];
};

const holds = (rules: readonly WatchedRule[], { kind, name }: WatchedRule): boolean =>
  rules.some((other) => other.kind === kind && other.name === name);

/** Whether the config has a rule of this name, watching or not. */
function stands(config: Config, { kind, name }: WatchedRule): boolean {
  if (kind === 'routing') return config.routing.some(({ when }) => when === name);
  const rules = kind === 'priority' ? config.priority.rules : config[kind];
  return rules.some((rule) => rule.name === name);
}
