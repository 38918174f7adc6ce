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
  unknownKey: {
    en: '«{name}» is no key here; the keys are {keys}',
    'zh-CN': '此处没有键「{name}」；可用的键：{keys}',
  },
  missingKey: { en: '«{name}» is missing here', 'zh-CN': '此处缺少「{name}」' },
  otherForm: {
    en: '«{name}» does not go with the other keys here: they are two forms; keep one',
    'zh-CN': '「{name}」不能与此处的其他键并用：它们是两种写法；请保留一种',
  },
  dangling: { en: '«{name}» is no {kind}', 'zh-CN': '「{name}」不是{kind}' },
  didYouMean: { en: '; did you mean «{nearest}»?', 'zh-CN': '；是否想写「{nearest}」？' },
  rungOnLadder: {
    en: 'a rung of a ladder names persons, teams, schedules or everyone, not another rung',
    'zh-CN': '阶梯的一级只能写人员、团队、排班或所有人，不能再写另一级',
  },
  noRung: {
    en: 'policy «{policy}» pages {level} of the service, but the ladder of team «{team}» has no {level}',
    'zh-CN': '策略「{policy}」要通知服务的 {level}，但团队「{team}」的阶梯没有 {level}',
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
  source: { en: 'source', 'zh-CN': '来源' },
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
  wallClock: {
    en: 'a minute of a zone such as «2026-11-28 03:00 Asia/Singapore»',
    'zh-CN': '某时区的时刻，例如「2026-11-28 03:00 Asia/Singapore」',
  },
  timed: {
    en: 'one time and what is there, such as «- at 120s: { … }»',
    'zh-CN': '一个时间及其内容，例如「- at 120s: { … }」',
  },
  someLanguage: {
    en: 'a text in at least one language: { en: …, zh-CN: … }',
    'zh-CN': '至少一种语言的文本：{ en: …, zh-CN: … }',
  },
  serviceTarget: { en: 'service NAME', 'zh-CN': 'service 名称' },
} as const satisfies Record<string, Texts>;
