import type { Texts } from '../texts.js';

/** The sentences of the schema of calendars and holiday tables; see `CONFIG_SHAPE_TEXTS`. */
export const CALENDAR_SHAPE_TEXTS = {
  span: {
    en: 'hours such as 09:00-18:00; the end may be 24:00',
    'zh-CN': '时段，例如 09:00-18:00；结束可写 24:00',
  },
  spanOrder: {
    en: 'hours end after they begin; across midnight write two, such as 22:00-24:00 and, of the next day, 00:00-06:00',
    'zh-CN': '时段的结束须晚于开始；跨午夜请写成两段，例如 22:00-24:00 与次日的 00:00-06:00',
  },
  days: {
    en: 'a day or days such as Sat or Mon-Fri',
    'zh-CN': '一天或连续几天，例如 Sat 或 Mon-Fri',
  },
  noHours: {
    en: 'a calendar needs hours, such as «Mon-Fri: "09:00-18:00"»; for every second use calendar 24x7',
    'zh-CN': '日历必须有工作时段，例如「Mon-Fri: "09:00-18:00"」；全天候请使用日历 24x7',
  },
  overlap: {
    en: 'two hours of the same day overlap; write each part of a day once',
    'zh-CN': '同一天的两个时段重叠；每段时间只写一次',
  },
  market: {
    en: 'a market such as SG: letters, digits, «.», «_», «-»; at most 100',
    'zh-CN': '市场名称，例如 SG：字母、数字、「.」「_」「-」，最多 100 个',
  },
  always: {
    en: '24x7 is there already and counts every second; choose another name',
    'zh-CN': '24x7 已内置，表示全天候；请使用其他名称',
  },
} as const satisfies Record<string, Texts>;

/** The sentences of the schema of SLA policies; see `CONFIG_SHAPE_TEXTS`. */
export const SLA_SHAPE_TEXTS = {
  promised: {
    en: 'a whole number with a unit: 30s, 15m, 4h or 2d (a day is a whole working day of the calendar)',
    'zh-CN': '整数加单位：30s、15m、4h 或 2d（一天指日历中的一个完整工作日）',
  },
  promisedTooLong: { en: 'at most 366d', 'zh-CN': '最多 366d' },
  emptyTarget: {
    en: 'a target needs a duration for at least one priority, such as «P1: 15m»',
    'zh-CN': '目标至少要为一个优先级写明时长，例如「P1: 15m」',
  },
  noTargets: {
    en: 'a policy needs at least one target: acknowledge, first-response, next-update or resolve',
    'zh-CN': '策略至少需要一个目标：acknowledge、first-response、next-update 或 resolve',
  },
  percent: { en: 'whole percent from 1% to 99%', 'zh-CN': '1% 到 99% 的整数百分比' },
} as const satisfies Record<string, Texts>;

/** Why the timeline says that a clock is at risk, breached, paused or running again. */
export const SLA_TEXTS = {
  atRisk: {
    en: '{kind} of «{policy}» is at risk: {percent} % of its time is over, due {dueAt}',
    'zh-CN': '「{policy}」的 {kind} 有超时风险：已用去 {percent}% 的时间，截止 {dueAt}',
  },
  atRiskPaused: {
    en: '{kind} of «{policy}» is at risk: {percent} % of its time is over; it stands still now',
    'zh-CN': '「{policy}」的 {kind} 有超时风险：已用去 {percent}% 的时间；目前计时暂停',
  },
  breached: {
    en: '{kind} of «{policy}» was due {dueAt} and has not happened',
    'zh-CN': '「{policy}」的 {kind} 应于 {dueAt} 前完成，尚未完成',
  },
  paused: {
    en: 'the clocks stand still: the ticket is {status}',
    'zh-CN': '计时暂停：工单状态为 {status}',
  },
  resumedByStatus: {
    en: 'the clocks run again: the ticket is {status}',
    'zh-CN': '计时恢复：工单状态为 {status}',
  },
  resumedByReply: {
    en: 'the clocks run again: the customer has replied',
    'zh-CN': '计时恢复：客户已回复',
  },
  resumedByReopening: {
    en: 'the clocks run again: the case was reopened',
    'zh-CN': '计时恢复：案例已重新打开',
  },
} as const satisfies Record<string, Texts>;
