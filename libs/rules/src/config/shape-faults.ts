import { Config, CONFIG_SHAPE_TEXTS, CONFIG_TEXTS, type Texts } from '@tocsin/contracts';
import { locales, type z } from 'zod';
import { filled, joined } from '../texts-of.js';
import type { ConfigFault } from './config-fault.js';
import { didYouMean, faultAt } from './faults.js';
import { keysAt } from './schema-walk.js';

type Issue = z.core.$ZodIssue;
type Place = readonly PropertyKey[];

const chinese = locales.zhCN().localeError;

/** The faults of a tree that the schema finds, each where it stands. */
export const shapeFaults = (issues: readonly Issue[], originOf: (place: Place) => Place): ConfigFault[] =>
  issues
    .flatMap((issue) => leaves(issue, []))
    .map(({ place, issue }) => faultAt(originOf(place), textsOf(issue, place)));

interface Leaf {
  readonly place: Place;
  readonly issue: Issue;
}

/** Of the alternatives of a union the one that got furthest is the one that was meant. */
function leaves(issue: Issue, above: Place): Leaf[] {
  const place = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ place: [...place, key], issue: { ...issue, keys: [key] } }));
  }
  if (issue.code === 'invalid_key') return issue.issues.flatMap((inner) => leaves(inner, place));
  if (issue.code !== 'invalid_union') return [{ place, issue }];
  const alternatives = issue.errors.map((issues) => issues.flatMap((inner) => leaves(inner, place)));
  const meant = alternatives
    .filter((found) => found.length > 0)
    .toSorted((a, b) => progress(b) - progress(a))[0];
  return meant ?? [{ place, issue }];
}

/** The wrong type of the whole thing says least; a wrong key says more, a wrong value inside most. */
function progress(found: readonly Leaf[]): number {
  const rank = { invalid_type: 0, unrecognized_keys: 1 } as Partial<Record<Issue['code'], number>>;
  return Math.min(...found.map(({ place, issue }) => place.length * 3 + (rank[issue.code] ?? 2)));
}

/** The schema speaks English; the catalogue, else zod's own translation, says the same in Chinese. */
function textsOf(issue: Issue, place: Place): Texts {
  if (issue.code === 'unrecognized_keys') return unknownKey(place);
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return filled(CONFIG_TEXTS.missingKey, { name: String(place.at(-1)) });
  const known = fromCatalogue(issue.message);
  if (known !== undefined) return known;
  const said = issue.code === 'custom' ? undefined : chinese(issue as Parameters<typeof chinese>[0]);
  const message = typeof said === 'string' ? said : said?.message;
  return { en: issue.message, 'zh-CN': message ?? issue.message };
}

function unknownKey(place: Place): Texts {
  const name = String(place.at(-1));
  const keys = keysAt(Config, place.slice(0, -1));
  if (keys.includes(name)) return filled(CONFIG_TEXTS.otherForm, { name });
  const said = filled(CONFIG_TEXTS.unknownKey, { name, keys: keys.join(', ') });
  return joined(said, didYouMean(name, keys));
}

function fromCatalogue(message: string): Texts | undefined {
  for (const texts of Object.values(CONFIG_SHAPE_TEXTS)) {
    if (texts.en === message) return texts;
    const [before = '', after] = texts.en.split('{text}');
    if (after !== undefined && message.startsWith(before) && message.endsWith(after)) {
      return filled(texts, { text: message.slice(before.length, message.length - after.length) });
    }
  }
  return undefined;
}
