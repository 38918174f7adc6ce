import { own } from '../own.js';
import { celValueOf, EVENT_FIELD_NAMES, eventEnvironment } from './condition.js';
import type { EventFacts } from './event-facts.js';
import { callsMatches, fieldsRead } from './expression-tree.js';
import { GATHERED_FACTS, type GatheredFact } from './gathered-facts.js';
import { gatheredIn } from './probes.js';

/** One part of a grouping key: the text that it makes of an event, or undefined when its expression errs. */
export type KeyPart =
  | {
      readonly ok: true;
      readonly readsEvent: boolean;
      /** What it names that is the same for every event. */
      readonly gathered: readonly GatheredFact[];
      readonly textOf: (facts: EventFacts) => string | undefined;
    }
  | { readonly ok: false; readonly fault: 'unknown-field' }
  | { readonly ok: false; readonly fault: 'expression'; readonly detail: string }
  | { readonly ok: false; readonly fault: 'not-text'; readonly type: string };

/** Members of `event` that are one value each, and not the same for every event. */
export const KEY_FIELDS = EVENT_FIELD_NAMES.filter(
  (name) =>
    !['tags', 'requester', 'attributes', 'enriched', 'has_affected', ...GATHERED_FACTS].includes(name),
);
const REQUESTER_FIELDS = ['id', 'tier', 'segment'] as const;

/** What a person may name besides their own attributes. */
export const KEY_FIELD_NAMES = [...KEY_FIELDS, ...REQUESTER_FIELDS.map((name) => `requester.${name}`)];

const PATH = /^[a-z_]+(\.[A-Za-z_][\w-]*)?$/;
const TEXT_TYPES = ['string', 'int', 'bool', 'dyn'];

/** Reads a member of `by`: the name of a field, or an expression over `event.*` that gives text. */
export function keyPart(written: string): KeyPart {
  return PATH.test(written) && !written.startsWith('event.') ? fieldPart(written) : expressionPart(written);
}

function fieldPart(name: string): KeyPart {
  const [member = '', key] = name.split('.');
  if (key === undefined) {
    const field = KEY_FIELDS.find((known) => known === name);
    return field === undefined ? UNKNOWN : reading((facts) => facts[field]);
  }
  if (member === 'attributes' || member === 'enriched') return reading((facts) => own(facts[member], key));
  const field = member === 'requester' ? REQUESTER_FIELDS.find((known) => known === key) : undefined;
  return field === undefined ? UNKNOWN : reading((facts) => facts.requester[field]);
}

const UNKNOWN: KeyPart = { ok: false, fault: 'unknown-field' };

const reading = (valueOf: (facts: EventFacts) => unknown): KeyPart => ({
  ok: true,
  readsEvent: true,
  gathered: [],
  textOf: (facts) => textOf(valueOf(facts)),
});

/** A value that is not there is "", as in conditions. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}

function expressionPart(expression: string): KeyPart {
  const checked = eventEnvironment.check(expression);
  if (!checked.valid)
    return { ok: false, fault: 'expression', detail: checked.error?.summary ?? 'cannot be read' };
  if (!TEXT_TYPES.includes(checked.type ?? ''))
    return { ok: false, fault: 'not-text', type: checked.type ?? '' };
  const evaluate = eventEnvironment.parse(expression);
  if (callsMatches(evaluate.ast))
    return {
      ok: false,
      fault: 'expression',
      detail: '«matches» is not offered; use contains, startsWith or endsWith',
    };
  return {
    ok: true,
    readsEvent: fieldsRead(evaluate.ast, EVENT_FIELD_NAMES).length > 0,
    gathered: gatheredIn(evaluate.ast),
    textOf: (facts) => {
      try {
        return textOf(evaluate({ event: celValueOf(facts) }));
      } catch {
        return undefined;
      }
    },
  };
}
