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
  return texts[language].replaceAll(/\{(\w+)\}/g, (place, name: string) => String(facts[name] ?? place));
}
