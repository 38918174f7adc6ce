import {
  COUNTERFACTUAL_TEXTS,
  FACT_TEXTS,
  type FactChange,
  type Priority,
  type Texts,
} from '@tocsin/contracts';
import type { EventFacts } from '../conditions/event-facts.js';
import { isNumberFact, type NumberFact } from '../conditions/gathered-facts.js';
import { filled, within240 } from '../texts-of.js';

/** Characters of a value that a sentence shows; the change itself keeps all of it. */
const SHOWN = 80;

/**
 * These facts with the change made, and nothing else. Of a range (`affected < 500`) the number nearest to its bound.
 * A fact that the event does not have stays absent under `absent` and `without`.
 */
export function factsAfter(facts: EventFacts, { fact, is, value }: FactChange): EventFacts {
  if (isNumberFact(fact)) return withNumber(facts, fact, { is, value: Number(value) });
  if (fact === 'tags') return { ...facts, tags: tagsAfter(facts.tags, is, String(value)) };
  const [member, key] = splitFact(fact);
  if (key === undefined) return { ...facts, [member]: valueAfter(facts[member], is, value) };
  const { [key]: before, ...others } = facts[member] as Readonly<Record<string, unknown>>;
  const after = member === 'requester' || is !== 'absent' ? { [key]: valueAfter(before, is, value) } : {};
  return { ...facts, [member]: { ...others, ...after } };
}

/** What the facts say of it; undefined when nothing. */
export function factIn(facts: EventFacts, fact: string): unknown {
  if (fact === 'affected') return facts.has_affected ? facts.affected : undefined;
  const [member, key] = splitFact(fact);
  const value = key === undefined ? facts[member] : (facts[member] as Readonly<Record<string, unknown>>)[key];
  return value === '' ? undefined : value;
}

/** `P2 if affected < 500`. */
export const changeText = (priority: Priority, { fact, is, value = '' }: FactChange): Texts =>
  within240(
    filled(COUNTERFACTUAL_TEXTS[fact === 'promise' && is === 'absent' ? 'kept' : is], {
      priority,
      fact: FACT_TEXTS[fact] ?? shortened(fact),
      value: typeof value === 'string' ? quoted(shortened(value)) : String(value),
    }),
  );

const quoted = (text: string): Texts => ({ en: `«${text}»`, 'zh-CN': `「${text}」` });

const shortened = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text);

function splitFact(fact: string): [keyof EventFacts, string | undefined] {
  const dot = fact.indexOf('.');
  return dot < 0
    ? [fact as keyof EventFacts, undefined]
    : [fact.slice(0, dot) as keyof EventFacts, fact.slice(dot + 1)];
}

/** Only `affected` may be absent: every case was reported. */
function withNumber(
  facts: EventFacts,
  fact: NumberFact,
  { is, value }: { readonly is: FactChange['is']; readonly value: number },
): EventFacts {
  if (is === 'absent') return { ...facts, affected: 0, has_affected: false };
  const number = is === '<' ? value - 1 : is === '>' ? value + 1 : value;
  return { ...facts, [fact]: number, ...(fact === 'affected' ? { has_affected: true } : {}) };
}

function tagsAfter(tags: readonly string[], is: FactChange['is'], tag: string): readonly string[] {
  if (is === 'with') return tags.includes(tag) ? tags : [...tags, tag];
  return is === 'without' ? tags.filter((each) => each !== tag) : [];
}

function valueAfter(before: unknown, is: FactChange['is'], value: FactChange['value']): unknown {
  if (is === 'absent') return '';
  if (is !== 'containing' && is !== 'not containing') return value;
  const text = typeof before === 'string' ? before : '';
  return is === 'containing' ? `${text}${String(value)}` : withoutPart(text, String(value));
}

/** Taking a part out may put another together: taken out until none is left. */
function withoutPart(text: string, part: string): string {
  let rest = text;
  while (part !== '' && rest.includes(part)) rest = rest.replaceAll(part, '');
  return rest;
}
