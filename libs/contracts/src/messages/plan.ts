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
  replayedPage: {
    en: '{service}  P1 median time to the first page, replayed over {cases} recorded cases since {from}: {before} → {after}',
    'zh-CN': '{service}  P1 首次呼叫时间中位数（重放自 {from} 起记录的 {cases} 个案例）：{before} → {after}',
  },
  allServices: { en: 'All services', 'zh-CN': '全部服务' },
  noHistoryYet: {
    en: 'Nothing older than a minute is recorded yet: what it would have meant cannot be said.',
    'zh-CN': '尚无一分钟以前的记录：无法说明这会有何影响。',
  },
  history: {
    en: 'What it would have meant from {from} to {until}, replayed ({cases} cases):',
    'zh-CN': '对 {from} 至 {until} 已记录历史的影响（重放 {cases} 个案例）：',
  },
  noHistory: { en: 'History was not replayed: {why}', 'zh-CN': '未重放历史：{why}' },
  replayedPerson: {
    en: '{name}  pages {before} → {after} ({more})  night wakes {nightBefore} → {nightAfter} ({nightMore})',
    'zh-CN':
      '{name}  呼叫 {before} → {after}（{more}）  夜间叫醒 {nightBefore} → {nightAfter}（{nightMore}）',
  },
  replayedNobody: { en: 'Nobody would have been paged more or less.', 'zh-CN': '没有人的呼叫次数会有变化。' },
  replayedP1: {
    en: 'P1 first page: median {p50Before} → {p50After}, p90 {p90Before} → {p90After}; cases {casesBefore} → {casesAfter}, never paged {neverBefore} → {neverAfter}',
    'zh-CN':
      'P1 首次呼叫：中位数 {p50Before} → {p50After}，p90 {p90Before} → {p90After}；案例 {casesBefore} → {casesAfter}，从未呼叫 {neverBefore} → {neverAfter}',
  },
  replayedNoP1: { en: 'There was no P1 case, on either side.', 'zh-CN': '两侧均没有 P1 案例。' },
  replayedHole: {
    en: '{target}  led to nobody: {before} → {after} times',
    'zh-CN': '{target}  未能找到人：{before} → {after} 次',
  },
  replayedBreach: {
    en: 'SLA clock «{clock}» ran out: {before} → {after} times',
    'zh-CN': 'SLA 时钟「{clock}」超时：{before} → {after} 次',
  },
  replayedNoBreach: {
    en: 'As many SLA clocks would have run out.',
    'zh-CN': '超时的 SLA 时钟数量不变。',
  },
  replayedLeft: {
    en: 'Left out: {openedBefore} inputs of cases that had opened before; {unreadable} cases that cannot be replayed, {withoutConfig} whose config revision is gone',
    'zh-CN':
      '未计入：此前已打开的案例的 {openedBefore} 条输入；{unreadable} 个无法重放的案例，{withoutConfig} 个所属配置版本已不存在的案例',
  },
  shortHistory: {
    en: 'The recording goes back to {from} only: the numbers are of {days} days',
    'zh-CN': '记录仅可追溯至 {from}：以上数字为 {days} 天',
  },
  'not-asked': {
    en: 'it was not asked for; apply looks at it all the same',
    'zh-CN': '未要求重放；应用时仍会检查',
  },
  'no-access': {
    en: 'this token may not read the recording: use one of an operator or a responder',
    'zh-CN': '此令牌无权读取记录：请使用操作员或响应者的令牌',
  },
  'no-routing': {
    en: 'the recording cannot be read from escalation-routing now; plan again when it answers',
    'zh-CN': '目前无法从 escalation-routing 读取记录；请在其恢复响应后重新计划',
  },
  'nothing-recorded': { en: 'nothing is recorded yet', 'zh-CN': '尚无记录' },
  'no-revision': {
    en: 'no config revision of the recording can be read by this version',
    'zh-CN': '本版本无法读取记录所依据的任何配置版本',
  },
  'out-of-time': {
    en: 'it did not end in time; run tocsin simulate --config PATH',
    'zh-CN': '未能及时完成；请运行 tocsin simulate --config PATH',
  },
  failed: {
    en: 'the replay failed; the log of console says why',
    'zh-CN': '重放失败；原因见 console 的日志',
  },
  serviceGone: {
    en: '{service}  is gone, and no service handles {categories} any more',
    'zh-CN': '{service}  已移除，且不再有服务处理 {categories}',
  },
  worsens: { en: '{text}    worsens: needs a second approver', 'zh-CN': '{text}    变差：需要第二位审批人' },
  never: { en: 'never', 'zh-CN': '永不' },
} as const satisfies Record<string, Texts>;
