import {
  CASE_FACTS,
  type CaseEvent,
  type CaseEventType,
  instantOf,
  type Texts,
  TIMELINE_TITLES,
  TIMELINE_WORDS,
} from '@tocsin/contracts';
import { joined } from '../texts-of.js';
import { PAGE_SENTENCES, SLA_SENTENCES } from './delivery-sentences.js';
import { ACT_SENTENCES, POLICY_SENTENCES } from './escalation-sentences.js';
import type { NameOf } from './people-words.js';
import { CASE_SENTENCES, MEMBER_SENTENCES } from './ticket-sentences.js';
import type { Sentences, ToldEvent } from './told-event.js';

const SENTENCES: Sentences<CaseEventType> = {
  ...CASE_SENTENCES,
  ...MEMBER_SENTENCES,
  ...POLICY_SENTENCES,
  ...ACT_SENTENCES,
  ...PAGE_SENTENCES,
  ...SLA_SENTENCES,
};

/**
 * What happened, as one sentence. Facts that cannot be read, such as those of an old release, leave the title of the
 * type: a timeline is never refused because of one row.
 * @param nameOf what a person is called; who is unknown keeps their id
 */
export function sayCaseEvent(event: CaseEvent, nameOf: NameOf): Texts {
  return joined(said(event.type, event, nameOf), TIMELINE_WORDS.stop);
}

function said<T extends CaseEventType>(
  type: T,
  { facts: given, by: who, at }: CaseEvent,
  nameOf: NameOf,
): Texts {
  const facts = CASE_FACTS[type].safeParse(given);
  if (!facts.success) return TIMELINE_TITLES[type];
  const by = who === 'tocsin' ? TIMELINE_WORDS.tocsin.en : nameOf(who);
  const told: ToldEvent<T> = { facts: facts.data, by, at: instantOf(at), nameOf };
  return SENTENCES[type](told);
}
