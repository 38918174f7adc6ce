import type { Texts } from '../texts.js';

/** Why a test of the config tree fails: the first thing that is otherwise. */
export const POLICY_TEST_TEXTS = {
  noCase: {
    en: '{when}: a case is expected, but no event has opened one',
    'zh-CN': '{when}：应有案例，但没有事件打开案例',
  },
  priority: {
    en: '{when}: the case should be {expected}, but it is {actual}',
    'zh-CN': '{when}：案例应为 {expected}，实际为 {actual}',
  },
  service: {
    en: '{when}: the case should belong to service {expected}, but it belongs to {actual}',
    'zh-CN': '{when}：案例应属于服务 {expected}，实际属于 {actual}',
  },
  tickets: {
    en: '{when}: the case should have the tickets {expected}, but it has {actual}',
    'zh-CN': '{when}：案例应包含工单 {expected}，实际包含 {actual}',
  },
  cases: {
    en: '{when}: there should have been {expected} cases until then, but there have been {actual}',
    'zh-CN': '{when}：此前应有 {expected} 个案例，实际有 {actual} 个',
  },
  pagedAt: {
    en: '{when}: {expected} should be paged in this second, but paged is {actual}',
    'zh-CN': '{when}：此刻应呼叫 {expected}，实际呼叫 {actual}',
  },
  pagedBy: {
    en: '{when}: {missing} should have been paged until then, but paged are {actual}',
    'zh-CN': '{when}：此前应已呼叫 {missing}，实际已呼叫 {actual}',
  },
  pagedNever: {
    en: '{when}: {person} should not have been paged, but was after {after}',
    'zh-CN': '{when}：不应呼叫 {person}，但在 {after} 后呼叫了',
  },
  without: { en: 'without {what}', 'zh-CN': '去掉{what}' },
  thisStep: { en: 'this step', 'zh-CN': '此步骤' },
  theFallback: { en: 'the fallback', 'zh-CN': '兜底' },
  changed: { en: '{from} → {to}', 'zh-CN': '{from} → {to}' },
  nobody: { en: 'nobody', 'zh-CN': '无人' },
  noService: { en: 'no service', 'zh-CN': '无服务' },
} as const satisfies Record<string, Texts>;
