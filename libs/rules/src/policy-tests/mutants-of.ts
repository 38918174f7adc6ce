import { type Config, POLICY_TEST_TEXTS as TEXTS, PRIORITIES, type Priority } from '@tocsin/contracts';
import { durationWords } from '../lint/duration-words.js';
import { wordsOf } from '../routing/resolve-targets.js';
import { filled } from '../texts-of.js';
import { isMonitored } from '../watched/rule-mode.js';
import { flippedComparisons } from './flip-comparisons.js';
import { type Mutant, mutantAt, type Place } from './mutant.js';

/**
 * Every config with one mistake that people make: a wait doubled or halved, a target, step or fallback forgotten, a
 * comparison the wrong way round, a priority one too high or too low, a window of a group doubled or halved, a part of its
 * key forgotten. In the order of the config, always the same.
 */
export function* mutantsOf(config: Config): Generator<Mutant> {
  for (const name of Object.keys(config.policies)) yield* policyMutants(config, name);
  yield* conditionMutants(config);
  yield* priorityMutants(config);
  yield* groupingMutants(config);
}

function* policyMutants(config: Config, name: string): Generator<Mutant> {
  const { steps = [], fallback } = config.policies[name] ?? {};
  for (const [i, { wait, page }] of steps.entries()) {
    const step = ['policies', name, 'steps', i];
    for (const to of [wait * 2, Math.max(1, Math.floor(wait / 2))].filter((other) => other !== wait))
      yield mutantAt(config, [...step, 'wait'], to, fromTo(durationWords(wait), durationWords(to)));
    yield* targetMutants(config, page, [...step, 'page']);
    if (steps.length > 1) yield mutantAt(config, step, undefined, without(TEXTS.thisStep));
  }
  if (fallback === undefined) return;
  const place = ['policies', name, 'fallback'];
  yield* targetMutants(config, fallback.page, [...place, 'page']);
  yield mutantAt(config, place, undefined, without(TEXTS.theFallback));
}

type Page = Config['policies'][string]['steps'][number]['page'];

/** A step pages somebody: its only target is forgotten with the step. */
function* targetMutants(config: Config, page: Page, place: Place): Generator<Mutant> {
  if (page.length < 2) return;
  for (const [i, target] of page.entries())
    yield mutantAt(config, [...place, i], undefined, without(`«${wordsOf(target)}»`));
}

/** Every member `when` of every kind but the tests, also of kinds that come after this was written; none that only watches. */
function* conditionMutants(config: Config): Generator<Mutant> {
  for (const [kind, value] of Object.entries(config)) {
    if (kind === 'tests') continue;
    for (const { place, text } of conditionsIn(value, [kind])) {
      for (const { from, to, flipped } of flippedComparisons(text))
        yield mutantAt(config, place, flipped, fromTo(from, to));
    }
  }
}

function* conditionsIn(
  value: unknown,
  place: Place,
): Generator<{ readonly place: Place; readonly text: string }> {
  if (typeof value !== 'object' || value === null || isMonitored(value)) return;
  for (const [key, member] of Object.entries(value)) {
    const at = [...place, Array.isArray(value) ? Number(key) : key];
    if (key === 'when' && typeof member === 'string') yield { place: at, text: member };
    else yield* conditionsIn(member, at);
  }
}

function* priorityMutants(config: Config): Generator<Mutant> {
  for (const [place, priority] of prioritiesIn(config)) {
    const index = PRIORITIES.indexOf(priority);
    for (const to of [PRIORITIES[index - 1], PRIORITIES[index + 1]])
      if (to !== undefined) yield mutantAt(config, place, to, fromTo(priority, to));
  }
}

function* groupingMutants(config: Config): Generator<Mutant> {
  for (const [i, { by, window }] of config.grouping.entries()) {
    const place = ['grouping', i];
    for (const form of ['fixed', 'sliding', 'session'] as const) {
      const length = window[form];
      if (length === undefined) continue;
      for (const to of [length * 2, Math.max(1, Math.floor(length / 2))].filter(
        (other) => other !== length,
      )) {
        const words = fromTo(durationWords(length), durationWords(to));
        yield mutantAt(config, [...place, 'window', form], to, words);
      }
    }
    if (by.length < 2) continue;
    for (const [n, part] of by.entries())
      yield mutantAt(config, [...place, 'by', n], undefined, without(`«${part}»`));
  }
}

function* prioritiesIn({ priority, taxonomy, sources }: Config): Generator<[Place, Priority]> {
  for (const [i, rule] of priority.rules.entries())
    if (!isMonitored(rule)) yield [['priority', 'rules', i, 'set'], rule.set];
  yield [['priority', 'default'], priority.default];
  for (const [path, category] of Object.entries(taxonomy)) {
    for (const key of ['priority', 'floor'] as const) {
      const said = category[key];
      if (said !== undefined) yield [['taxonomy', path, key], said];
    }
  }
  for (const [name, { severity }] of Object.entries(sources)) {
    for (const [word, said] of Object.entries(severity)) yield [['sources', name, 'severity', word], said];
  }
}

const fromTo = (from: string, to: string) => filled(TEXTS.changed, { from, to });
const without = (what: Parameters<typeof filled>[1][string]) => filled(TEXTS.without, { what });
