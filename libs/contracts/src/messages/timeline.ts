import type { Texts } from '../texts.js';

/** The words that the sentences of the timeline are put together from. */
export const TIMELINE_WORDS = {
  stop: { en: '.', 'zh-CN': '。' },
  comma: { en: ', ', 'zh-CN': '、' },
  with: { en: '{name} ({more})', 'zh-CN': '{name}（{more}）' },
  quoted: { en: '«{text}»', 'zh-CN': '「{text}」' },
  via: { en: ' (via {via})', 'zh-CN': '（通过 {via}）' },
  because: { en: ': {because}', 'zh-CN': '：{because}' },
  hadIt: { en: '; {was} had it', 'zh-CN': '；此前由 {was} 负责' },
  more: { en: ' and {more} more', 'zh-CN': '，另有 {more} 个' },
  nobody: { en: 'nobody', 'zh-CN': '无人' },
  tocsin: { en: 'Tocsin', 'zh-CN': 'Tocsin' },
  everyone: { en: 'everyone', 'zh-CN': '所有人' },
  fallback: { en: 'fallback', 'zh-CN': '兜底呼叫' },
  team: { en: 'team {name}', 'zh-CN': '团队 {name}' },
  schedule: { en: 'schedule {name}', 'zh-CN': '排班 {name}' },
  layer: { en: 'schedule {name}, layer {layer}', 'zh-CN': '排班 {name} 的层 {layer}' },
  override: { en: 'schedule {name}, override {change}', 'zh-CN': '排班 {name}，临时代班 {change}' },
  swap: { en: 'schedule {name}, swap {change}', 'zh-CN': '排班 {name}，换班 {change}' },
  temporary: {
    en: 'schedule {name}, temporary {change}',
    'zh-CN': '排班 {name}，临时排班 {change}',
  },
  rung: { en: '{level} of {service}', 'zh-CN': '{service} 的 {level}' },
  rungVia: { en: '{rung}: {via}', 'zh-CN': '{rung}：{via}' },
  mergeUndone: { en: 'merge taken back', 'zh-CN': '合并已撤销' },
  seconds: { en: '{n} s', 'zh-CN': '{n} 秒' },
  minutes: { en: '{n} min', 'zh-CN': '{n} 分钟' },
  hours: { en: '{n} h', 'zh-CN': '{n} 小时' },
  days: { en: '{n} d', 'zh-CN': '{n} 天' },
  part: { en: '{a} {b}', 'zh-CN': '{a} {b}' },
} as const satisfies Record<string, Texts>;

/** What the promises of an SLA are about. */
export const CLOCK_WORDS = {
  acknowledge: { en: 'acknowledgement', 'zh-CN': '接手' },
  'first-response': { en: 'first response', 'zh-CN': '首次响应' },
  'next-update': { en: 'next update', 'zh-CN': '下次更新' },
  resolve: { en: 'resolution', 'zh-CN': '解决' },
} as const satisfies Record<string, Texts>;

/** The ways by which a person is reached. */
export const CHANNEL_WORDS = {
  webhook: { en: 'Webhook', 'zh-CN': 'Webhook' },
  email: { en: 'E-mail', 'zh-CN': '邮件' },
  sandbox: { en: 'Sandbox phone', 'zh-CN': '沙盒手机' },
  push: { en: 'Push', 'zh-CN': '推送' },
  sms: { en: 'SMS', 'zh-CN': '短信' },
  call: { en: 'Call', 'zh-CN': '语音' },
} as const satisfies Record<string, Texts>;

/** What became of one sending of a page. */
export const ATTEMPT_WORDS = {
  planned: { en: 'planned', 'zh-CN': '已计划' },
  leased: { en: 'about to be sent', 'zh-CN': '即将发送' },
  handed: { en: 'handed over, no answer yet', 'zh-CN': '已交出，尚无回应' },
  accepted: { en: 'accepted for delivery', 'zh-CN': '已被接收，等待送达' },
  delivered: { en: 'delivered', 'zh-CN': '已送达' },
  failed: { en: 'failed', 'zh-CN': '失败' },
  unknown: { en: 'not known whether it arrived', 'zh-CN': '不确定是否送达' },
  cancelled: { en: 'not sent', 'zh-CN': '未发送' },
  suppressed: { en: 'held back', 'zh-CN': '暂缓' },
} as const satisfies Record<string, Texts>;

