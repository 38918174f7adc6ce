import type { Texts } from '../texts.js';

/** What a person lacks to be surely paged, and the cure. */
export const READINESS_TEXTS = {
  'not-in-config': {
    en: 'not in the config, yet has hours by a change of shifts; cancel that change or add the person',
    'zh-CN': '不在配置中，但因班次变更仍有班次；请取消该变更或添加此人',
  },
  'no-method': {
    en: 'no contact method; add one',
    'zh-CN': '没有联系方式；请添加',
  },
  unverified: { en: '{methods} not verified', 'zh-CN': '{methods} 未经验证' },
  'dead-address': {
    en: 'nothing arrives by {methods} any more ({reason}); give another address',
    'zh-CN': '{methods} 已无法送达（{reason}）；请更换地址',
  },
  'not-reached': {
    en: 'no page of {priorities} can arrive; mend a method that the rules use',
    'zh-CN': '{priorities} 的呼叫无法送达；请修复规则所用的联系方式',
  },
  'not-tested': {
    en: 'no page has arrived by {methods} for 30 days; page the person once by hand',
    'zh-CN': '30 天内没有呼叫经 {methods} 送达；请手动呼叫一次',
  },
  'no-rule': {
    en: 'no rule for {priorities}: every method is used at once',
    'zh-CN': '{priorities} 没有规则：将同时使用所有联系方式',
  },
} as const satisfies Record<string, Texts>;
