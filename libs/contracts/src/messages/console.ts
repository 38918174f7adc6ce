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