/** Why a sending had no success, by what notification writes; what follows a colon stays as the channel said it. */
export const DELIVERY_REASONS: Readonly<Record<string, Texts>> = {
  acknowledged: { en: 'somebody took the case', 'zh-CN': '案例已有人接手' },
  resolved: { en: 'the case is resolved', 'zh-CN': '案例已解决' },
  cancelled: { en: 'the case is part of another', 'zh-CN': '案例已并入另一案例' },
  restarted: { en: 'the escalation has moved on', 'zh-CN': '升级已有新进展' },
  snoozed: { en: 'the case is snoozed', 'zh-CN': '案例已暂停提醒' },
  'answered before it was sent': { en: 'answered before it was sent', 'zh-CN': '发送前已有回应' },
  'no answer before the deadline': { en: 'no answer before the deadline', 'zh-CN': '期限内没有回应' },
  'no connection before the deadline': {
    en: 'no connection before the deadline',
    'zh-CN': '期限内无法建立连接',
  },
  'the contact method no longer exists': {
    en: 'the contact method no longer exists',
    'zh-CN': '该联系方式已不存在',
  },
  'its process died or lost its lease': {
    en: 'its process died or lost its lease',
    'zh-CN': '发送进程中断或失去租约',
  },
  'the mail server did not finish before the deadline': {
    en: 'the mail server did not finish before the deadline',
    'zh-CN': '邮件服务器未在期限内完成',
  },
  'no mail server': { en: 'no mail server', 'zh-CN': '未配置邮件服务器' },
  'not reached': { en: 'not reached', 'zh-CN': '无法连接' },
  'no answer after the request was sent': {
    en: 'no answer after the request was sent',
    'zh-CN': '请求发出后没有回应',
  },
  'address refused': { en: 'address refused', 'zh-CN': '地址被拒绝' },
  'sandbox phone': { en: 'sandbox phone', 'zh-CN': '沙盒手机' },
  'the channel failed': { en: 'the channel failed', 'zh-CN': '渠道故障' },
  'not in the config': { en: 'not in the config', 'zh-CN': '不在配置中' },
  'no-methods': { en: 'no contact method', 'zh-CN': '没有联系方式' },
  'no-rule': { en: 'no personal rule for this priority', 'zh-CN': '没有适用于此优先级的个人规则' },
  'all ways failed': { en: 'all ways failed', 'zh-CN': '所有方式均失败' },
};

/** Why what was asked for did not happen: reasons of the engine and of triage by their names. */
export const STAYED_REASONS: Readonly<Record<string, Texts>> = {
  answered: { en: 'it has just been answered', 'zh-CN': '刚刚有人回应' },
  'already-acknowledged': { en: 'somebody else has the case', 'zh-CN': '案例已由他人接手' },
  'already-resolved': { en: 'the case is resolved', 'zh-CN': '案例已解决' },
  'stale-epoch': { en: 'the case has moved on since', 'zh-CN': '此后案例已有新进展' },
  'no-policy': { en: 'no policy applies', 'zh-CN': '没有适用的策略' },
  'just-escalated': { en: 'the next step was asked for a moment ago', 'zh-CN': '刚刚已请求进入下一步' },
  'unknown-case': { en: 'there is no such case', 'zh-CN': '没有此案例' },
  'other-version': { en: 'the case has changed meanwhile', 'zh-CN': '案例在此期间已变更' },
  joined: { en: 'the case is part of another', 'zh-CN': '案例已并入另一案例' },
  merged: { en: 'the case is part of another', 'zh-CN': '案例已并入另一案例' },
  'unfit-resolution': {
    en: 'the config asks for more to be said of how it ended',
    'zh-CN': '配置要求说明更多结案信息',
  },
  late: { en: 'older than what is known of the ticket', 'zh-CN': '早于工单已知的内容' },
  'after-resolve': { en: 'older than the end of the ticket', 'zh-CN': '早于工单的结束' },
  'no-open-case': { en: 'the ticket has no open case', 'zh-CN': '工单没有未关闭的案例' },
};

/** Why no grouping rule places a case. */
export const UNGROUPED_REASONS: Readonly<Record<string, Texts>> = {
  'no-rule-matches': { en: 'no grouping rule matches', 'zh-CN': '没有匹配的分组规则' },
  'nothing-said': {
    en: 'not grouped, for nothing is said of any part of the key',
    'zh-CN': '未分组：分组键的各部分均未提供',
  },
  'key-errs': {
    en: 'not grouped, for the key cannot be evaluated',
    'zh-CN': '未分组：分组键无法求值',
  },
  'taken-out': {
    en: 'not grouped, for a person has taken the ticket out',
    'zh-CN': '未分组：工单已由人员移出',
  },
};

/** What keeps a case quiet. */
export const QUIET_WORDS = {
  window: { en: 'maintenance window «{name}»', 'zh-CN': '维护窗口「{name}」' },
  resolving: { en: 'source {name} has said that it is over', 'zh-CN': '来源 {name} 已表示恢复' },
  parent: { en: 'case {id} of service {name} is open', 'zh-CN': '服务 {name} 的案例 {id} 未关闭' },
} as const satisfies Record<string, Texts>;

