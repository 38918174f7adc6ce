import type { Texts } from '../texts.js';

/** What routing says to people: refusals of acts on cases, and why somebody was or was not paged. */
export const ROUTING_MESSAGES = {
  alreadyAcknowledged: { en: 'Somebody else has this case', 'zh-CN': '此案例已由他人接手' },
  alreadyResolved: { en: 'This case is resolved', 'zh-CN': '此案例已解决' },
  joinedElsewhere: {
    en: 'This case is part of another one now. Act on that one.',
    'zh-CN': '此案例已并入另一个案例，请在那里操作。',
  },
  staleEpoch: { en: 'This case has moved on since that page', 'zh-CN': '自该次呼叫之后，此案例已有新的进展' },
  noPolicy: {
    en: 'This case has no escalation policy. Page somebody by hand instead.',
    'zh-CN': '此案例没有升级策略，请改为手动呼叫。',
  },
  noOwner: {
    en: 'Nobody has this case. Take it first.',
    'zh-CN': '此案例尚无人接手，请先接手。',
  },
  timePassed: {
    en: 'This instant has passed. Name a later one.',
    'zh-CN': '该时刻已过，请选择更晚的时间。',
  },
  nobodyThere: {
    en: 'This leads to nobody right now. Name a person who can be paged.',
    'zh-CN': '目前没有可呼叫的人员，请指定可以呼叫的人员。',
  },
  isSnoozed: {
    en: 'This case is snoozed. Take it or reopen it first.',
    'zh-CN': '此案例已暂停提醒，请先接手或重新打开。',
  },
  isMerged: {
    en: 'This case is part of another. Act on that one, or undo the merge.',
    'zh-CN': '此案例已并入另一案例，请处理后者，或撤销合并。',
  },
  notRunning: {
    en: 'No escalation of this case is on its way. Reopen it to use the newest policy.',
    'zh-CN': '此案例没有正在进行的升级；重新打开即可使用最新策略。',
  },
  operatorsOnly: {
    en: 'This needs a token of role operator.',
    'zh-CN': '此操作需要 operator 角色的令牌。',
  },
  otherVersion: {
    en: 'The case has changed meanwhile. Read it again and decide anew.',
    'zh-CN': '案例在此期间已变更，请重新读取后再决定。',
  },
  otherRequest: {
    en: 'This Idempotency-Key was used for another request. Use a new key.',
    'zh-CN': '此 Idempotency-Key 已用于另一个请求，请使用新的键。',
  },
  noneDone: {
    en: 'Nothing was done: {refused} of {of} cases refuse it',
    'zh-CN': '未执行任何操作：{of} 个案例中有 {refused} 个拒绝',
  },
  speaksForOthers: {
    en: 'This token may answer for itself only; an operator token may name a person.',
    'zh-CN': '此令牌只能代表自己作答；操作员令牌才可指定人员。',
  },
  unknownPerson: { en: '«{person}» is no person of the config.', 'zh-CN': '配置中没有人员「{person}」。' },
  unknownSchedule: { en: '«{name}» is no schedule of the config.', 'zh-CN': '配置中没有排班「{name}」。' },
  feedOfOne: {
    en: 'A feed is of one schedule, with its role if you like, or of one person: give «schedule» or «person».',
    'zh-CN': '日历订阅属于一个排班（可指定角色）或一个人员：请给出「schedule」或「person」。',
  },
  feedOfOthers: {
    en: 'This token may share its own turns and schedules; an operator token may share the turns of others.',
    'zh-CN': '此令牌只能共享本人的班次与排班；操作员令牌才可共享他人的班次。',
  },
  feedTooOften: {
    en: 'This calendar is read too often. Read it again later.',
    'zh-CN': '此日历读取过于频繁，请稍后再读取。',
  },
  unknownPolicy: { en: '«{name}» is no policy of the config.', 'zh-CN': '配置中没有策略「{name}」。' },
  unknownTarget: { en: '«{name}» is no {kind} of the config.', 'zh-CN': '配置中没有 {kind}「{name}」。' },
  needsService: {
    en: '«{level} of the service» needs a service; name the person, team or schedule.',
    'zh-CN': '「{level} of the service」需要服务；请指定人员、团队或排班。',
  },
  notOnShift: { en: '{target} leads to nobody right now.', 'zh-CN': '「{target}」目前没有可呼叫的人员。' },
  unreachablePerson: {
    en: '{person} has no way to be reached in the config.',
    'zh-CN': '{person} 在配置中没有任何联系方式。',
  },
  pagedByHand: { en: '{by} asked for it by hand', 'zh-CN': '由 {by} 手动发起' },
  pagedAt: {
    en: '{person} was paged at {at}: step «{step}», round {round}.',
    'zh-CN': '{person} 于 {at} 被呼叫：步骤「{step}」，第 {round} 轮。',
  },
  pageFailed: {
    en: '{person} was paged in step «{step}», but could not be reached: {why} ({at}).',
    'zh-CN': '步骤「{step}」曾呼叫 {person}，但无法送达：{why}（{at}）。',
  },
  stepPassed: {
    en: '{person} was not paged: the escalation went past step «{step}» and ended in its fallback at {at}.',
    'zh-CN': '{person} 未被呼叫：升级越过了步骤「{step}」，并于 {at} 转到最后的兜底呼叫。',
  },
  turnOfAnother: {
    en: '{person} was not paged: in step «{step}» at {at} it was the turn of {others}.',
    'zh-CN': '{person} 未被呼叫：{at} 时步骤「{step}」轮到 {others}。',
  },
  snoozedBefore: {
    en: '{person} was not paged: {by} snoozed the case at {at} until {until}, before step «{step}».',
    'zh-CN': '{person} 未被呼叫：{by} 已于 {at} 暂停提醒至 {until}，早于步骤「{step}」。',
  },
  stepEmpty: {
    en: '{person} was not paged: nobody was on call for step «{step}» at {at}.',
    'zh-CN': '{person} 未被呼叫：{at} 时步骤「{step}」无人值班。',
  },
  stepCondition: {
    en: '{person} was not paged: at {at} the condition of step «{step}» was not met.',
    'zh-CN': '{person} 未被呼叫：{at} 时步骤「{step}」的条件未满足。',
  },
  notYet: {
    en: '{person} has not been paged yet: step «{step}» has not started.',
    'zh-CN': '{person} 尚未被呼叫：步骤「{step}」还未开始。',
  },
  acknowledgedBefore: {
    en: '{person} was not paged: {by} took the case at {at}, before step «{step}».',
    'zh-CN': '{person} 未被呼叫：{by} 已于 {at} 接手，早于步骤「{step}」。',
  },
  resolvedBefore: {
    en: '{person} was not paged: the case was resolved by {by} at {at}, before step «{step}».',
    'zh-CN': '{person} 未被呼叫：案例已由 {by} 于 {at} 解决，早于步骤「{step}」。',
  },
  mergedBefore: {
    en: '{person} was not paged: {by} made the case part of {into} at {at}, before step «{step}».',
    'zh-CN': '{person} 未被呼叫：{by} 已于 {at} 将案例并入 {into}，早于步骤「{step}」。',
  },
  belowBand: {
    en: 'Nobody was paged: {priority} does not escalate by policy «{policy}».',
    'zh-CN': '无人被呼叫：按策略「{policy}」，{priority} 不升级。',
  },
  nobodyByPolicy: {
    en: 'Nobody was paged: no policy applies to this case.',
    'zh-CN': '无人被呼叫：此案例没有适用的策略。',
  },
  changesForOthers: {
    en: 'This token may change its own shifts only; an operator token may change those of others.',
    'zh-CN': '此令牌只能更改自己的班次；操作员令牌才可更改他人的班次。',
  },
  changeDoesNotFit: {
    en: 'The change does not fit the shifts',
    'zh-CN': '该更改与班次不符',
  },
  noSuchRole: {
    en: 'Schedule «{schedule}» has no layer with the role {role}.',
    'zh-CN': '排班「{schedule}」没有角色为 {role} 的层。',
  },
  endsBeforeItBegins: {
    en: '«until» must be later than «from».',
    'zh-CN': '「until」必须晚于「from」。',
  },
  lastsTooLong: {
    en: 'A change lasts at most 400 days; change the schedule in the config instead.',
    'zh-CN': '一次更改最长 400 天；更长请在配置中修改排班。',
  },
  noSuchWatched: {
    en: 'No rule «{name}» is in mode monitor.',
    'zh-CN': '没有处于 monitor 模式的规则「{name}」。',
  },
  unknownService: {
    en: 'There is no service «{name}» in the config.',
    'zh-CN': '配置中没有服务「{name}」。',
  },
  unknownCalendar: {
    en: 'There is no calendar «{name}» in the config.',
    'zh-CN': '配置中没有日历「{name}」。',
  },
  ruleUnread: {
    en: 'The rule «{rule}» is not read; write FREQ=DAILY, WEEKLY or MONTHLY with INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS or WKST, such as FREQ=WEEKLY;BYDAY=FR; the end stands in «until».',
    'zh-CN':
      '无法读取规则「{rule}」；请写 FREQ=DAILY、WEEKLY 或 MONTHLY，可加 INTERVAL、BYDAY、BYMONTHDAY、BYMONTH、BYSETPOS 或 WKST，例如 FREQ=WEEKLY;BYDAY=FR；结束时间写在「until」中。',
  },
  ruleMissesFirst: {
    en: 'The rule «{rule}» does not begin with the stretch from {from}; let «from» be its first.',
    'zh-CN': '规则「{rule}」并非从 {from} 的时段开始；请让「from」为其首个时段。',
  },
  ruleOverlaps: {
    en: 'A stretch lasts longer than the rule «{rule}» lets it: the next would begin before it ends.',
    'zh-CN': '时段长于规则「{rule}」所允许：下一个会在其结束前开始。',
  },
  layersDoNotFit: { en: '{fault}', 'zh-CN': '{fault}' },
  swapOverlaps: {
    en: 'The two turns of a swap must not overlap.',
    'zh-CN': '换班的两段时间不能重叠。',
  },
  notTheirTurn: {
    en: '{person} does not have all of these hours on schedule «{schedule}»; look them up with GET /v1/oncall.',
    'zh-CN': '{person} 在排班「{schedule}」中并不拥有这段时间的全部；请用 GET /v1/oncall 查询。',
  },
  nothingKnown: {
    en: 'No config was known at {at}; ask as of a later instant.',
    'zh-CN': '在 {at} 时尚无配置；请查询更晚的时刻。',
  },
  windowTooLong: {
    en: 'The window must end after it begins, within 400 days.',
    'zh-CN': '时间窗必须先始后终，且不超过 400 天。',
  },
  mutedByWindow: {
    en: '{person} was not paged: muted by window «{window}» from {from}; step «{step}» was held back until {until}.',
    'zh-CN': '{person} 未被呼叫：自 {from} 起被维护窗口「{window}」静默；步骤「{step}」保留至 {until}。',
  },
  mutedByParent: {
    en: '{person} was not paged: quiet since {from} because case {parent} of service {by} is open; step «{step}» is held back until it closes.',
    'zh-CN':
      '{person} 未被呼叫：自 {from} 起因服务 {by} 的案例 {parent} 未关闭而静默；步骤「{step}」保留至其关闭。',
  },
  mutedByResolve: {
    en: '{person} was not paged: {by} said at {from} that it is over; step «{step}» is held back until the case closes at {until}.',
    'zh-CN': '{person} 未被呼叫：{by} 于 {from} 表示已恢复；步骤「{step}」保留，案例将于 {until} 关闭。',
  },
  onLeave: {
    en: '{person} was not paged: on leave from {from} until {until}, and nobody covered the turn on schedule {schedule}.',
    'zh-CN': '{person} 未被呼叫：{from} 至 {until} 休假，排班 {schedule} 中无人代班。',
  },
  offShift: {
    en: '{person} was not paged: on schedule {schedule}, but not on call then.',
    'zh-CN': '{person} 未被呼叫：在排班 {schedule} 中，但当时不值班。',
  },
  notATarget: {
    en: '{person} is no target of this case’s policy.',
    'zh-CN': '{person} 不在此案例的升级策略中。',
  },
} as const satisfies Record<string, Texts>;
