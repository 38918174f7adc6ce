import type { Texts } from '../texts.js';

/** What happened to a case, one sentence for each way it can happen; the full stop is put behind it. */
export const TIMELINE_TEXTS = {
  opened: {
    en: '{by} opened the case as {priority}: {because}',
    'zh-CN': '{by} 开启案例，优先级 {priority}：{because}',
  },
  openedByHand: {
    en: '{by} opened the case by hand as {priority} to page {targets}: «{subject}»',
    'zh-CN': '{by} 手动开启案例，优先级 {priority}，呼叫 {targets}：「{subject}」',
  },
  openedBySplit: {
    en: '{by} split the case off case {from} as {priority}: {because}',
    'zh-CN': '{by} 从案例 {from} 拆分出此案例，优先级 {priority}：{because}',
  },
  ofService: { en: '; service {service}', 'zh-CN': '；服务 {service}' },
  ungrouped: { en: '; {why}', 'zh-CN': '；{why}' },
  ofGroup: { en: '; {because}', 'zh-CN': '；{because}' },
  updated: { en: '{by} sent {events}', 'zh-CN': '{by} 发来 {events}' },
  updatedLate: {
    en: '{by} sent {events}, {late} of them later than newer ones',
    'zh-CN': '{by} 发来 {events}，其中 {late} 条晚于更新的事件到达',
  },
  oneEvent: { en: '1 update', 'zh-CN': '1 条更新' },
  events: { en: '{n} updates', 'zh-CN': '{n} 条更新' },
  ignored: { en: 'An event of {by} was ignored: {why}', 'zh-CN': '忽略了 {by} 的一条事件：{why}' },
  answerIgnored: {
    en: 'The answer of {person} at {at} was refused: {why}',
    'zh-CN': '{person} 在 {at} 的回应被拒绝：{why}',
  },
  raised: {
    en: 'Priority raised from {from} to {to}',
    'zh-CN': '优先级由 {from} 升为 {to}',
  },
  lowered: {
    en: 'Priority lowered from {from} to {to}',
    'zh-CN': '优先级由 {from} 降为 {to}',
  },
  pinned: {
    en: '{by} pinned the priority to {priority}: «{reason}»',
    'zh-CN': '{by} 将优先级固定为 {priority}：「{reason}」',
  },
  pinnedUntil: {
    en: '{by} pinned the priority to {priority} until {until}: «{reason}»',
    'zh-CN': '{by} 将优先级固定为 {priority}，至 {until}：「{reason}」',
  },
  unpinned: { en: '{by} freed the priority', 'zh-CN': '{by} 取消固定优先级' },
  pinEnded: { en: 'The time of the pinned priority is over', 'zh-CN': '固定优先级的期限已到' },

  started: {
    en: 'The escalation begins by policy «{policy}» with {steps}',
    'zh-CN': '按策略「{policy}」开始升级，共 {steps}',
  },
  startedByHand: { en: 'The escalation begins with {steps}', 'zh-CN': '开始升级，共 {steps}' },
  oneStep: { en: '1 step', 'zh-CN': '1 步' },
  steps: { en: '{n} steps', 'zh-CN': '{n} 步' },
  noPolicy: { en: 'Nobody is paged: no policy applies', 'zh-CN': '不呼叫任何人：没有适用的策略' },
  belowBand: {
    en: 'Nobody is paged: {priority} does not escalate by policy «{policy}»',
    'zh-CN': '不呼叫任何人：按策略「{policy}」，{priority} 不升级',
  },
  breachPagesNobody: {
    en: 'The missed promise ({clocks}) pages nobody: {why}',
    'zh-CN': '承诺超时（{clocks}）未呼叫任何人：{why}',
  },
  notStarted: { en: 'Nobody is paged: {why}', 'zh-CN': '不呼叫任何人：{why}' },

  step: {
    en: 'Step {n} of {steps} «{name}» pages {persons}',
    'zh-CN': '第 {n} 步（共 {steps} 步）「{name}」呼叫 {persons}',
  },
  inRound: { en: ', round {round}', 'zh-CN': '，第 {round} 轮' },
  goesOn: { en: '; without an answer it goes on in {wait}', 'zh-CN': '；若无人回应，{wait}后继续' },
  inTurn: { en: '; it is their turn in team {of}', 'zh-CN': '；按团队 {of} 的轮流顺序' },
  conditionErred: {
    en: '; its condition could not be evaluated and counts as met: {error}',
    'zh-CN': '；其条件无法求值，视为满足：{error}',
  },
  skippedEmpty: {
    en: 'Step {n} «{name}» is skipped: {targets} leads to nobody now',
    'zh-CN': '跳过第 {n} 步「{name}」：{targets} 目前没有可呼叫的人员',
  },
  skippedCondition: {
    en: 'Step {n} «{name}» is skipped: its condition «{when}» is not met',
    'zh-CN': '跳过第 {n} 步「{name}」：其条件「{when}」未满足',
  },
  leftUnreachable: {
    en: 'Step {n} «{name}» is left at once: nobody of it can be reached',
    'zh-CN': '立即离开第 {n} 步「{name}」：其中无人可以送达',
  },
  held: {
    en: 'Step {n} «{name}» waits for its condition «{when}»; looked at again at {at}',
    'zh-CN': '第 {n} 步「{name}」等待条件「{when}」；{at} 再次检查',
  },
  round: {
    en: 'Round {round} begins, again from step «{from}»',
    'zh-CN': '第 {round} 轮开始，从步骤「{from}」重新进行',
  },
  fallback: { en: 'The fallback is paged: {persons}', 'zh-CN': '呼叫兜底人员：{persons}' },
  fallbackAgain: { en: 'The fallback is reminded: {persons}', 'zh-CN': '再次提醒兜底人员：{persons}' },
  'exhausted.ended': {
    en: 'Nobody has answered in any step: only the fallback is left',
    'zh-CN': '所有步骤均无人回应：只剩兜底呼叫',
  },
  'exhausted.all-empty': {
    en: 'No step leads to anybody now: only the fallback is left',
    'zh-CN': '目前没有步骤能呼叫到人：只剩兜底呼叫',
  },
  'exhausted.no-policy': {
    en: 'No policy applies: only the last resort is left',
    'zh-CN': '没有适用的策略：只剩最后的兜底呼叫',
  },
  'exhausted.fallback.empty': {
    en: 'The fallback leads to nobody: nobody is asked',
    'zh-CN': '兜底呼叫没有可呼叫的人员：无人被通知',
  },
  'exhausted.fallback.unreachable': {
    en: 'Nobody of the fallback can be reached',
    'zh-CN': '兜底人员均无法送达',
  },
  andNobody: { en: ', which leads to nobody', 'zh-CN': '，但没有可呼叫的人员' },
  migrated: {
    en: '{by} moved the escalation from revision {from} to {to}: from step «{before}» to «{after}»',
    'zh-CN': '{by} 将升级从版本 {from} 迁移到 {to}：由步骤「{before}」到「{after}」',
  },

  suppressed: { en: 'Quiet: {why}', 'zh-CN': '静默：{why}' },
  suppressedUntil: { en: 'Quiet until {until}: {why}', 'zh-CN': '静默至 {until}：{why}' },
  heldBack: { en: '; held back: {step}', 'zh-CN': '；暂缓：{step}' },
  ofStep: { en: 'step «{name}»', 'zh-CN': '步骤「{name}」' },
  suppressionEnded: {
    en: 'Quiet no longer, after {duration} ({why}): what was held back goes on',
    'zh-CN': '静默 {duration}后结束（{why}）：暂缓的呼叫继续',
  },

  acknowledged: { en: '{by} took the case{via}', 'zh-CN': '{by} 接手了案例{via}' },
  notPaged: { en: '; they had not been paged', 'zh-CN': '；此人并未被呼叫' },
  reminded: {
    en: '{owner}, who has had the case since {since}, is reminded',
    'zh-CN': '提醒自 {since} 起负责案例的 {owner}',
  },
  nobodyToRemind: {
    en: '{owner}, who has had the case since {since}, is no person and cannot be reminded',
    'zh-CN': '{owner} 自 {since} 起负责案例，但并非人员，无法提醒',
  },
  reopensAt: {
    en: '; without a word it escalates again at {at}',
    'zh-CN': '；若无回应，将于 {at} 重新升级',
  },
  confirmed: {
    en: '{by} is still on it, asked at {at}',
    'zh-CN': '{by} 仍在处理（{at} 曾提醒）',
  },
  takenBack: {
    en: '{was} has had the case since {since} and did not answer: it escalates again',
    'zh-CN': '{was} 自 {since} 起负责案例但没有回应：重新升级',
  },
  reopened: { en: '{by} opened the case again', 'zh-CN': '{by} 重新打开了案例' },
  hadResolved: { en: '; {was} had resolved it', 'zh-CN': '；此前由 {was} 解决' },
  escalated: { en: '{by} asked for the next step{via}', 'zh-CN': '{by} 请求进入下一步{via}' },
  escalatedBySla: {
    en: 'The missed promise ({clock}) asks for the next step',
    'zh-CN': '承诺超时（{clock}），请求进入下一步',
  },
  ownerTimes: {
    en: '{by} gave {owner} other times until {until}: «{reason}»',
    'zh-CN': '{by} 为 {owner} 改用其他时限，至 {until}：「{reason}」',
  },
  ownerRemindedAfter: { en: '; reminded after {after}', 'zh-CN': '；{after}无回应即提醒' },
  ownerNotReminded: { en: '; never reminded', 'zh-CN': '；不提醒' },
  ownerLosesAfter: { en: ', taken back after {after}', 'zh-CN': '，{after}无回应即重新升级' },
  ownerKeeps: { en: ', never taken back', 'zh-CN': '，不重新升级' },
  refiled: {
    en: 'The case is filed under «{to}», which «{from}» has become by revision {revision}',
    'zh-CN': '案例改归类别「{to}」：版本 {revision} 中「{from}」已改为该类别',
  },
  snoozed: {
    en: '{by} wants silence until {until}: «{reason}»',
    'zh-CN': '{by} 暂停提醒至 {until}：「{reason}」',
  },
  snoozeOver: { en: 'The silence that {who} wanted is over', 'zh-CN': '{who} 设置的暂停提醒已到期' },
  snoozeBroken: {
    en: 'The case is more urgent now: the silence that {who} wanted ends',
    'zh-CN': '案例变得更紧急：{who} 设置的暂停提醒结束',
  },
  snoozeEndedBy: {
    en: '{by} ended the silence that {who} wanted',
    'zh-CN': '{by} 结束了 {who} 设置的暂停提醒',
  },
  reassigned: {
    en: '{by} hands the case to {to}; paged: {persons}',
    'zh-CN': '{by} 将案例转交 {to}；呼叫 {persons}',
  },
  responderAdded: {
    en: '{by} asks {person} for help, who is paged',
    'zh-CN': '{by} 请 {person} 协助，并呼叫此人',
  },
  responderJoined: { en: '{by} joined {owner}', 'zh-CN': '{by} 加入，协助 {owner}' },
  merged: { en: '{by} made this case part of case {into}', 'zh-CN': '{by} 将此案例并入案例 {into}' },
  unmerged: {
    en: '{by} took the merge into case {from} back: the case is its own again',
    'zh-CN': '{by} 撤销了并入案例 {from} 的合并：此案例恢复独立',
  },
  pagesRepeated: {
    en: 'Paged again in step «{name}»: {persons}',
    'zh-CN': '步骤「{name}」再次呼叫：{persons}',
  },

  resolved: { en: '{by} resolved the case{via}', 'zh-CN': '{by} 解决了案例{via}' },
  graceOver: {
    en: 'Resolved: {by} said at {since} that it is over, and nothing was raised since',
    'zh-CN': '已解决：{by} 于 {since} 表示已恢复，此后没有再触发',
  },
  inactive: {
    en: 'Resolved: nothing was heard of it since {at}',
    'zh-CN': '已解决：自 {at} 起没有任何消息',
  },
  goesOnAs: { en: 'The case goes on as case {into}', 'zh-CN': '案例并入案例 {into} 继续处理' },
  codeOf: { en: '; {code}', 'zh-CN': '；{code}' },
  causeOf: { en: '; cause: «{cause}»', 'zh-CN': '；原因：「{cause}」' },
  replyOf: { en: '; reply to the customer: «{reply}»', 'zh-CN': '；回复客户：「{reply}」' },
  noted: { en: '{by} noted: «{note}»', 'zh-CN': '{by} 备注：「{note}」' },
  resolveAwaited: {
    en: '{by} said that it is over; the case closes at {at} unless it is raised again',
    'zh-CN': '{by} 表示已恢复；若不再触发，案例将于 {at} 关闭',
  },
  resolveWithdrawn: {
    en: '{by} raised it again, {duration} after it said that it is over',
    'zh-CN': '{by} 表示恢复 {duration}后再次触发',
  },
  ticketJoined: {
    en: 'Ticket «{ticket}» of {source} joined, the case has {tickets}: {because}',
    'zh-CN': '{source} 的工单「{ticket}」加入，案例现有 {tickets}：{because}',
  },
  oneTicket: { en: '1 ticket', 'zh-CN': '1 个工单' },
  tickets: { en: '{n} tickets', 'zh-CN': '{n} 个工单' },
  groupFull: { en: 'The case has {tickets}: {because}', 'zh-CN': '案例现有 {tickets}：{because}' },
  clearedOthers: {
    en: 'Ticket «{ticket}» of {source} is over; the case goes on with {open}',
    'zh-CN': '{source} 的工单「{ticket}」已结束；案例因 {open} 未结束而继续',
  },
  clearedFlapping: {
    en: 'Ticket «{ticket}» of {source} is over; the case stays open because it flaps',
    'zh-CN': '{source} 的工单「{ticket}」已结束；案例因抖动保持打开',
  },
  caseJoined: {
    en: 'Case {case} became part of this one: {because}',
    'zh-CN': '案例 {case} 并入此案例：{because}',
  },
  flap: { en: 'Rule «{rule}»: {because}', 'zh-CN': '规则「{rule}」：{because}' },
  ticketsCame: {
    en: '{by} brought {tickets} from case {from}{via}: {named}',
    'zh-CN': '{by} 从案例 {from} 移入 {tickets}{via}：{named}',
  },
  ticketsCameBack: {
    en: '{by} took a change back, {tickets} came back from case {from}{via}: {named}',
    'zh-CN': '{by} 撤销更改，{tickets}从案例 {from} 返回{via}：{named}',
  },
  ticketsWent: {
    en: '{by} moved {tickets} to case {to}{via}: {named}',
    'zh-CN': '{by} 将 {tickets}移到案例 {to}{via}：{named}',
  },
  ticketsWentBack: {
    en: '{by} took a change back, {tickets} went back to case {to}{via}: {named}',
    'zh-CN': '{by} 撤销更改，{tickets}回到案例 {to}{via}：{named}',
  },

  attempt: {
    en: '{channel} to {person} ({method}): {state}',
    'zh-CN': '发给 {person}（{channel}，{method}）：{state}',
  },
  attemptOf: {
    en: '{channel} to {person} ({method}), try {n}: {state}',
    'zh-CN': '发给 {person}（{channel}，{method}），第 {n} 次：{state}',
  },
  why: { en: ', {why}', 'zh-CN': '，{why}' },
  marked: { en: '; marked as a possible repeat', 'zh-CN': '；标明可能重复' },
  unreachable: { en: '{person} cannot be reached: {why}', 'zh-CN': '{person} 无法送达：{why}' },

  slaStarted: {
    en: 'Promised by «{policy}» at {priority}, in calendar {calendar}: {dues}',
    'zh-CN': '按「{policy}」对 {priority} 的承诺，日历 {calendar}：{dues}',
  },
  dueAt: { en: '{clock} by {at}', 'zh-CN': '{at} 前{clock}' },
  noDue: { en: '{clock} without a time at this priority', 'zh-CN': '{clock}在此优先级无时限' },
  slaMoved: { en: '{because} ({clocks})', 'zh-CN': '{because}（{clocks}）' },
  atRisk: {
    en: 'At risk: {clocks} of «{policy}», {target} of working time, due {at}',
    'zh-CN': '有超时风险：「{policy}」的{clocks}，时限 {target}，截止 {at}',
  },
  atRiskPaused: {
    en: 'At risk: {clocks} of «{policy}», {target} of working time; the clock stands still now',
    'zh-CN': '有超时风险：「{policy}」的{clocks}，时限 {target}；目前计时暂停',
  },
  breached: {
    en: 'Missed: {clocks} of «{policy}», {target} of working time, was due {at}',
    'zh-CN': '已超时：「{policy}」的{clocks}，时限 {target}，应于 {at} 前完成',
  },
  slaMet: {
    en: 'Kept: {clocks} of «{policy}», by {by}',
    'zh-CN': '已履行：「{policy}」的{clocks}，由 {by} 完成',
  },
  slaMissed: {
    en: 'Done too late: {clocks} of «{policy}», by {by}',
    'zh-CN': '超时完成：「{policy}」的{clocks}，由 {by} 完成',
  },
} as const satisfies Record<string, Texts>;
