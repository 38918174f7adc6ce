import { type Config, LINT_TEXTS, type Texts } from '@tocsin/contracts';
import { compileCondition, type Condition } from '../conditions/condition.js';
import { type GatheredFact, PROMISE_STATES } from '../conditions/gathered-facts.js';
import { keyPart } from '../conditions/key-part.js';
import type { ConfigFault } from '../config/config-fault.js';
import { warningAt } from '../config/faults.js';
import { filled } from '../texts-of.js';

type Place = readonly (string | number)[];

/** Facts that only a case with a history has, asked for where they are always the same. */
export const gatheredFacts = (config: Config): ConfigFault[] => [
  ...config.routing.flatMap(({ when }, i) => ofOneEvent(namedBy(when), ['routing', i, 'when'])),
  ...config.grouping.flatMap(({ when, by }, i) => [
    ...ofOneEvent(namedBy(when), ['grouping', i, 'when']),
    ...by.flatMap((written, n) => ofOneEvent(namedByKey(written), ['grouping', i, 'by', n])),
  ]),
  ...config.priority.rules.flatMap(({ when }, i) =>
    ofNoPromise(conditionOf(when), config, ['priority', 'rules', i, 'when']),
  ),
];

const ALWAYS: Readonly<Record<GatheredFact, string>> = { reports: '1', promise: '""' };

const ofOneEvent = (named: readonly GatheredFact[], place: Place): ConfigFault[] =>
  named.map((fact) => warningAt(place, filled(LINT_TEXTS.ofOneEvent, { fact, value: ALWAYS[fact] })));

function ofNoPromise(condition: Condition | undefined, { sla }: Config, place: Place): ConfigFault[] {
  if (condition?.gathered.includes('promise') !== true) return [];
  const warn = (texts: Texts): ConfigFault[] => [warningAt(place, texts)];
  if (sla.length === 0) return warn(LINT_TEXTS.nothingPromised);
  const states: readonly unknown[] = PROMISE_STATES;
  return condition.probes.flatMap(({ fact, by, value = '' }) =>
    fact === 'promise' && by === 'value' && !states.includes(value)
      ? warn(filled(LINT_TEXTS.noSuchPromise, { value: String(value) }))
      : [],
  );
}

function conditionOf(when: string): Condition | undefined {
  const compiled = compileCondition(when);
  return compiled.ok ? compiled.condition : undefined;
}

const namedBy = (when: string): readonly GatheredFact[] => conditionOf(when)?.gathered ?? [];

function namedByKey(written: string): readonly GatheredFact[] {
  const part = keyPart(written);
  return part.ok ? part.gathered : [];
}
