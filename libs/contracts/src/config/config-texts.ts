import { z } from 'zod';
import type { Texts } from '../texts.js';

const inSomeLanguage = z
  .object({ en: z.string().optional(), 'zh-CN': z.string().optional() })
  .refine((texts) => texts.en !== undefined || texts['zh-CN'] !== undefined, {
    error: 'a text in at least one language: { en: …, zh-CN: … }',
  });

/**
 * A text for people as the tree may hold it: in both languages, in one, or a plain string, which counts as English.
 * Read as both: what is missing is said in the other language, and lint names it.
 */
export const ConfigTexts = z.union([z.string(), inSomeLanguage]).transform((written): Texts => {
  if (typeof written === 'string') return { en: written, 'zh-CN': written };
  const { en, 'zh-CN': zh } = written;
  return { en: en ?? zh ?? '', 'zh-CN': zh ?? en ?? '' };
});
