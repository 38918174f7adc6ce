import { type Config, CONFIG_TEXTS, LINT_TEXTS } from '@tocsin/contracts';
import type { ConfigFault } from '../config/config-fault.js';
import { warningAt } from '../config/faults.js';
import { references } from '../config/reference-faults.js';
import { filled } from '../texts-of.js';
import { policyTargets } from './candidates.js';

const KINDS = [
  ['people', 'person'],
  ['teams', 'team'],
  ['schedules', 'schedule'],
  ['policies', 'policy'],
] as const;

/** Objects that no other object leads to. */
export function unusedObjects(config: Config): ConfigFault[] {
  const used = new Set([...references(config)].map(({ kind, name }) => `${kind} ${name}`));
  const pagesEveryone = [...policyTargets(config)].some(({ kind }) => kind === 'everyone');
  const unused = KINDS.filter(([, kind]) => kind !== 'person' || !pagesEveryone).flatMap(([kinds, kind]) =>
    Object.keys(config[kinds])
      .filter((name) => !used.has(`${kind} ${name}`))
      .map((name) => warningAt([kinds, name], filled(LINT_TEXTS.unused, { kind: CONFIG_TEXTS[kind], name }))),
  );
  return [...unused, ...unrouted(config, used)];
}

const unrouted = ({ services }: Config, used: ReadonlySet<string>): ConfigFault[] =>
  Object.entries(services)
    .filter(([name, { handles }]) => handles.length === 0 && !used.has(`service ${name}`))
    .map(([name]) => warningAt(['services', name], filled(LINT_TEXTS.unrouted, { name })));
