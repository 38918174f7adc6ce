import { LANGUAGES, type Language, say, type Texts } from '@tocsin/contracts';

/** Shown in pages and SMS: a longer reason is cut. */
const LONGEST = 239;

type Fact = string | number | Texts;

const inBoth = (write: (language: Language) => string): Texts => {
  const [en, zh] = LANGUAGES;
  return { en: write(en), 'zh-CN': write(zh) };
};

/** A text with its places filled; a fact that is itself a text is said in the same language. */
export const filled = (texts: Texts, facts: Readonly<Record<string, Fact>>): Texts =>
  inBoth((language) =>
    say(
      texts,
      language,
      Object.fromEntries(
        Object.entries(facts).map(([name, fact]) => [name, typeof fact === 'object' ? fact[language] : fact]),
      ),
    ),
  );

export const joined = (...parts: readonly (Texts | undefined)[]): Texts =>
  inBoth((language) => parts.map((part) => part?.[language] ?? '').join(''));

/** A sentence and what must not be lost of it: when both are too long together, the first is cut. */
export const withTail = (head: Texts, tail: Texts): Texts =>
  within240(inBoth((language) => `${cut(head[language], LONGEST - tail[language].length)}${tail[language]}`));

const cut = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, Math.max(0, longest - 1))}…` : text;

export const within240 = (texts: Texts): Texts => inBoth((language) => cut(texts[language], LONGEST));
