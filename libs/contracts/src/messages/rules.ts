import type { Texts } from '../texts.js';

/** Why a case has its priority; together under 240 characters. */
export const PRIORITY_TEXTS = {
  byRule: {
    en: '{because} (rule «{rule}»: {priority})',
    'zh-CN': '{because}（规则「{rule}」：{priority}）',
  },
  bySeverity: {
    en: 'severity «{severity}» of source {source} means {priority}',
    'zh-CN': '来源 {source} 的严重程度「{severity}」对应 {priority}',
  },
  byCategory: { en: 'category {category} means {priority}', 'zh-CN': '类别 {category} 对应 {priority}' },
  byDefault: {
    en: 'no rule, severity or category decides, so the default {priority}',
    'zh-CN': '没有规则、严重程度或类别可以判定，采用默认 {priority}',
  },
  floor: {
    en: '; raised to {priority} by the floor of {category}',
    'zh-CN': '；按类别 {category} 的下限提升为 {priority}',
  },
  erred: {
    en: '; a rule could not be evaluated, so not below the default {priority}',
    'zh-CN': '；有规则无法计算，因此不低于默认 {priority}',
  },
} as const satisfies Record<string, Texts>;

/** What is wrong with a config tree, and the cure. */
export const CONFIG_TEXTS = {
  dangling: { en: '«{name}» is no {kind}', 'zh-CN': '「{name}」不是{kind}' },
  didYouMean: { en: '; did you mean «{nearest}»?', 'zh-CN': '；是否想写「{nearest}」？' },
  rungOnLadder: {
    en: 'a rung of a ladder names persons, teams, schedules or everyone, not another rung',
    'zh-CN': '阶梯的一级只能写人员、团队、排班或所有人，不能再写另一级',
  },
  noRung: {
    en: 'policy «{policy}» pages {level} of the service, but the ladder of team «{team}» has no {level}; add «{level}: person NAME» to it',
    'zh-CN':
      '策略「{policy}」要通知服务的 {level}，但团队「{team}」的阶梯没有 {level}；请在其中加上「{level}: person 名称」',
  },
  repeatFrom: {
    en: '«{name}» is no earlier step of this policy',
    'zh-CN': '「{name}」不是此策略中靠前的步骤',
  },
  repeatNotLast: { en: 'only the last step can repeat', 'zh-CN': '只有最后一步可以重复' },
  doubleName: {
    en: '«{name}» is used twice; give each its own name',
    'zh-CN': '「{name}」用了两次；请使用不同的名称',
  },
  noFallback: {
    en: 'a policy for P1 or P2 needs a fallback, such as «fallback: { page: everyone }»',
    'zh-CN': '用于 P1 或 P2 的策略必须有兜底，例如「fallback: { page: everyone }」',
  },
  policyAlone: {
    en: 'a policy stands alone in its step; give the other targets a step of their own',
    'zh-CN': '一个步骤引用策略时不能再有其他对象；请把其他对象放进单独的步骤',
  },
  policyCycle: {
    en: 'policy «{name}» would run itself: {way}; take it out of one of them',
    'zh-CN': '策略「{name}」会引用到自己：{way}；请从其中之一去掉',
  },
  policyCondition: {
    en: 'a step that runs another policy has no condition; put it on the steps of policy «{name}»',
    'zh-CN': '引用其他策略的步骤不能带条件；请把条件写在策略「{name}」的步骤上',
  },
  goToLater: {
    en: '«{name}» is no later step of this policy; a case never walks back',
    'zh-CN': '「{name}」不是此策略中靠后的步骤；案例不会往回走',
  },
  otherwiseAlone: {
    en: '«otherwise» says what to do outside of «when»; add the condition, or leave it out',
    'zh-CN': '「otherwise」说明不满足「when」时怎么办；请补上条件，或去掉它',
  },
  nowNeedsZone: {
    en: 'this condition looks at the clock; say whose: «timeZone: Asia/Singapore»',
    'zh-CN': '此条件要看时钟；请说明时区，例如「timeZone: Asia/Singapore」',
  },
  turnStep: {
    en: '«{name}» is no step of this policy that pages people; name the step that goes round',
    'zh-CN': '「{name}」不是此策略中通知人员的步骤；请写轮流通知的步骤',
  },
  restartStep: {
    en: '«{name}» is no step of this policy; name one of its steps, or leave it out for the first',
    'zh-CN': '「{name}」不是此策略的步骤；请写其中一个步骤，或留空表示第一步',
  },
  restartAlone: {
    en: '«restart» says where a case starts that «reopen» took back; add «reopen: 45m», or leave it out',
    'zh-CN': '「restart」说明被「reopen」收回的案例从哪一步重新开始；请加上「reopen: 45m」，或去掉它',
  },
  remindTooLate: {
    en: 'the owner loses the case after {reopen} s and would be reminded only after {remind} s; remind earlier',
    'zh-CN': '负责人在 {reopen} 秒后失去案例，却要到 {remind} 秒才被提醒；请提前提醒',
  },
  wallClockLength: {
    en: 'a shift by wall clock lasts whole hours and at least 3h; for other lengths write «by: elapsed»',
    'zh-CN': '按挂钟时间的班次必须是整小时且至少 3h；其他时长请写「by: elapsed」',
  },
  condition: { en: 'condition: {fault}', 'zh-CN': '条件：{fault}' },
  exampleFails: {
    en: 'this example says {expected}, but the rule says {actual}',
    'zh-CN': '此示例写的是 {expected}，规则得出的却是 {actual}',
  },
  notMatched: { en: 'not matched', 'zh-CN': '不匹配' },
  person: { en: 'person', 'zh-CN': '人员' },
  team: { en: 'team', 'zh-CN': '团队' },
  schedule: { en: 'schedule', 'zh-CN': '排班' },
  policy: { en: 'policy', 'zh-CN': '策略' },
  service: { en: 'service', 'zh-CN': '服务' },
  category: { en: 'category of the taxonomy', 'zh-CN': '分类中的类别' },
  method: { en: 'contact method of this person', 'zh-CN': '此人的联系方式' },
  eventField: { en: 'field of an event', 'zh-CN': '事件字段' },
} as const satisfies Record<string, Texts>;

