import type { Texts } from '../texts.js';

/** What people are told about covering shifts. */
export const SHIFT_TEXTS = {
  coverDoesNotFit: { en: 'The request for cover does not fit the shifts', 'zh-CN': '代班请求与班次不符' },
  coverTooLate: {
    en: 'Cover is asked for before the stretch begins; for hours that run already record an override.',
    'zh-CN': '代班须在时段开始前请求；已在进行的时段请直接登记替班（override）。',
  },
  expiresTooLate: {
    en: '«expires» lies between now and the beginning of the stretch.',
    'zh-CN': '「expires」须在当前时刻与时段开始之间。',
  },
  hoursOfSwap: {
    en: '{person} has these hours by a swap, which nothing overrules; cancel the swap or swap again.',
    'zh-CN': '{person} 因换班而拥有这段时间，换班优先于一切；请取消该换班或再次换班。',
  },
  coverForOthers: {
    en: 'This token may ask and answer for its own person only; an operator token may do so on behalf of others.',
    'zh-CN': '此令牌只能为本人请求或答复；操作员令牌才可代他人进行。',
  },
  whoAnswers: {
    en: 'Say who covers: the token that answers is no person of the config.',
    'zh-CN': '请指明由谁代班：作答的令牌不是配置中的人员。',
  },
  coverTaken: {
    en: 'Somebody covers it already; the first to accept has it.',
    'zh-CN': '已有人代班；先接受者优先。',
  },
  coverClosed: {
    en: 'This request takes no answers any more; ask anew.',
    'zh-CN': '该请求已不再接受答复；请重新发起。',
  },
  coverTheirOwn: {
    en: 'Nobody covers their own turn; cancel the request instead.',
    'zh-CN': '不能为自己代班；请改为取消该请求。',
  },
  coverNotEligible: {
    en: 'This person cannot cover it: no part of the schedule or its team, on leave, or on call elsewhere at that time.',
    'zh-CN': '此人无法代班：不属于该排班或其团队、正在休假，或当时已在别处值班。',
  },
  coverOutdated: {
    en: 'The turn has changed since it was asked for; cancel the request and ask anew.',
    'zh-CN': '请求发出后班次已变化；请取消该请求后重新发起。',
  },
  noticeAsked: {
    en: '{about} asks for cover on schedule «{schedule}» from {from} until {until}.',
    'zh-CN': '{about} 请求代班：排班「{schedule}」，{from} 至 {until}。',
  },
  noticeAccepted: {
    en: '{by} covers {about} on schedule «{schedule}» from {from} until {until}.',
    'zh-CN': '{by} 为 {about} 代班：排班「{schedule}」，{from} 至 {until}。',
  },
  noticeExpired: {
    en: 'Nobody has taken the turn of {about} on schedule «{schedule}» from {from} until {until}; it stays theirs.',
    'zh-CN': '无人接受代班：{about} 在排班「{schedule}」{from} 至 {until} 的班次仍归本人。',
  },
} as const satisfies Record<string, Texts>;
