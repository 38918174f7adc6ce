import type { Texts } from '../texts.js';

/** What metric-monitoring says to people. */
export const MONITORING_MESSAGES = {
  silent: {
    en: 'Heartbeat {name}: no sign of life since {since}',
    'zh-CN': '心跳 {name}：自 {since} 起没有信号',
  },
  'too-long': {
    en: 'Heartbeat {name}: the run that began at {since} has not ended in time',
    'zh-CN': '心跳 {name}：{since} 开始的任务未在时限内结束',
  },
  failed: { en: 'Heartbeat {name}: the run reported a failure', 'zh-CN': '心跳 {name}：任务报告失败' },
  recovered: { en: 'Heartbeat {name}: recovered', 'zh-CN': '心跳 {name}：已恢复' },
  retired: {
    en: 'Heartbeat {name}: no longer watched',
    'zh-CN': '心跳 {name}：不再监视',
  },
  needsKey: {
    en: 'Send the key of this heartbeat, or a token of the API, as «Authorization: Bearer …».',
    'zh-CN': '请以「Authorization: Bearer …」发送此心跳的密钥或 API 令牌。',
  },
} as const satisfies Record<string, Texts>;
