import {
  type CaseEventType,
  type Instant,
  type KnownFactsOf,
  type Texts,
  TIMELINE_TEXTS,
  TIMELINE_WORDS,
} from '@tocsin/contracts';
import { filled } from '../texts-of.js';
import type { NameOf } from './people-words.js';
import { plain } from './plain-words.js';

/** An event whose facts were read, as its sentence needs it. */
export interface ToldEvent<T extends CaseEventType> {
  readonly facts: KnownFactsOf<T>;
  /** Who acted, as people call them. */
  readonly by: string;
  readonly at: Instant;
  readonly nameOf: NameOf;
}

/** The sentence of every type of event of a kind, without its full stop. */
export type Sentences<K extends CaseEventType> = {
  readonly [T in K]: (told: ToldEvent<T>) => Texts;
};

type Facts = Parameters<typeof filled>[1];

/** A sentence of the catalogue, or a part of one. */
export const line = (name: keyof typeof TIMELINE_TEXTS, facts: Facts = {}): Texts =>
  filled(TIMELINE_TEXTS[name], facts);

export const NOTHING: Texts = { en: '', 'zh-CN': '' };

/** A part that is only there when its fact is. */
export const when = <F>(fact: F | undefined, part: (fact: F) => Texts): Texts =>
  fact === undefined ? NOTHING : part(fact);

export const viaText = (via: string | undefined): Texts =>
  when(via, (known) => filled(TIMELINE_WORDS.via, { via: plain(known) }));
