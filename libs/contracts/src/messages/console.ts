import type { Texts } from '../texts.js';

/** The landing page of `GET /`. */
export const LANDING_TEXTS = {
  title: { en: 'Tocsin is running', 'zh-CN': 'Tocsin 正在运行' },
  about: {
    en: 'It takes tickets and alerts, decides who must know, and pages people until somebody answers.',
    'zh-CN': '它接收工单与告警,判断该通知谁,并持续呼叫,直到有人响应。',
  },
  sandbox: { en: 'Sandbox phones: what people were paged', 'zh-CN': '沙盒手机:查看发出的呼叫' },
  ready: { en: 'Health of every part', 'zh-CN': '各部分的健康状况' },
  metrics: { en: 'Metrics for Prometheus', 'zh-CN': 'Prometheus 指标' },
  openapi: { en: 'The API, as OpenAPI', 'zh-CN': 'API 描述(OpenAPI)' },
  tryIt: { en: 'Send a first event', 'zh-CN': '发送第一个事件' },
} as const satisfies Record<string, Texts>;