/** Each type of event when its facts cannot be read, such as those of a release from before they were kept. */
export const TIMELINE_TITLES = {
  CaseOpened: { en: 'Case opened', 'zh-CN': '案例开启' },
  CaseUpdated: { en: 'Case updated', 'zh-CN': '案例更新' },
  EventIgnored: { en: 'Event ignored', 'zh-CN': '事件被忽略' },
  PriorityChanged: { en: 'Priority changed', 'zh-CN': '优先级变更' },
  PriorityPinned: { en: 'Priority pinned', 'zh-CN': '优先级被固定' },
  PriorityUnpinned: { en: 'Priority no longer pinned', 'zh-CN': '优先级不再固定' },
  EscalationStarted: { en: 'Escalation started', 'zh-CN': '升级开始' },
  EscalationNotStarted: { en: 'Nobody is paged', 'zh-CN': '无人被呼叫' },
  StepStarted: { en: 'A step pages', 'zh-CN': '步骤发起呼叫' },
  StepSkipped: { en: 'A step is skipped', 'zh-CN': '步骤被跳过' },
  StepHeld: { en: 'A step waits for its condition', 'zh-CN': '步骤等待其条件' },
  RoundStarted: { en: 'The next round begins', 'zh-CN': '下一轮开始' },
  FallbackPaged: { en: 'The fallback is paged', 'zh-CN': '呼叫兜底人员' },
  EscalationExhausted: { en: 'Escalation exhausted', 'zh-CN': '升级已走完' },
  EscalationMigrated: { en: 'Escalation moved to another revision', 'zh-CN': '升级迁移到另一版本' },
  EscalationSuppressed: { en: 'Escalation kept quiet', 'zh-CN': '升级被静默' },
  SuppressionEnded: { en: 'No longer quiet', 'zh-CN': '静默结束' },
  CaseAcknowledged: { en: 'Case taken', 'zh-CN': '案例已接手' },
  CaseResolved: { en: 'Case resolved', 'zh-CN': '案例已解决' },
  CaseReopened: { en: 'Case opened again', 'zh-CN': '案例重新打开' },
  CaseEscalated: { en: 'Next step asked for', 'zh-CN': '请求进入下一步' },
  NoteAdded: { en: 'Note', 'zh-CN': '备注' },
  AttemptRecorded: { en: 'Page sent', 'zh-CN': '发送呼叫' },
  PageUnreachable: { en: 'Person not reached', 'zh-CN': '人员无法送达' },
  SlaStarted: { en: 'Promise begins', 'zh-CN': '承诺开始' },
  SlaPaused: { en: 'Clocks stand still', 'zh-CN': '计时暂停' },
  SlaResumed: { en: 'Clocks run again', 'zh-CN': '计时恢复' },
  SlaAtRisk: { en: 'Promise at risk', 'zh-CN': '承诺有超时风险' },
  SlaBreached: { en: 'Promise missed', 'zh-CN': '承诺超时' },
  SlaEnded: { en: 'Promise over', 'zh-CN': '承诺结束' },
  OwnerReminded: { en: 'Owner reminded', 'zh-CN': '提醒负责人' },
  OwnershipConfirmed: { en: 'Owner is still on it', 'zh-CN': '负责人仍在处理' },
  CaseSnoozed: { en: 'Case snoozed', 'zh-CN': '案例暂停提醒' },
  OwnerTimesChanged: { en: 'Times for the owner changed', 'zh-CN': '负责人时限变更' },
  SnoozeEnded: { en: 'Snooze over', 'zh-CN': '暂停提醒结束' },
  CaseReassigned: { en: 'Case handed over', 'zh-CN': '案例转交' },
  ResponderAdded: { en: 'Responder asked', 'zh-CN': '请求协助' },
  ResponderJoined: { en: 'Responder joined', 'zh-CN': '协助者加入' },
  ResolveAwaited: { en: 'End said by the source', 'zh-CN': '来源表示已恢复' },
  ResolveWithdrawn: { en: 'End taken back by the source', 'zh-CN': '来源撤回恢复' },
  TicketJoined: { en: 'Ticket joined', 'zh-CN': '工单加入' },
  TicketCleared: { en: 'Ticket over', 'zh-CN': '工单结束' },
  GroupFull: { en: 'Further tickets are counted only', 'zh-CN': '其余工单只计数' },
  CaseJoined: { en: 'Another case became part of this one', 'zh-CN': '另一案例并入' },
  FlapStarted: { en: 'Flapping', 'zh-CN': '抖动开始' },
  FlapEnded: { en: 'No longer flapping', 'zh-CN': '抖动结束' },
  CaseMerged: { en: 'Case merged', 'zh-CN': '案例被合并' },
  CaseUnmerged: { en: 'Merge taken back', 'zh-CN': '合并已撤销' },
  PagesRepeated: { en: 'Paged again', 'zh-CN': '再次呼叫' },
  TicketsJoined: { en: 'Tickets came', 'zh-CN': '工单移入' },
  CaseRefiled: { en: 'Case filed under another category', 'zh-CN': '案例改归其他类别' },
  TicketsLeft: { en: 'Tickets went', 'zh-CN': '工单移出' },
} as const satisfies Record<string, Texts>;
