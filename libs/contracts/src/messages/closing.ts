import type { Texts } from '../texts.js';

/** What the schema says of times of closing that it refuses. */
export const CLOSING_SHAPE_TEXTS = {
  span: { en: 'between 1s and 366d', 'zh-CN': '介于 1s 与 366d 之间' },
} as const satisfies Record<string, Texts>;
