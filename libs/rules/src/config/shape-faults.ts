import {
  Config,
  CONFIG_SHAPE_TEXTS,
  CONFIG_TEXTS,
  schemaFaults,
  type SchemaPlace,
  type Texts,
} from '@tocsin/contracts';
import { locales, type z } from 'zod';
import { filled, joined } from '../texts-of.js';
import type { ConfigFault } from './config-fault.js';
import { didYouMean, faultAt } from './faults.js';
import { keysAt } from './schema-walk.js';

type Issue = z.core.$ZodIssue;

const chinese = locales.zhCN().localeError;

/** The faults of a tree that the schema finds, each where it stands. */
export const shapeFaults = (
  issues: readonly Issue[],
  originOf: (place: SchemaPlace) => SchemaPlace,
): ConfigFault[] =>
  schemaFaults(issues).map(({ place, issue }) => faultAt(originOf(place), textsOf(issue, place)));

/** The schema speaks English; the catalogue, else zod's own translation, says the same in Chinese. */
function textsOf(issue: Issue, place: SchemaPlace): Texts {
  if (issue.code === 'unrecognized_keys') return unknownKey(place);
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return filled(CONFIG_TEXTS.missingKey, { name: String(place.at(-1)) });
  const known = fromCatalogue(issue.message);
  if (known !== undefined) return known;
  const said = issue.code === 'custom' ? undefined : chinese(issue as Parameters<typeof chinese>[0]);
  const message = typeof said === 'string' ? said : said?.message;
  return { en: issue.message, 'zh-CN': message ?? issue.message };
}

function unknownKey(place: SchemaPlace): Texts {
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
