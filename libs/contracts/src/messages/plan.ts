import type { Texts } from '../texts.js';

/** What a plan says of people. */
export const PLAN_TEXTS = {
  heading: {
    en: 'What it means to people, from {from} to {until}:',
    'zh-CN': '对人员的影响（{from} 至 {until}）：',
  },
  nobody: {
    en: 'From {from} to {until} nothing changes for anybody.',
    'zh-CN': '{from} 至 {until} 对任何人都没有变化。',
  },
  pages: {
    en: '{name}  {service} {priorities}: paged after {before} → {after}',
    'zh-CN': '{name}  {service} {priorities}：呼叫时间 {before} → {after}',
  },
  gains: {
    en: '{name}  {service} {priorities}: gains pages, after {after}',
    'zh-CN': '{name}  {service} {priorities}：新增呼叫，时间 {after}',
  },
  loses: {
    en: '{name}  {service} {priorities}: loses pages (were after {before})',
    'zh-CN': '{name}  {service} {priorities}：不再被呼叫（原为 {before}）',
  },
  onCall: {
    en: '{name}  on call by {schedule}: {before} h → {after} h',
    'zh-CN': '{name}  排班 {schedule} 值班：{before} 小时 → {after} 小时',
  },
  secondPerson: {
    en: '{service}  P1 first page → second person: {before} → {after}',
    'zh-CN': '{service}  P1 首次呼叫 → 第二人：{before} → {after}',
  },
  window: {
    en: '«{name}» hushes {scope}: {before} h → {after} h',
    'zh-CN': '「{name}」静默{scope}：{before} 小时 → {after} 小时',
  },
  windowNext: {
    en: '{text}, next from {from} until {until}',
    'zh-CN': '{text}，下一次从 {from} 到 {until}',
  },
  watches: {
    en: '{kind} rule «{name}» now only watches: tocsin monitor report',
    'zh-CN': '{kind} 规则「{name}」从此只观察：tocsin monitor report',
  },
  decides: {
    en: '{kind} rule «{name}» only watched so far and decides from now on',
    'zh-CN': '{kind} 规则「{name}」此前只观察，从此作决定',
  },
  everything: { en: 'everything', 'zh-CN': '所有案例' },
  firstPage: {
    en: '{service}  P1 median time to the first page: {before} → {after}',
    'zh-CN': '{service}  P1 首次呼叫时间中位数：{before} → {after}',
  },
  serviceGone: {
    en: '{service}  is gone, and no service handles {categories} any more',
    'zh-CN': '{service}  已移除，且不再有服务处理 {categories}',
  },
  worsens: { en: '{text}    worsens: needs a second approver', 'zh-CN': '{text}    变差：需要第二位审批人' },
  never: { en: 'never', 'zh-CN': '永不' },
} as const satisfies Record<string, Texts>;
