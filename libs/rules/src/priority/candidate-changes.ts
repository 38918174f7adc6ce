import type { Config, FactChange } from '@tocsin/contracts';
import { compiledRules } from '../conditions/compiled-rules.js';
import type { EventFacts } from '../conditions/event-facts.js';
import { isNumberFact, LEAST, type NumberFact, PROMISE_STATES } from '../conditions/gathered-facts.js';
import type { Probe } from '../conditions/probes.js';
import { isFilledByTable, isTableKey } from '../enrichment/enrich-facts.js';
import { own } from '../own.js';
import { factIn } from './fact-change.js';
import type { Said } from './judge-priority.js';

/**
 * Changes of one fact that might give another priority, in groups: first those that concern what decided, then weights,
 * then everything else that the config looks at. Only guesses: each must be tried.
 */
export function* candidateChanges(facts: EventFacts, said: Said, config: Config): Generator<FactChange[]> {
  for (const group of groups(facts, said, config)) yield group.filter((change) => isKnowable(change, config));
}

/** Whether nothing but this fact follows from the change: another key would have found another row. */
const isKnowable = ({ fact, is }: FactChange, config: Config): boolean =>
  !isTableKey(fact, config) && !(is === 'absent' && isFilledByTable(fact, config));

function* groups(facts: EventFacts, said: Said, config: Config): Generator<FactChange[]> {
  const rules = compiledRules(config).priority.map((rule) => (rule.ok ? rule.condition.probes : []));
  const probed = (probes: readonly Probe[]): FactChange[] =>
    probes.flatMap((probe) => changesBy(probe, facts));
  const severities = changesTo('severity', severitiesOf(facts, config), facts);
  const categories = changesTo('category', categoriesOf(config), facts);
  if (said.by === 'rule') yield probed(rules[said.ruleIndex] ?? []);
  if (said.by === 'severity') yield severities;
  if (said.by === 'category') yield categories;
  yield weightChanges(facts, config);
  yield [...probed(rules.flat()), ...severities, ...categories];
}

function changesBy({ fact, by, value }: Probe, facts: EventFacts): FactChange[] {
  if (fact === 'has_affected') return numberChanges(facts, 'affected', 0);
  if (isNumberFact(fact)) return numberChanges(facts, fact, Number(value ?? 0));
  if (fact === 'promise') return changesTo(fact, PROMISE_STATES, facts);
  if (fact === 'tags') return tagChanges(facts, by === 'item' ? String(value) : undefined);
  if (fact === 'restricted') return [{ fact, is: '=', value: !facts.restricted }];
  if (by === 'part' && typeof value === 'string')
    return [
      { fact, is: 'not containing', value },
      { fact, is: 'containing', value },
    ];
  return changesTo(fact, valuesBeside(fact, value), facts);
}

/** An attribute may be a flag or a number; everything else is compared as the text that it is. */
function valuesBeside(fact: string, value: Probe['value']): readonly (string | number | boolean)[] {
  if (!fact.startsWith('attributes.')) return typeof value === 'string' ? [value] : [];
  if (value === undefined) return [true, false];
  return typeof value === 'number' ? [value, value - 1, value + 1] : [value];
}

function changesTo(
  fact: string,
  values: readonly (string | number | boolean)[],
  facts: EventFacts,
): FactChange[] {
  const now = factIn(facts, fact);
  const others = values.filter((value) => value !== now && value !== '');
  return [
    ...others.map((value) => ({ fact, is: '=' as const, value })),
    ...(now === undefined || fact === 'source' || fact === 'kind' ? [] : [{ fact, is: 'absent' as const }]),
  ];
}

/** Both sides of the bound, in the words of the side that the number would have to be on. */
function numberChanges(facts: EventFacts, fact: NumberFact, bound: number): FactChange[] {
  const isSaid = fact !== 'affected' || facts.has_affected;
  const [below, above] = [Math.ceil(bound), Math.floor(bound)];
  const changes: FactChange[] =
    isSaid && facts[fact] > bound
      ? [
          { fact, is: '<=', value: above },
          { fact, is: '<', value: below },
        ]
      : [
          { fact, is: '>=', value: below },
          { fact, is: '>', value: above },
          { fact, is: '<', value: below },
        ];
  const possible = changes.filter(({ is, value }) => Number(value) - (is === '<' ? 1 : 0) >= LEAST[fact]);
  return fact === 'affected' && isSaid ? [...possible, { fact, is: 'absent' }] : possible;
}

function tagChanges({ tags }: EventFacts, tag: string | undefined): FactChange[] {
  const fact = 'tags';
  if (tag !== undefined) return tags.includes(tag) ? [] : [{ fact, is: 'with', value: tag }];
  return [...new Set(tags)].map((value) => ({ fact, is: 'without', value }));
}

const severitiesOf = ({ source }: EventFacts, config: Config): string[] =>
  Object.keys(own(config.sources, source)?.severity ?? {});

const categoriesOf = ({ taxonomy }: Config): string[] =>
  Object.entries(taxonomy).flatMap(([path, { priority, floor }]) =>
    priority === undefined && floor === undefined ? [] : [path],
  );

function weightChanges(facts: EventFacts, { priority: { weights } }: Config): FactChange[] {
  return Object.entries(weights).flatMap(([by, table]) => {
    const fact = by === 'tier' || by === 'segment' ? `requester.${by}` : by;
    return changesTo(fact, Object.keys(table ?? {}), facts);
  });
}
