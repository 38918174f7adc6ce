import type { Texts } from '../texts.js';

/** The commands about rules that only watch. */
export const MONITOR_COMMAND_TEXTS = {
  monitor: {
    en: 'rules in mode monitor: they decide nothing yet',
    'zh-CN': 'monitor 模式的规则：尚不作决定',
  },
  monitorReport: {
    en: 'what they would have decided otherwise, with examples and the line that makes each live',
    'zh-CN': '它们本会作出的不同决定、示例，以及使其生效的那一行',
  },
  optMonitorRule: { en: 'only the rule of this name', 'zh-CN': '只看此名称的规则' },
  optMonitorFrom: {
    en: 'an instant, or how long before now, such as 7d',
    'zh-CN': '起始时刻，或距今多久，例如 7d',
  },
  monitorNone: {
    en: 'No rule is in mode monitor. Write «mode: monitor» at a rule of priority, routing, grouping, sla or maintenance.',
    'zh-CN':
      '没有处于 monitor 模式的规则。可在 priority、routing、grouping、sla 或 maintenance 的规则上写「mode: monitor」。',
  },
  monitorRule: {
    en: '{kind} «{name}», watched since {since}: would have decided about {matched} cases, {differed} of them otherwise',
    'zh-CN': '{kind}「{name}」，自 {since} 起观察：本会决定 {matched} 个案例，其中 {differed} 个结果不同',
  },
  monitorChange: { en: '{real} → {would}: {cases}', 'zh-CN': '{real} → {would}：{cases}' },
  monitorPages: { en: '{pages} pages would have been held back', 'zh-CN': '本会保留 {pages} 次呼叫' },
  monitorPagesUnknown: {
    en: 'Pages are not counted here: «tocsin simulate --config PATH» with the rule live replays them.',
    'zh-CN': '此处不统计呼叫：将规则改为 live 后用「tocsin simulate --config PATH」回放可知。',
  },
  monitorExample: {
    en: 'case {caseId} at {at}: {real} → {would}',
    'zh-CN': '案例 {caseId}（{at}）：{real} → {would}',
  },
  monitorLive: { en: 'to make it live: {pointer}: {line}', 'zh-CN': '使其生效：{pointer}: {line}' },
  monitorNothing: { en: 'nothing', 'zh-CN': '无' },
  monitorNotYet: { en: 'now', 'zh-CN': '现在' },
} as const satisfies Record<string, Texts>;
