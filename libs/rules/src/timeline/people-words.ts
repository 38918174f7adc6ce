import { type Texts, TIMELINE_WORDS } from '@tocsin/contracts';
import { filled } from '../texts-of.js';
import { listed, plain } from './plain-words.js';

/** What a person is called; an id that nobody has stays as it is. */
export type NameOf = (id: string) => string;

interface Paged {
  readonly person: string;
  readonly via: string;
}

/** Persons with the words of the policy that led to each; who is named there themselves needs none. */
export const personsText = (persons: readonly Paged[], nameOf: NameOf): Texts =>
  persons.length === 0
    ? TIMELINE_WORDS.nobody
    : listed(
        persons.map(({ person, via }) =>
          via === `person ${person}`
            ? plain(nameOf(person))
            : filled(TIMELINE_WORDS.with, { name: nameOf(person), more: targetText(via, nameOf) }),
        ),
      );

type Found = Readonly<Record<string, string>>;

interface Form {
  readonly of: RegExp;
  readonly text: (found: Found, nameOf: NameOf) => Texts;
}

/** A target, or the way from it to a person, in the words of the config. */
const FORMS: readonly Form[] = [
  { of: /^everyone$/, text: () => TIMELINE_WORDS.everyone },
  { of: /^merge undone$/, text: () => TIMELINE_WORDS.mergeUndone },
  { of: /^person (?<name>\S+)$/, text: ({ name = '' }, nameOf) => plain(nameOf(name)) },
  { of: /^team (?<name>\S+)$/, text: (found) => filled(TIMELINE_WORDS.team, found) },
  { of: /^schedule (?<name>\S+)$/, text: (found) => filled(TIMELINE_WORDS.schedule, found) },
  {
    of: /^schedule (?<name>\S+), layer (?<layer>\S+)$/,
    text: (found) => filled(TIMELINE_WORDS.layer, found),
  },
  {
    of: /^schedule (?<name>\S+), (?<kind>override|swap|temporary) (?<change>.+)$/,
    text: (found) => filled(TIMELINE_WORDS[found['kind'] as 'swap'], found),
  },
  {
    of: /^(?<level>tier1|tier2|manager|executive) of (?<service>[^:]+?)(: (?<via>.+))?$/,
    text: ({ level = '', service = '', via }, nameOf) => {
      const rung = filled(TIMELINE_WORDS.rung, { level, service });
      return via === undefined
        ? rung
        : filled(TIMELINE_WORDS.rungVia, { rung, via: targetText(via, nameOf) });
    },
  },
];

/** Words of the config in both languages; what has no known form stays as it is. */
export function targetText(words: string, nameOf: NameOf): Texts {
  for (const { of, text } of FORMS) {
    const found = of.exec(words);
    if (found !== null) return text(found.groups ?? {}, nameOf);
  }
  return plain(words);
}
