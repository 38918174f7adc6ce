import type { Texts } from '../texts.js';

/** What `tocsin simulate` says. */
export const SIMULATE_TEXTS = {
  reading: { en: 'read {read} of {all} recorded inputs', 'zh-CN': '已读取 {read} / {all} 条记录' },
  nothing: {
    en: 'Nothing is recorded since {from}; recording began with this version, and goes back 90 days at most.',
    'zh-CN': '自 {from} 起没有记录；记录自本版本开始，最多保留 90 天。',
  },
  noRevision: {
    en: 'This version cannot read any of the config revisions that the recording was decided by; use the tocsin that belongs to the server.',
    'zh-CN': '本版本无法读取记录所依据的任何配置版本；请使用与服务器同版本的 tocsin。',
  },
  span: {
    en: '{from} to {until}: {cases} cases, {inputs} inputs; {left} inputs of cases that had opened before are left out',
    'zh-CN': '{from} 至 {until}：{cases} 个案例，{inputs} 条输入；此前已打开的案例的 {left} 条输入不计',
  },
  none: { en: 'No case would have gone another way.', 'zh-CN': '没有案例会有不同的经过。' },
  some: {
    en: '{count} cases would have gone another way: {kinds}',
    'zh-CN': '{count} 个案例会有不同的经过：{kinds}',
  },
  more: {
    en: '… and {count} more; all of them with -o json',
    'zh-CN': '……另有 {count} 个；全部内容请用 -o json',
  },
  grouping: { en: 'grouping', 'zh-CN': '分组' },
  priority: { en: 'priority', 'zh-CN': '优先级' },
  target: { en: 'target', 'zh-CN': '呼叫对象' },
  'first-page': { en: 'first page', 'zh-CN': '首次呼叫' },
  pages: { en: 'later pages', 'zh-CN': '后续呼叫' },
  acknowledgement: { en: 'acknowledgement', 'zh-CN': '确认' },
  closing: { en: 'closing', 'zh-CN': '关闭' },
  promise: { en: 'promises', 'zh-CN': '承诺' },
  kept: { en: 'all kept', 'zh-CN': '全部兑现' },
  brokenAfter: { en: '{clock} ran out after {seconds} s', 'zh-CN': '{clock} 在 {seconds} 秒后超时' },
  breaches: { en: 'SLA clocks that ran out:', 'zh-CN': '超时的 SLA 时钟：' },
  breachLine: { en: '{clock}  {before} → {after} times', 'zh-CN': '{clock}  {before} → {after} 次' },
  withoutBreaches: {
    en: 'The recording of {count} cases is too old to tell which of their SLA clocks ran out; they count on neither side.',
    'zh-CN': '有 {count} 个案例的记录过旧，无法得知其哪些 SLA 时钟超时；两侧均不计入。',
  },
  tickets: { en: '{count} tickets', 'zh-CN': '{count} 个工单' },
  noCase: { en: 'no case of its own', 'zh-CN': '没有单独的案例' },
  resolved: { en: 'resolved after {seconds} s', 'zh-CN': '{seconds} 秒后解决' },
  reopened: { en: 'open again after {seconds} s', 'zh-CN': '{seconds} 秒后重新打开' },
  change: { en: '{what} {before} → {after}', 'zh-CN': '{what} {before} → {after}' },
  seconds: { en: 'after {seconds} s', 'zh-CN': '{seconds} 秒后' },
  never: { en: 'never', 'zh-CN': '无' },
  answered: { en: '{by} after «{step}»', 'zh-CN': '{by}（在「{step}」之后）' },
  unasked: { en: '{by} without having been paged', 'zh-CN': '{by}（未被呼叫）' },
  people: {
    en: 'Pages per person, by day and by night (22:00 to 07:00 of their own clock):',
    'zh-CN': '每人的呼叫次数，分白天与夜间（本人当地 22:00 至 07:00）：',
  },
  personLine: {
    en: '{person}  day {dayBefore} → {dayAfter}  night {nightBefore} → {nightAfter}',
    'zh-CN': '{person}  白天 {dayBefore} → {dayAfter}  夜间 {nightBefore} → {nightAfter}',
  },
  p1: { en: 'Seconds until the first page of P1 cases:', 'zh-CN': 'P1 案例首次呼叫所用秒数：' },
  p1Line: {
    en: '{which}  cases {cases}  p50 {p50}  p90 {p90}  p99 {p99}  longest {longest}  never paged {never}',
    'zh-CN': '{which}  案例 {cases}  p50 {p50}  p90 {p90}  p99 {p99}  最长 {longest}  从未呼叫 {never}',
  },
  happened: { en: 'as it was', 'zh-CN': '实际' },
  replayed: { en: 'replayed ', 'zh-CN': '重放' },
  holes: { en: 'Targets that led to nobody:', 'zh-CN': '未能找到人的呼叫对象：' },
  holeLine: { en: '{target}  {before} → {after} times', 'zh-CN': '{target}  {before} → {after} 次' },
  noHoles: { en: 'Every target led to somebody.', 'zh-CN': '每个呼叫对象都找到了人。' },
  actsLost: {
    en: '{count} acts of people would not have counted: the case was no longer there for them.',
    'zh-CN': '有 {count} 个人工操作将不会生效：当时案例已不处于相应状态。',
  },
  notRecorded: {
    en: '{cases} cases said «{fact}», which no rule read at that time: it is not recorded, and the rules of this config saw nothing there.',
    'zh-CN': '有 {cases} 个案例含有「{fact}」，当时没有规则读取它，因此未被记录；此配置的规则看不到该内容。',
  },
  unreadable: {
    en: 'Case {case} cannot be replayed: this version does not know the input «{what}». Use the tocsin that belongs to the server.',
    'zh-CN': '案例 {case} 无法重放：本版本不认识输入「{what}」。请使用与服务器同版本的 tocsin。',
  },
  withoutConfig: {
    en: '{cases} cases cannot be replayed: config revision {revision} cannot be read.',
    'zh-CN': '{cases} 个案例无法重放：无法读取配置版本 {revision}。',
  },
  hash: { en: 'hash of the output: {hash}', 'zh-CN': '输出哈希：{hash}' },
} as const satisfies Record<string, Texts>;
