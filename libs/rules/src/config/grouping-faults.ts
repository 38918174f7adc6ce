import { CONFIG_TEXTS, type Config, GROUPING_FAULT_TEXTS, type GroupingRule } from '@tocsin/contracts';
import { type Condition, compileCondition, EVENT_FIELD_NAMES } from '../conditions/condition.js';
import { KEY_FIELD_NAMES, type KeyPart, keyPart } from '../conditions/key-part.js';
import { keyValues } from '../grouping/group-key.js';
import { filled } from '../texts-of.js';
import { completed } from './condition-faults.js';
import type { ConfigFault } from './config-fault.js';
import { doubleNames } from './escalation-faults.js';
import { dangling, faultAt } from './faults.js';
import { EMPTY_FACTS } from '../conditions/facts-of-event.js';

type Place = readonly (string | number)[];

/** What is wrong with grouping rules: conditions and keys that do not type-check, examples that do not hold. */
export const groupingFaults = ({ grouping }: Config): ConfigFault[] => [
  ...doubleNames(grouping, ['grouping']),
  ...grouping.flatMap((rule, i) => ruleFaults(rule, ['grouping', i])),
];

function ruleFaults(rule: GroupingRule, place: Place): ConfigFault[] {
  const compiled = compileCondition(rule.when);
  const parts = rule.by.map(keyPart);
  const faults = [
    ...(compiled.ok
      ? []
      : [faultAt([...place, 'when'], filled(CONFIG_TEXTS.condition, { fault: compiled.fault }))]),
    ...keyFaults(rule.by, parts, [...place, 'by']),
  ];
  if (!compiled.ok || faults.length > 0) return faults;
  return rule.examples.flatMap((_, i) =>
    exampleFaults({ rule, parts, condition: compiled.condition }, i, [...place, 'examples', i]),
  );
}

function keyFaults(by: readonly string[], parts: readonly KeyPart[], place: Place): ConfigFault[] {
  const faults = parts.flatMap((part, i) => {
    const written = by[i] ?? '';
    if (by.indexOf(written) < i)
      return [faultAt([...place, i], filled(GROUPING_FAULT_TEXTS.twice, { name: written }))];
    return part.ok ? [] : [partFault(part, written, [...place, i])];
  });
  const constant = parts.every((part) => part.ok && !part.readsEvent);
  return constant ? [...faults, faultAt(place, GROUPING_FAULT_TEXTS.constant)] : faults;
}

function partFault(part: Extract<KeyPart, { ok: false }>, written: string, place: Place): ConfigFault {
  switch (part.fault) {
    case 'unknown-field':
      return dangling(place, 'eventField', written, KEY_FIELD_NAMES);
    case 'expression':
      return faultAt(place, filled(CONFIG_TEXTS.condition, { fault: part.detail }));
    case 'not-text':
      return faultAt(place, filled(GROUPING_FAULT_TEXTS.notText, { type: part.type }));
  }
}

interface SoundRule {
  readonly rule: GroupingRule;
  readonly parts: readonly KeyPart[];
  readonly condition: Condition;
}

function exampleFaults({ rule, parts, condition }: SoundRule, index: number, place: Place): ConfigFault[] {
  const example = rule.examples[index];
  if (example === undefined) return [];
  const { given, then } = example;
  const unknown = Object.keys(given).filter((name) => !(name in EMPTY_FACTS));
  if (unknown.length > 0)
    return unknown.map((name) => dangling([...place, 'given', name], 'eventField', name, EVENT_FIELD_NAMES));
  const facts = completed(given);
  const actual = condition.test(facts).matched ? keyValues(parts, facts) : undefined;
  if (then === 'not matched' ? actual === undefined : actual?.join('\n') === then.join('\n')) return [];
  if (then !== 'not matched' && then.length !== parts.length)
    return [
      faultAt(
        [...place, 'then'],
        filled(GROUPING_FAULT_TEXTS.exampleLength, { given: then.length, wanted: parts.length }),
      ),
    ];
  const said = (values: readonly string[] | 'not matched' | undefined) =>
    values === undefined || values === 'not matched' ? CONFIG_TEXTS.notMatched : `[${values.join(', ')}]`;
  return [faultAt(place, filled(CONFIG_TEXTS.exampleFails, { expected: said(then), actual: said(actual) }))];
}