/** The sentences of the config schemas in both languages: found by their English, which stands in the schema. */
export const CONFIG_SHAPE_TEXTS = {
  duration: {
    en: 'a whole number with a unit: 90s, 5m, 4h, 7d or 1w',
    'zh-CN': '整数加单位：90s、5m、4h、7d 或 1w',
  },
  wait: { en: 'between 1s and 7d', 'zh-CN': '介于 1s 与 7d 之间' },
  clockTime: { en: 'a clock time such as 09:00', 'zh-CN': '时刻，例如 09:00' },
  handover: {
    en: 'a handover such as «Mon 09:00» or «09:00»',
    'zh-CN': '交接时间，例如「Mon 09:00」或「09:00」',
  },
  timeZone: { en: 'an IANA time zone such as Asia/Singapore', 'zh-CN': 'IANA 时区，例如 Asia/Singapore' },
  secret: {
    en: 'env:NAME, vault:path, or loopback-only:value in examples; a secret itself never stands in the tree',
    'zh-CN': 'env:NAME、vault:path，示例中可用 loopback-only:value；密钥本身绝不写在配置里',
  },
  band: { en: 'a priority or a band such as P1-P2', 'zh-CN': '优先级或区间，例如 P1-P2' },
  bandOrder: {
    en: 'a band runs from the more urgent to the less urgent',
    'zh-CN': '区间从较紧急写到较不紧急',
  },
  name: {
    en: 'lower-case letters, digits, «.», «_», «-»; at most 100',
    'zh-CN': '小写字母、数字、「.」「_」「-」，最多 100 个',
  },
  target: {
    en: '«{text}» is no target; write person NAME, team NAME, schedule NAME, tier1|tier2|manager|executive of the service, or everyone',
    'zh-CN':
      '「{text}」不是通知对象；请写 person 名称、team 名称、schedule 名称、tier1|tier2|manager|executive of the service 或 everyone',
  },
  channelTarget: {
    en: '«{text}» is no target: a step pages people, not channels or webhooks; name a person, and give them the webhook as a contact method',
    'zh-CN':
      '「{text}」不是通知对象：步骤通知的是人员，不是频道或 webhook；请写人员，并把 webhook 作为其联系方式',
  },
  teamTarget: { en: 'team NAME', 'zh-CN': 'team 名称' },
  serviceTarget: { en: 'service NAME', 'zh-CN': 'service 名称' },
} as const satisfies Record<string, Texts>;
