import type { Texts } from '../texts.js';

/** What a sound config tree should still think about, and the cure. */
export const LINT_TEXTS = {
  unused: {
    en: 'nothing uses {kind} «{name}»; refer to it or remove it',
    'zh-CN': '没有任何地方使用{kind}「{name}」；请引用它或将其删除',
  },
  unrouted: {
    en: 'no category, routing rule or source leads to service «{name}»; give it «handles:» or a rule',
    'zh-CN': '没有类别、路由规则或来源指向服务「{name}」；请为它写「handles:」或一条规则',
  },
  noContact: {
    en: '«{name}» has no contact method, so no page can arrive; add one, such as «contact: { mail: { email: … } }»',
    'zh-CN': '「{name}」没有联系方式，任何呼叫都无法送达；请添加，例如「contact: { mail: { email: … } }」',
  },
  bandTaken: {
    en: 'this rule never runs: every priority of {band} is taken by «{earlier}» above it; remove it or change the bands',
    'zh-CN': '此规则永远不会执行：{band} 的所有优先级已归上方的「{earlier}」；请删除或调整区间',
  },
  bandEmpty: {
    en: 'this rule never runs: {band} holds no priority; write the more urgent one first, such as P1-P3',
    'zh-CN': '此规则永远不会执行：{band} 不含任何优先级；请先写较紧急的一端，例如 P1-P3',
  },
  lateStep: {
    en: '«{via}» after {after} always comes too late: the next step of every policy that pages «{name}» starts after {wait} or sooner; use it earlier or let the policy wait longer',
    'zh-CN':
      '{after} 后的「{via}」总是太晚：每个呼叫「{name}」的策略在 {wait} 内就进入下一步；请提早使用，或让策略等待更久',
  },
  sameCondition: {
    en: 'this rule never matches: the rule at {earlier} above has the same condition and wins first; remove one of them',
    'zh-CN': '此规则永远不会匹配：上方位于 {earlier} 的规则条件相同并先生效；请删除其中之一',
  },
  afterAlways: {
    en: 'this rule never matches: the rule at {earlier} above matches everything; move it to the end',
    'zh-CN': '此规则永远不会匹配：上方位于 {earlier} 的规则匹配一切；请把它移到最后',
  },
  neverTrue: {
    en: 'this rule never matches: its condition is «false»; remove it',
    'zh-CN': '此规则永远不会匹配：其条件为「false」；请删除',
  },
  ofOneEvent: {
    en: '«event.{fact}» is always {value} here: this looks at one event, and only priority rules see what the events of a case together have said; take it out',
    'zh-CN':
      '此处的「event.{fact}」始终为 {value}：这里只看单个事件，只有优先级规则能看到工单的全部事件；请将其删除',
  },
  unknownKind: {
    en: 'no vendor’s format is called «{kind}»: this source speaks our own form; the known kinds are {known}',
    'zh-CN': '没有名为「{kind}」的厂商格式：此来源使用我们自己的格式；已知的 kind 有 {known}',
  },
  noSenders: {
    en: 'every account of Amazon can sign for SNS, so nothing is accepted without «senders: [ARN of the topic]»',
    'zh-CN': '任何亚马逊账户都能为 SNS 签名，因此没有「senders: [主题的 ARN]」时不接收任何内容',
  },
  nothingPromised: {
    en: '«event.promise» is always "" in this config: it promises nothing; write an «sla:» policy or take it out',
    'zh-CN': '此配置中的「event.promise」始终为 ""：没有任何承诺；请写一条「sla:」策略或将其删除',
  },
  noSuchPromise: {
    en: '«event.promise» is never «{value}»: it is "", "at-risk" or "breached"',
    'zh-CN': '「event.promise」不会是「{value}」：它只会是 ""、"at-risk" 或 "breached"',
  },
  missingText: {
    en: 'this text is missing in {language}; write «{ en: …, zh-CN: … }»',
    'zh-CN': '此文本缺少 {language} 版本；请写「{ en: …, zh-CN: … }」',
  },
  teamUnreachable: {
    en: 'nobody of team «{team}» has a contact method, so the owners of this service cannot be reached; give one of them a «contact:»',
    'zh-CN': '团队「{team}」没有任何人有联系方式，无法联系此服务的负责人；请为其中一人添加「contact:」',
  },
  stepUnreachable: {
    en: 'step «{step}» can never reach anybody: nobody of it ({people}) has a contact method; it will be left at once',
    'zh-CN': '步骤「{step}」永远联系不到任何人：其中没有人（{people}）有联系方式；该步骤会被立即跳过',
  },
  stepNobody: {
    en: 'step «{step}» can never be a person: «{targets}» lead to nobody; name a person, a team or a schedule',
    'zh-CN': '步骤「{step}」永远不会对应到人：「{targets}」没有任何人；请写人员、团队或排班',
  },
  fallbackUnreachable: {
    en: 'the fallback can never reach anybody: nobody of it has a contact method; name somebody who has',
    'zh-CN': '兜底永远联系不到任何人：其中没有人有联系方式；请写有联系方式的人',
  },
} as const satisfies Record<string, Texts>;
