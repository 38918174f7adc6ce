import type { Texts } from '../texts.js';

/** What is said when a case may not be resolved as somebody wants it. */
export const RESOLUTION_TEXTS = {
  incomplete: {
    en: 'The case cannot be resolved yet',
    'zh-CN': '此案例还不能解决',
  },
  missing: {
    en: '«{member}» is missing: to resolve a {priority} case say {needs}.',
    'zh-CN': '缺少「{member}」：解决 {priority} 案例需要填写 {needs}。',
  },
  unknown: { en: '«{code}» is no resolution code.', 'zh-CN': '「{code}」不是解决代码。' },
  heading: {
    en: '«{code}» is a heading; choose one of the codes below it.',
    'zh-CN': '「{code}」是一个类别，请选择其下的代码。',
  },
  noCodes: {
    en: '«{code}» is no resolution code: the config has none. Leave it out, or add it to resolution.codes.',
    'zh-CN': '「{code}」不是解决代码：配置中没有任何代码。请省略，或在 resolution.codes 中添加。',
  },
  codes: { en: ' Codes: {codes}.', 'zh-CN': '可用代码：{codes}。' },
  codesAndMore: { en: ' Codes: {codes} and {more} more.', 'zh-CN': '可用代码：{codes} 等，另有 {more} 个。' },
  requiresNoCodes: {
    en: 'a code is required but there is none to choose; add it to resolution.codes',
    'zh-CN': '要求填写代码，但没有可选的代码；请在 resolution.codes 中添加',
  },
} as const satisfies Record<string, Texts>;
