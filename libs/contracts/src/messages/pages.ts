import type { Texts } from '../texts.js';

/** What a page, the answer page and the sandbox phone say. Places are filled with `say`. */
export const PAGE_TEXTS = {
  headline: {
    en: '[{priority}] {service}{title} (case {case})',
    'zh-CN': '[{priority}] {service}{title}（案例 {case}）',
  },
  servicePrefix: { en: '{service}: ', 'zh-CN': '{service}：' },
  restrictedTitle: {
    en: 'restricted case, category {category}',
    'zh-CN': '受限案例，类别 {category}',
  },
  unknownCategory: { en: 'not known', 'zh-CN': '未知' },
  possibleRepeat: {
    en: 'POSSIBLE REPEAT: an earlier copy of this page may have reached you.',
    'zh-CN': '可能重复：您可能已收到过此通知。',
  },
  because: { en: 'Why {priority}: {because}', 'zh-CN': '为何是 {priority}：{because}' },
  whyYou: {
    en: 'Why you: policy {policy}, step {step} of {steps} ({stepName}), round {round}.',
    'zh-CN': '为何通知您：策略 {policy}，第 {step} 步，共 {steps} 步（{stepName}），第 {round} 轮。',
  },
  whyYouFallback: {
    en: 'Why you: policy {policy}, fallback after all steps, round {round}.',
    'zh-CN': '为何通知您：策略 {policy}，所有步骤之后的兜底，第 {round} 轮。',
  },
  whyYouReminder: {
    en: 'Reminder: you took this case. Press «Take it» if you are still on it.',
    'zh-CN': '提醒：此案例由您接手。若仍在处理，请按「接手处理」。',
  },
  whyYouResponder: {
    en: 'Why you: {by} asks for your help.',
    'zh-CN': '为何通知您：{by} 请您协助。',
  },
  whyYouOwner: {
    en: 'Why you: {by} hands this case to you.',
    'zh-CN': '为何通知您：{by} 将此案例转交给您。',
  },
  age: { en: 'Waiting for an answer since {age}.', 'zh-CN': '已等待回应 {age}。' },
  next: { en: 'Next step in {wait}, unless somebody answers.', 'zh-CN': '若无人回应，{wait}后进入下一步。' },
  acknowledge: { en: 'Take it: {url}', 'zh-CN': '接手处理：{url}' },
  link: { en: 'Ticket: {url}', 'zh-CN': '工单：{url}' },
  seconds: { en: '{n} s', 'zh-CN': '{n} 秒' },
  minutes: { en: '{n} min', 'zh-CN': '{n} 分钟' },
  hours: { en: '{n} h', 'zh-CN': '{n} 小时' },
} as const satisfies Record<string, Texts>;

export const ANSWER_TEXTS = {
  title: { en: 'Page for {person}', 'zh-CN': '发给 {person} 的通知' },
  take: { en: 'Acknowledge: I take this case', 'zh-CN': '确认：我来处理此案例' },
  explain: {
    en: 'Nothing happens until you press the button. It stops all further pages of this case.',
    'zh-CN': '按下按钮之前不会发生任何事。按下后，此案例的后续通知将全部停止。',
  },
  acknowledged: {
    en: 'Done: case {case} is yours, {person}.',
    'zh-CN': '完成：案例 {case} 由您处理，{person}。',
  },
  joined: {
    en: 'Done: you are on case {case}, {person}.',
    'zh-CN': '完成：您已参与案例 {case}，{person}。',
  },
  already: {
    en: 'Case {case} is already yours, {person}.',
    'zh-CN': '案例 {case} 已由您处理，{person}。',
  },
  recorded: {
    en: 'Recorded: your answer for case {case} is kept and your pages are stopped. It will show on the case shortly.',
    'zh-CN': '已记录：您对案例 {case} 的回应已保存，您的通知已停止，稍后会显示在案例中。',
  },
  taken: { en: '{owner} has already taken case {case}.', 'zh-CN': '{owner} 已接手案例 {case}。' },
  takenBySomebody: { en: 'Somebody has already taken case {case}.', 'zh-CN': '已有人接手案例 {case}。' },
  expired: {
    en: 'This link has expired: case {case} has moved on, or the page is older than 24 hours. Open the case in Tocsin.',
    'zh-CN': '此链接已过期：案例 {case} 已有变化，或通知已超过 24 小时。请在 Tocsin 中打开该案例。',
  },
  unknown: {
    en: 'No page has this link. Copy the whole link from the page, or open the case in Tocsin.',
    'zh-CN': '没有与此链接对应的通知。请从通知中复制完整链接，或在 Tocsin 中打开该案例。',
  },
  crossSite: {
    en: 'This answer came from another web site and was refused. Open the link from your page and press the button there.',
    'zh-CN': '此回应来自其他网站，已被拒绝。请打开通知中的链接，并在该页面按下按钮。',
  },
} as const satisfies Record<string, Texts>;

export const SANDBOX_TEXTS = {
  title: { en: 'Sandbox phones', 'zh-CN': '沙盒手机' },
  explain: {
    en: 'What the phones of this trial world received. While no provider is set up, push, SMS and calls arrive here too.',
    'zh-CN': '此试用环境中各手机收到的消息。未配置服务商时，推送、短信和语音也会到达这里。',
  },
  empty: { en: 'No messages yet.', 'zh-CN': '暂无消息。' },
  answer: { en: 'Answer', 'zh-CN': '回应' },
  refused: {
    en: 'The sandbox phones show answer links, so they are open to this machine only. Read them with an API token at /v1/sandbox/messages.',
    'zh-CN': '沙盒手机会显示回应链接，因此仅对本机开放。请使用 API 令牌访问 /v1/sandbox/messages。',
  },
  'kind.sandbox': { en: 'phone', 'zh-CN': '手机' },
  'kind.push': { en: 'push', 'zh-CN': '推送' },
  'kind.sms': { en: 'SMS', 'zh-CN': '短信' },
  'kind.call': { en: 'call', 'zh-CN': '语音' },
} as const satisfies Record<string, Texts>;
