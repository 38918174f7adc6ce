import type { Texts } from '../texts.js';

/** The commands about cases and their tickets. */
export const CASE_COMMAND_TEXTS = {
  case: { en: 'list, show and answer cases', 'zh-CN': '列出、查看与处理案例' },
  caseList: { en: 'list cases, the newest first', 'zh-CN': '列出案例，最新的在前' },
  caseShow: { en: 'show one case', 'zh-CN': '查看一个案例' },
  caseTimeline: { en: 'show what happened to a case, in order', 'zh-CN': '按时间顺序查看案例的经过' },
  caseAck: { en: 'acknowledge: you take it, paging stops', 'zh-CN': '确认接手：停止呼叫' },
  caseResolve: { en: 'resolve the case', 'zh-CN': '解决案例' },
  caseEscalate: { en: 'page the next step now', 'zh-CN': '立即呼叫下一级' },
  caseNote: { en: 'keep a note in the timeline', 'zh-CN': '在时间线中添加备注' },
  caseReopen: { en: 'open a resolved case again', 'zh-CN': '重新打开已解决的案例' },
  page: {
    en: 'page somebody by hand: «person bo», «schedule night», «team live», «everyone»',
    'zh-CN': '手动呼叫：「person bo」「schedule night」「team live」「everyone」',
  },
  optPagePriority: { en: 'priority of the case', 'zh-CN': '案例的优先级' },
  optLink: { en: 'address of a page about it', 'zh-CN': '相关页面的地址' },
  optOnceKey: {
    en: 'the same key again pages nobody a second time, for 24 hours',
    'zh-CN': '24 小时内使用同一个键不会重复呼叫',
  },
  caseTickets: {
    en: 'show the tickets of a case, and what was done with them',
    'zh-CN': '查看案例的工单及其变更',
  },
  caseMerge: {
    en: 'make the case part of another, which goes on in its place',
    'zh-CN': '将案例并入另一案例，由后者继续处理',
  },
  caseSplit: {
    en: 'give tickets, such as zendesk:1042, a case of their own',
    'zh-CN': '将工单（例如 zendesk:1042）拆分为新的案例',
  },
  caseMove: { en: 'move tickets to another case', 'zh-CN': '将工单移到另一案例' },
  caseUndo: {
    en: 'take back the last merge, split or move of the case, within 24 hours',
    'zh-CN': '撤销该案例最近一次合并、拆分或移动（24 小时内）',
  },
  needsTicket: {
    en: '«{name}» names no ticket: write SOURCE:KEY, such as zendesk:1042',
    'zh-CN': '「{name}」不是工单：请写作 来源:标识，例如 zendesk:1042',
  },
  optCode: { en: 'resolution code of the config', 'zh-CN': '配置中的解决代码' },
  optCause: { en: 'what caused it', 'zh-CN': '原因' },
  optReply: { en: 'what the customer is told', 'zh-CN': '给客户的答复' },
  optAllOrNone: {
    en: 'of several cases: do nothing when one refuses',
    'zh-CN': '多个案例时：只要有一个被拒绝就全部不执行',
  },
  optAlso: { en: 'more cases to reassign to the same', 'zh-CN': '一并改派的其他案例' },
  caseSnooze: {
    en: 'silence for a time; the case returns by itself',
    'zh-CN': '暂停一段时间；案例会自动恢复',
  },
  caseOwnerTimes: {
    en: 'other times for the owner of this case, in place of the policy’s, for a while',
    'zh-CN': '在一段时间内为此案例的负责人改用其他时限，代替策略的时限',
  },
  optRemind: {
    en: 'remind the owner after this long without a word; without it never',
    'zh-CN': '负责人多久无回应即提醒；不给则不提醒',
  },
  optReopen: {
    en: 'take the case from the owner after this long; without it never',
    'zh-CN': '负责人多久无回应即重新升级；不给则不重新升级',
  },
  caseReassign: {
    en: 'page others in place of those who were, such as «person bo»',
    'zh-CN': '改为呼叫其他人，例如「person bo」',
  },
  caseResponder: { en: 'page one more person; nothing else moves', 'zh-CN': '再呼叫一人；其余不变' },
  caseMigrate: {
    en: 'move a running escalation to the newest policy',
    'zh-CN': '将正在进行的升级迁移到最新策略',
  },
  optPreview: {
    en: 'only show the remaining steps before and after',
    'zh-CN': '只显示迁移前后剩余的步骤',
  },
  optFor: { en: 'for how long, such as 2h', 'zh-CN': '多久，例如 2h' },
  optUntil: { en: 'until this instant (ISO 8601)', 'zh-CN': '直到该时刻（ISO 8601）' },
  optSnoozeReason: { en: 'why the case may wait', 'zh-CN': '案例为何可以等待' },
  optState: { en: 'only cases in this state', 'zh-CN': '只列出该状态的案例' },
  optLimit: { en: 'how many at most', 'zh-CN': '最多条数' },
  optPerson: { en: 'in the name of this person', 'zh-CN': '以该人员的名义' },
  optNote: { en: 'a note for the timeline', 'zh-CN': '写入时间线的备注' },
} as const satisfies Readonly<Record<string, Texts>>;
