import type { Texts } from '../texts.js';
import { HOLIDAY_TEXTS } from './holidays.js';

/** What people are told about covering shifts. */
export const SHIFT_TEXTS = {
  ...HOLIDAY_TEXTS,
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
  importDoesNotFit: {
    en: 'The file cannot be read as a whole, so nothing of it was taken',
    'zh-CN': '文件无法完整读取，因此未导入任何内容',
  },
  importAtLine: { en: 'line {line}: {fault}', 'zh-CN': '第 {line} 行：{fault}' },
  importTooMuch: {
    en: '{count} stretches of leave are more than {most}; split the calendar or end its series.',
    'zh-CN': '共 {count} 段休假，超过 {most} 段；请拆分日历或为重复事件设定结束。',
  },
  importWhose: {
    en: 'Say whose leave it is: a calendar names no person of the config.',
    'zh-CN': '请指明是谁的休假：日历文件不含配置中的人员。',
  },
  importNoCalendar: {
    en: 'a calendar begins with BEGIN:VCALENDAR; export it as iCalendar (.ics).',
    'zh-CN': '日历须以 BEGIN:VCALENDAR 开头；请导出为 iCalendar（.ics）。',
  },
  importNoColon: {
    en: 'a line is NAME:VALUE; lines that go on begin with a space.',
    'zh-CN': '每行应为 NAME:VALUE；续行须以空格开头。',
  },
  importNoEnd: {
    en: 'this event has no END:VEVENT; the file may be cut off, export it again.',
    'zh-CN': '该事件没有 END:VEVENT；文件可能被截断，请重新导出。',
  },
  importMissing: { en: 'this event has no {name}; add it.', 'zh-CN': '该事件缺少 {name}；请补上。' },
  importZone: {
    en: '«{zone}» is no IANA time zone; write one such as Europe/Berlin.',
    'zh-CN': '「{zone}」不是 IANA 时区；请填写例如 Europe/Berlin。',
  },
  importTime: {
    en: '{name} «{text}» is no date or time; in .ics write 20261224 or 20261224T090000, in CSV 2026-12-24 or 2026-12-24T09:00.',
    'zh-CN':
      '{name}「{text}」不是日期或时间；.ics 中请写 20261224 或 20261224T090000，CSV 中请写 2026-12-24 或 2026-12-24T09:00。',
  },
  importDuration: {
    en: '«{text}» is no duration; write one such as P2D or PT4H.',
    'zh-CN': '「{text}」不是时长；请填写例如 P2D 或 PT4H。',
  },
  importRange: {
    en: 'RANGE of RECURRENCE-ID is not read; end the series there and begin a new one.',
    'zh-CN': '不支持 RECURRENCE-ID 的 RANGE；请在该处结束此系列并新建一个。',
  },
  importRule: {
    en: 'the rule «{text}» cannot be read ({why}); events repeat by DAILY, WEEKLY, MONTHLY or YEARLY.',
    'zh-CN': '规则「{text}」无法读取（{why}）；事件可按 DAILY、WEEKLY、MONTHLY 或 YEARLY 重复。',
  },
  importColumns: {
    en: 'the first line names the columns: from and until, and if you like others of {columns}.',
    'zh-CN': '首行为列名：必须有 from 与 until，其余可选自 {columns}。',
  },
  importQuotes: {
    en: 'a cell in quotes ends with one before the comma; a quote inside of it is written twice.',
    'zh-CN': '带引号的单元格须在逗号前以引号结束；其中的引号须写两个。',
  },
  importNobody: {
    en: 'this row names no person; fill the column or say whose leave the file is.',
    'zh-CN': '该行没有人员；请填写 person 列，或指明文件属于谁。',
  },
  importPerson: { en: '{person} is no person of the config.', 'zh-CN': '{person} 不是配置中的人员。' },
  endsBeforeItBegins: { en: 'it must end later than it begins.', 'zh-CN': '结束必须晚于开始。' },
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
  noticeConflict: {
    en: '{about} is on leave {ahead}, in the turn on schedule «{schedule}» from {from} until {until}: nobody is on call then.',
    'zh-CN': '{ahead}，{about} 在排班「{schedule}」{from} 至 {until} 的班次期间休假：届时无人值班。',
  },
  noticeConflictHeld: {
    en: '{about} is on leave {ahead}, yet has taken the turn on schedule «{schedule}» from {from} until {until} and would be paged.',
    'zh-CN': '{ahead}，{about} 休假，但已接下排班「{schedule}」{from} 至 {until} 的班次，仍会被呼叫。',
  },
  noticeProposed: {
    en: 'Could cover, the fairest first: {names}.',
    'zh-CN': '可代班（按公平排序）：{names}。',
  },
  noticeNobodyFree: {
    en: 'Nobody of the schedule or its teams is free then.',
    'zh-CN': '届时该排班及其团队中无人空闲。',
  },
  noticeFeedFails: {
    en: 'The calendar of leave of {about} cannot be read: {fault} What it said before is kept.',
    'zh-CN': '无法读取 {about} 的休假日历：{fault}此前的内容保留不变。',
  },
  noticeFeedEmpty: {
    en: 'The calendar of leave of {about} is suddenly empty. What it said before is kept until {until}; if that is right, confirm it: tocsin leave confirm {about}',
    'zh-CN':
      '{about} 的休假日历突然为空。此前的内容保留至 {until}；若确实如此，请确认：tocsin leave confirm {about}',
  },
  feedStatus: {
    en: 'it answers {status}; check the address.',
    'zh-CN': '服务器返回 {status}；请检查地址。',
  },
  feedRedirects: {
    en: 'it leads elsewhere; give the address that it leads to.',
    'zh-CN': '该地址会重定向；请填写最终地址。',
  },
  feedTooLarge: {
    en: 'it is larger than {most}; share a calendar of leave alone.',
    'zh-CN': '内容超过 {most}；请只共享休假日历。',
  },
  feedTimedOut: {
    en: 'it is not there after {seconds} s; check the address.',
    'zh-CN': '{seconds} 秒内未读完；请检查地址。',
  },
  feedBlocked: {
    en: '{why}; use a public https address, or let the operator open it with TOCSIN_WEBHOOK_ALLOW=CIDR.',
    'zh-CN': '{why}；请使用公网 https 地址，或由操作员通过 TOCSIN_WEBHOOK_ALLOW=CIDR 开放。',
  },
  feedAway: {
    en: 'nothing answers there ({fault}); check the address.',
    'zh-CN': '该地址无应答（{fault}）；请检查地址。',
  },
  feedSecret: { en: 'its address is not known: {why}.', 'zh-CN': '无法得知其地址：{why}。' },
  feedNoUrl: {
    en: 'its address is no URL that begins with https://.',
    'zh-CN': '其地址不是以 https:// 开头的 URL。',
  },
  feedUnreadable: { en: 'what it gives is no calendar: {fault}', 'zh-CN': '返回的内容不是日历：{fault}' },
  feedTooLong: {
    en: 'the event «{title}» lasts longer than 400 days; end it.',
    'zh-CN': '事件「{title}」超过 400 天；请设定结束。',
  },
  feedNotEmpty: {
    en: 'This calendar is not held back: there is nothing to confirm',
    'zh-CN': '该日历未被搁置，无需确认',
  },
  noFeed: {
    en: '«{person}» has no calendar of leave in the config.',
    'zh-CN': '配置中「{person}」没有休假日历。',
  },
  ahead14d: { en: 'within 14 days', 'zh-CN': '14 天内' },
  ahead3d: { en: 'within 3 days', 'zh-CN': '3 天内' },
  ahead12h: { en: 'within 12 hours', 'zh-CN': '12 小时内' },
} as const satisfies Record<string, Texts>;
