import type { Texts } from '../texts.js';

/** What would have made another priority; under 240 characters. `{fact}` is one of `FACT_TEXTS`. */
export const COUNTERFACTUAL_TEXTS = {
  '=': { en: '{priority} if {fact} were {value}', 'zh-CN': '若{fact}为 {value}，则为 {priority}' },
  '<': { en: '{priority} if {fact} < {value}', 'zh-CN': '若{fact} < {value}，则为 {priority}' },
  '<=': { en: '{priority} if {fact} ≤ {value}', 'zh-CN': '若{fact} ≤ {value}，则为 {priority}' },
  '>': { en: '{priority} if {fact} > {value}', 'zh-CN': '若{fact} > {value}，则为 {priority}' },
  '>=': { en: '{priority} if {fact} ≥ {value}', 'zh-CN': '若{fact} ≥ {value}，则为 {priority}' },
  containing: {
    en: '{priority} if {fact} also said {value}',
    'zh-CN': '若{fact}还包含 {value}，则为 {priority}',
  },
  'not containing': {
    en: '{priority} if {fact} did not say {value}',
    'zh-CN': '若{fact}不含 {value}，则为 {priority}',
  },
  with: { en: '{priority} with {fact} {value}', 'zh-CN': '若有{fact} {value}，则为 {priority}' },
  without: { en: '{priority} without {fact} {value}', 'zh-CN': '若无{fact} {value}，则为 {priority}' },
  absent: { en: '{priority} if {fact} were not said', 'zh-CN': '若未提供{fact}，则为 {priority}' },
  kept: { en: '{priority} if no promise were at risk', 'zh-CN': '若没有承诺有超时风险，则为 {priority}' },
  'no-single-fact': {
    en: '{priority} whatever single fact that this config looks at is changed',
    'zh-CN': '无论更改此配置所看的哪一项事实，均为 {priority}',
  },
  'too-many': {
    en: 'no other priority was found in the first {tried} changes of one fact; there are more',
    'zh-CN': '在前 {tried} 种单项事实更改中未得出其他优先级；尚有更多未尝试',
  },
  'not-computed': {
    en: '{priority} was given by a person or before facts were kept; no fact explains it',
    'zh-CN': '{priority} 由人员指定或在保留事实之前得出，没有事实可以解释',
  },
  pinned: { en: '{priority} with or without the pin', 'zh-CN': '无论是否固定，均为 {priority}' },
  'without the pin': { en: '{priority} without the pin', 'zh-CN': '若未固定，则为 {priority}' },
} as const satisfies Record<string, Texts>;

/** A priority that a person has pinned. */
export const PIN_TEXTS = {
  pinned: { en: 'pinned to {priority} by {by}: {reason}', 'zh-CN': '由 {by} 固定为 {priority}：{reason}' },
  pinnedUntil: {
    en: 'pinned to {priority} by {by} until {until}: {reason}',
    'zh-CN': '由 {by} 固定为 {priority}，至 {until}：{reason}',
  },
  computed: { en: '; computed {priority}', 'zh-CN': '；计算结果为 {priority}' },
  belowFloor: {
    en: 'Category {category} is never below {floor}: pin it to {floor} or more urgent.',
    'zh-CN': '类别 {category} 不得低于 {floor}：请固定为 {floor} 或更紧急。',
  },
  notPinned: {
    en: 'This case’s priority is not pinned: there is nothing to undo.',
    'zh-CN': '此案例的优先级未被固定，无需撤销。',
  },
  pastUntil: {
    en: '«until» has passed already. Give a later time, or leave it out.',
    'zh-CN': '「until」已过去，请写更晚的时间或省略。',
  },
} as const satisfies Record<string, Texts>;

/** The facts of an event by the names that conditions give them. */
export const FACT_TEXTS: Readonly<Record<string, Texts>> = {
  source: { en: 'source', 'zh-CN': '来源' },
  kind: { en: 'kind', 'zh-CN': '种类' },
  type: { en: 'type', 'zh-CN': '事件类型' },
  key: { en: 'key', 'zh-CN': '工单标识' },
  subject: { en: 'subject', 'zh-CN': '主题' },
  body: { en: 'body', 'zh-CN': '正文' },
  category: { en: 'category', 'zh-CN': '类别' },
  market: { en: 'market', 'zh-CN': '市场' },
  language: { en: 'language', 'zh-CN': '语言' },
  channel: { en: 'channel', 'zh-CN': '渠道' },
  severity: { en: 'severity', 'zh-CN': '严重程度' },
  status: { en: 'status', 'zh-CN': '状态' },
  service: { en: 'service', 'zh-CN': '服务' },
  affected: { en: 'affected', 'zh-CN': '受影响人数' },
  reports: { en: 'reports', 'zh-CN': '报告次数' },
  promise: { en: 'promise', 'zh-CN': '承诺' },
  tags: { en: 'tag', 'zh-CN': '标签' },
  party: { en: 'party', 'zh-CN': '当事方' },
  restricted: { en: 'restricted', 'zh-CN': '受限' },
  'requester.id': { en: 'requester id', 'zh-CN': '提交者编号' },
  'requester.tier': { en: 'tier', 'zh-CN': '层级' },
  'requester.segment': { en: 'segment', 'zh-CN': '分群' },
};
