import type { Texts } from '../texts.js';

/** What the schema says of an outgoing webhook that it refuses. */
export const OUTGOING_SHAPE_TEXTS = {
  rate: {
    en: 'at most so many requests: 10/s, 100/m or 500/h',
    'zh-CN': '请求的最高频率：10/s、100/m 或 500/h',
  },
  url: {
    en: 'a whole URL that begins with https:// (or http://)',
    'zh-CN': '以 https://（或 http://）开头的完整网址',
  },
  event: {
    en: 'nothing that happens is called «{text}»; docs/outgoing-webhooks.md lists the types, such as case.opened or case.*',
    'zh-CN': '没有名为「{text}」的事件；类型见 docs/outgoing-webhooks.md，例如 case.opened 或 case.*',
  },
} as const satisfies Record<string, Texts>;

/** What lint and the API say of outgoing webhooks. */
export const OUTGOING_TEXTS = {
  whenNow: {
    en: 'an outgoing webhook looks at the case alone; «now» has no meaning here',
    'zh-CN': '对外 webhook 只看案例本身；「now」在此没有意义',
  },
  urlHoldsPassword: {
    en: 'leave user and password out of the URL; requests are signed with the secret',
    'zh-CN': '请勿在网址中写用户名与密码；请求会用密钥签名',
  },
  stopped: { en: 'The webhook is paused or disabled', 'zh-CN': '该 webhook 已暂停或停用' },
  beingSent: { en: 'The delivery is being sent now', 'zh-CN': '该投递正在发送' },
  noSecret: {
    en: 'none of its secrets can be used: {fault}',
    'zh-CN': '没有可用的密钥：{fault}',
  },
  removed: { en: 'the webhook is no longer in the config', 'zh-CN': '该 webhook 已不在配置中' },
} as const satisfies Record<string, Texts>;

/** The commands about outgoing webhooks. */
export const WEBHOOK_COMMAND_TEXTS = {
  webhooks: {
    en: 'outgoing webhooks: who is told of what happens, and what became of it',
    'zh-CN': '对外 webhook：向谁通知发生的事，以及结果',
  },
  webhooksList: {
    en: 'list them, with what waits, what is dead and why one is stopped',
    'zh-CN': '列出全部，以及等待、失败的投递与停用原因',
  },
  webhooksLog: {
    en: 'show deliveries, the newest first: tries, answers, the next try',
    'zh-CN': '查看投递记录（最新的在前）：尝试、应答与下次尝试',
  },
  webhooksReplay: {
    en: 'send deliveries again under the same webhook-id: one by its id, or those of a span',
    'zh-CN': '以相同的 webhook-id 重新发送：按编号的一条，或一段时间内的全部',
  },
  webhooksPause: {
    en: 'send nothing until it is resumed; what happens meanwhile is kept',
    'zh-CN': '暂停发送直至恢复；其间的事件会保留',
  },
  webhooksResume: {
    en: 'send again, what was kept first; also after a 410',
    'zh-CN': '恢复发送，先发保留的事件；也用于 410 之后',
  },
  webhooksTest: {
    en: 'send a test event and say what was answered',
    'zh-CN': '发送一个测试事件并显示应答',
  },
  optDeliveryState: {
    en: 'only those in this state: waiting, sending, delivered or dead',
    'zh-CN': '仅显示该状态：waiting、sending、delivered 或 dead',
  },
  optReplayFrom: {
    en: 'of events from this instant on (ISO 8601)',
    'zh-CN': '事件时间的起点（ISO 8601）',
  },
  optReplayTo: { en: 'of events before this instant (ISO 8601)', 'zh-CN': '事件时间的终点（ISO 8601）' },
  replayed: { en: '{replayed} deliveries are sent again', 'zh-CN': '将重新发送 {replayed} 条投递' },
  replayWhat: {
    en: 'Say which: the id of a delivery, or --from and --to',
    'zh-CN': '请指明投递编号，或使用 --from 与 --to',
  },
  tested: { en: 'answered: {outcome}', 'zh-CN': '应答：{outcome}' },
  testNotOver: {
    en: 'not over yet; look at: tocsin webhooks log {name}',
    'zh-CN': '尚未完成；请查看：tocsin webhooks log {name}',
  },
} as const satisfies Record<string, Texts>;
