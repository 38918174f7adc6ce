import { type Instant, isoOf, LANGUAGES, type Seconds, type Texts, TIMELINE_WORDS } from '@tocsin/contracts';
import { filled, joined } from '../texts-of.js';

/** Characters of somebody's own words that a sentence shows; the facts keep all of them. */
const SHOWN = 200;

/** The same in every language: a name, a number, somebody's own words. */
export const plain = (text: string): Texts => {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
  return { en: shown, 'zh-CN': shown };
};

export const listed = (all: readonly Texts[]): Texts =>
  joined(...all.flatMap((each, i) => (i === 0 ? [each] : [TIMELINE_WORDS.comma, each])));

/** `2026-11-05T03:30:00Z`: to the second, the facts have it all. */
export const timeText = (at: Instant | string): string =>
  (typeof at === 'string' ? at : isoOf(at)).replace(/\.\d+Z$/, 'Z');

const UNITS = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
  ['seconds', 1],
] as const;

/** Seconds as people say them, by the two largest units: `2 min`, `1 h 30 min`; less than a second is `0 s`. */
export function durationText(seconds: Seconds): Texts {
  let left = Math.max(0, Math.round(seconds));
  const parts = UNITS.flatMap(([unit, length]) => {
    const n = Math.floor(left / length);
    left -= n * length;
    return n === 0 ? [] : [{ unit, n }];
  });
  const [first = { unit: 'seconds' as const, n: 0 }, second] = parts;
  const largest = filled(TIMELINE_WORDS[first.unit], { n: first.n });
  if (second === undefined) return largest;
  return filled(TIMELINE_WORDS.part, { a: largest, b: filled(TIMELINE_WORDS[second.unit], { n: second.n }) });
}

/** A sentence begins with a capital. */
export const capital = (texts: Texts): Texts => {
  const [en, zh] = LANGUAGES.map((language) => texts[language]).map(
    (text) => text.charAt(0).toUpperCase() + text.slice(1),
  );
  return { en: en ?? '', 'zh-CN': zh ?? '' };
};
