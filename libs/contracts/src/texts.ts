import { z } from 'zod';

export const LANGUAGES = ['en', 'zh-CN'] as const;
export const Language = z.enum(LANGUAGES);
export type Language = z.infer<typeof Language>;

/** A text for people, in every language that the product speaks. */
export const Texts = z.object({ en: z.string(), 'zh-CN': z.string() });
export type Texts = z.infer<typeof Texts>;

/** The nearest language that we speak for a BCP 47 tag: every `zh…` reads Simplified Chinese, all else English. */
export const languageOf = (tag: string | undefined): Language =>
  tag?.toLowerCase().startsWith('zh') === true ? 'zh-CN' : 'en';

/**
 * A text in one language with its `{name}` places filled. A missing fact leaves its place visible, so that a test sees it.
 */
export function say(
  texts: Texts,
  language: Language,
  facts: Readonly<Record<string, string | number>> = {},
): string {
  // Split by a pattern with one group, the names of the places stand at the odd indices.
  const parts = texts[language].split(/\{(\w+)\}/);
  const filled = parts.map((part, i) => (i % 2 === 0 ? part : String(facts[part] ?? `{${part}}`)));
  if (language !== 'zh-CN') return filled.join('');
  return filled.map((part, i) => (i % 2 === 0 ? closed(part, filled[i - 1], filled[i + 1]) : part)).join('');
}

const WIDE_MARK_FIRST = /^[「」『』《》（），。、：；！？]/;
const WIDE_MARK_LAST = /[「」『』《》（），。、：；！？]$/;

/** Catalogues put a space beside a place for Latin words and numbers; wide marks bring their own room. */
function closed(part: string, before = '', after = ''): string {
  const begun = WIDE_MARK_LAST.test(before) && part.startsWith(' ') ? part.slice(1) : part;
  return WIDE_MARK_FIRST.test(after) && begun.endsWith(' ') ? begun.slice(0, -1) : begun;
}
