import type { Texts } from '../texts.js';

/** The landing page of `GET /`. */
export const LANDING_TEXTS = {
  title: { en: 'Tocsin is running', 'zh-CN': 'Tocsin 正在运行' },
  about: {
    en: 'It takes tickets and alerts, decides who must know, and pages people until somebody answers.',
    'zh-CN': '它接收工单与告警，判断该通知谁，并持续呼叫，直到有人响应。',
  },
  sandbox: { en: 'Sandbox phones: what people were paged', 'zh-CN': '沙盒手机：查看发出的呼叫' },
  ready: { en: 'Health of every part', 'zh-CN': '各部分的健康状况' },
  metrics: { en: 'Metrics for Prometheus', 'zh-CN': 'Prometheus 指标' },
  openapi: { en: 'The API, as OpenAPI', 'zh-CN': 'API 描述（OpenAPI）' },
  tryIt: { en: 'Send a first event', 'zh-CN': '发送第一个事件' },
} as const satisfies Record<string, Texts>;

/** Four eyes: why a plan may not be applied by this person, and how to go on. */
export const FOUR_EYES_TEXTS = {
  title: { en: 'This plan needs a second approver', 'zh-CN': '此计划需要第二位审批人' },
  blockedTitle: { en: 'This plan leaves a P1 without anybody', 'zh-CN': '此计划会使 P1 无人响应' },
  'needs-approver': {
    en: 'It makes worse what is listed. Let another operator approve exactly this tree (tocsin config approve PATH), then apply it again; in an emergency apply with --break-glass and a reason. Nothing was changed.',
    'zh-CN':
      '所列内容将变差。请由另一位操作员审批同一份配置（tocsin config approve PATH），然后重新应用；紧急情况下可使用 --break-glass 并说明原因。未做任何更改。',
  },
  'own-approval': {
    en: 'It makes worse what is listed, and only you have approved it: two tokens of one person are one approver. Let another operator approve exactly this tree (tocsin config approve PATH). Nothing was changed.',
    'zh-CN':
      '所列内容将变差，且仅有您本人审批：同一人的两个令牌视为一位审批人。请由另一位操作员审批同一份配置（tocsin config approve PATH）。未做任何更改。',
  },
  'stale-approval': {
    en: 'It was approved on an earlier revision; another one is in force now, so the approval is stale. Plan again and let another operator approve it anew (tocsin config approve PATH). Nothing was changed.',
    'zh-CN':
      '该计划的审批基于较早版本；当前生效的版本已变，审批失效。请重新计划，并由另一位操作员重新审批（tocsin config approve PATH）。未做任何更改。',
  },
  'p1-uncovered': {
    en: 'An approval does not help: mend what is listed, or in an emergency apply with --break-glass and a reason. Nothing was changed.',
    'zh-CN': '审批无法放行：请修复所列问题，紧急情况下可使用 --break-glass 并说明原因。未做任何更改。',
  },
  'no-reason': {
    en: 'Breaking the glass needs a reason: --reason TEXT (?reason= over HTTP). Nothing was changed.',
    'zh-CN': '使用 --break-glass 须说明原因：--reason TEXT（HTTP 为 ?reason=）。未做任何更改。',
  },
  nothingToApprove: {
    en: 'This plan makes nothing worse: one person may apply it.',
    'zh-CN': '此计划没有使任何内容变差：一人即可应用。',
  },
  ownGlass: {
    en: 'You applied revision {revision} yourself: another operator must review it.',
    'zh-CN': '版本 {revision} 由您本人应用：须由另一位操作员复核。',
  },
  noSuchGlass: {
    en: 'Revision {revision} waits for no review.',
    'zh-CN': '版本 {revision} 无需复核。',
  },
  brokeGlass: {
    en: 'Revision {revision} was applied by {by} alone, without a second approver («{reason}»). Another operator reviews it: tocsin config approve --revision {revision}. {worsens}',
    'zh-CN':
      '版本 {revision} 由 {by} 单独应用，没有第二位审批人（「{reason}」）。请由另一位操作员复核：tocsin config approve --revision {revision}。{worsens}',
  },
} as const satisfies Record<string, Texts>;

/** Why a config tree is refused beyond what the reader finds in it. */
export const APPLY_TEXTS = {
  otherTenant: {
    en: 'the tree is of tenant «{tenant}», your token of «{own}»; leave «tenant» out',
    'zh-CN': '该配置属于租户「{tenant}」，而您的令牌属于「{own}」；请去掉「tenant」',
  },
  exampleKey: {
    en: 'an example key that everybody knows, and this process listens on {host}; use a key of your own (env:NAME or vault:path), or start it with HOST=127.0.0.1',
    'zh-CN':
      '这是众所周知的示例密钥，而本进程监听 {host}；请改用自己的密钥（env:NAME 或 vault:path），或以 HOST=127.0.0.1 启动',
  },
  noOperatorLeft: {
    en: 'no token with role «operator» would be left that this process can find; nobody could apply config any more. Keep one{why}',
    'zh-CN': '将不再有本进程可用的「operator」令牌，之后无人能应用配置。请至少保留一个{why}',
  },
} as const satisfies Record<string, Texts>;
