import { Config, ConfigTexts, type Instant, LANGUAGES, LINT_TEXTS } from '@tocsin/contracts';
import type { ConfigFault } from '../config/config-fault.js';
import { warningAt } from '../config/faults.js';
import { findAll } from '../config/schema-walk.js';
import { filled } from '../texts-of.js';
import { deadRules } from './dead-rules.js';
import { flapTerms } from './flap-terms.js';
import { gatheredFacts } from './gathered-facts.js';
import { personalRules } from './personal-rules.js';
import { quietWindows } from './quiet-windows.js';
import { reachablePeople } from './reachable-people.js';
import { sourcesToProve } from './sources-to-prove.js';
import { unusedObjects } from './unused-objects.js';

type Place = readonly PropertyKey[];

/**
 * What a tree of sound shape should still think about.
 *
 * @param tree as written, the taxonomy by dotted paths: what the schema fills in can only be seen there
 * @param originOf where a place of `tree` stands as people wrote it
 * @param now for what only time makes wrong
 */
export const lintWarnings = (
  config: Config,
  tree: unknown,
  originOf: (place: Place) => Place,
  now?: Instant,
): ConfigFault[] => [
  ...unusedObjects(config),
  ...reachablePeople(config),
  ...personalRules(config),
  ...deadRules(config),
  ...quietWindows(config, now),
  ...flapTerms(config),
  ...gatheredFacts(config),
  ...sourcesToProve(config),
  ...missingTexts(tree, originOf),
];

function missingTexts(tree: unknown, originOf: (place: Place) => Place): ConfigFault[] {
  return [...findAll(Config, ConfigTexts, tree)].flatMap(({ place, value }) =>
    LANGUAGES.filter((language) => isMissing(value, language)).map((language) =>
      warningAt(originOf(place), filled(LINT_TEXTS.missingText, { language })),
    ),
  );
}

/** A plain string counts as English. */
function isMissing(value: unknown, language: (typeof LANGUAGES)[number]): boolean {
  if (typeof value === 'string') return language !== 'en' || value === '';
  const said = (value as Partial<Record<string, unknown>> | null)?.[language];
  return said === undefined || said === '';
}
