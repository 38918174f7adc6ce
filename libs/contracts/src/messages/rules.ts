import type { Texts } from '../texts.js';
import { CLOSING_SHAPE_TEXTS } from './closing.js';
import { MAINTENANCE_SHAPE_TEXTS } from './maintenance.js';
import { OUTGOING_SHAPE_TEXTS } from './outgoing-webhooks.js';
import { GROUPING_SHAPE_TEXTS } from './grouping.js';
import { CALENDAR_SHAPE_TEXTS, SLA_SHAPE_TEXTS } from './sla.js';

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
  weights: { en: '; weights {weights}: {priority}', 'zh-CN': '；权重 {weights}：{priority}' },
  weight: { en: '{by} «{value}» {steps}', 'zh-CN': '{by}「{value}」{steps}' },
  tier: { en: 'tier', 'zh-CN': '层级' },
  segment: { en: 'segment', 'zh-CN': '分群' },
  market: { en: 'market', 'zh-CN': '市场' },
  language: { en: 'language', 'zh-CN': '语言' },
  category: { en: 'category', 'zh-CN': '类别' },
  source: { en: 'source', 'zh-CN': '来源' },
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
  formerlyStands: {
    en: '«{name}» is a category of the taxonomy still; take it out of one of the two places',
    'zh-CN': '「{name}」仍是分类中的类别；请从其中一处去掉',
  },
  formerlyTwice: {
    en: '«{name}» is a former path of «{other}» already',
    'zh-CN': '「{name}」已是「{other}」的旧路径',
  },
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
  promiseReadsNow: {
    en: 'a promise is made as the case opens: its condition looks at case.* only, not at the clock; hours belong to the calendar',
    'zh-CN': '承诺在案例打开时作出：其条件只能看 case.*，不能看时钟；工作时间请写在日历中',
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
  needsRotation: {
    en: 'several people take turns: say «every», «handover» and «from», such as «every: 1w, handover: Mon 09:00, from: 2026-11-02»',
    'zh-CN':
      '多人轮值必须写明「every」「handover」「from」，例如「every: 1w, handover: Mon 09:00, from: 2026-11-02」',
  },
  halfRotation: {
    en: 'a rotation needs «every», «handover» and «from» together; one person without a rotation needs none of «every» and «handover»',
    'zh-CN': '轮值的「every」「handover」「from」必须同时写；单人无轮值时不写「every」和「handover」',
  },
  noPrimary: {
    en: 'no layer has the role primary, so nobody of this schedule is ever paged; give one layer «role: primary» or leave its role out',
    'zh-CN': '没有 primary 角色的层，此排班不会呼叫任何人；请让一层写「role: primary」或省略角色',
  },
  layerNeverOn: {
    en: 'this layer can never happen: later layers of the same role cover all of its hours from its beginning on; drop it, or restrict them with «only»',
    'zh-CN':
      '此层永远不会生效：同一角色中靠后的层从一开始就覆盖了它的全部时间；请删除它，或用「only」限制那些层',
  },
  hoursNeverOn: {
    en: 'these hours add nothing: others of this layer cover them already; drop them',
    'zh-CN': '这些时间没有新增内容：同层的其他时间已全部覆盖；请删除',
  },
  elapsedHours: {
    en: 'with «only», turns by elapsed time must last whole weeks, because others drift against the clock and skip people; write «by: wall-clock»',
    'zh-CN': '写了「only」时，按实际时长的轮值必须是整周，否则会随时钟漂移而跳过人员；请写「by: wall-clock」',
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
  noRows: {
    en: 'a table needs «file: NAME.csv» beside this YAML, or «rows:»',
    'zh-CN': '表需要此 YAML 旁的「file: 名称.csv」，或「rows:」',
  },
  fileNotRead: {
    en: '«{file}» was not read: files are read from a folder by the tocsin command; here write its rows under «rows:»',
    'zh-CN': '未读取「{file}」：文件由 tocsin 命令从文件夹读取；此处请把各行写在「rows:」下',
  },
  fileAndRows: {
    en: 'a table has either a file or rows, not both; remove one',
    'zh-CN': '表只能有 file 或 rows 之一，请删除其一',
  },
  noColumn: {
    en: 'this row lacks «{column}»; add it, or leave it out of the table’s promise',
    'zh-CN': '此行缺少「{column}」；请补上，或从表的声明中去掉',
  },
  validFrom: {
    en: '«{text}» is no time; write valid-from as 2026-11-02 or 2026-11-02T09:00:00Z',
    'zh-CN': '「{text}」不是时间；valid-from 请写作 2026-11-02 或 2026-11-02T09:00:00Z',
  },
  doubleRow: {
    en: '«{value}» stands in row {first} already; remove one, or give them different valid-from',
    'zh-CN': '「{value}」已在第 {first} 行出现；请删除其一，或写不同的 valid-from',
  },
  givenTwice: {
    en: 'table «{earlier}» gives «{field}» too; name one of them differently',
    'zh-CN': '表「{earlier}」也提供「{field}」；请改名其中之一',
  },
  eventField: { en: 'field of an event', 'zh-CN': '事件字段' },
  calendar: { en: 'calendar', 'zh-CN': '日历' },
  holidays: { en: 'holiday table', 'zh-CN': '节假日表' },
  ticketStatus: { en: 'status of a ticket', 'zh-CN': '工单状态' },
  caseField: { en: 'field of a case', 'zh-CN': '案例字段' },
} as const satisfies Record<string, Texts>;

/** Whether every instant is covered, and if not, why and what is the least that mends it. */
export const COVERAGE_TEXTS = {
  proved: {
    en: '{policy} {priority} of {service}: proved for {days} days, somebody is paged within {within} s of any instant',
    'zh-CN': '{policy} {priority}（{service}）：已证明 {days} 天内任一时刻都能在 {within} 秒内通知到人',
  },
  provedBut: {
    en: '{policy} {priority} of {service}: proved for {days} days, somebody is paged within {within} s of any instant outside of maintenance (first from {from} until {until})',
    'zh-CN':
      '{policy} {priority}（{service}）：已证明 {days} 天内除维护时段（最近：{from} 至 {until}）外，任一时刻都能在 {within} 秒内通知到人',
  },
  muted: {
    en: 'step «{step}» is held back by maintenance',
    'zh-CN': '步骤「{step}」因维护而保留',
  },
  'hushes-all': {
    en: 'maintenance «{name}» hushes all of it for {hours} h, first from {from} until {until}',
    'zh-CN': '维护「{name}」使其全部静默 {hours} 小时，最近：{from} 至 {until}',
  },
  'hushes-all-but-safety': {
    en: 'maintenance «{name}» hushes all of it but urgent safety for {hours} h, first from {from} until {until}',
    'zh-CN': '维护「{name}」使其除紧急安全案例外全部静默 {hours} 小时，最近：{from} 至 {until}',
  },
  'hushes-some': {
    en: 'maintenance «{name}» hushes some of its cases for {hours} h, first from {from} until {until}',
    'zh-CN': '维护「{name}」使其部分案例静默 {hours} 小时，最近：{from} 至 {until}',
  },
  hushesMore: { en: '{more} more windows hush cases of it', 'zh-CN': '另有 {more} 个维护窗口静默其案例' },
  hole: {
    en: '{policy} {priority} of {service}: nobody is paged within {within} s of {from}, until {until}: {causes}; {fix}',
    'zh-CN':
      '{policy} {priority}（{service}）：{from} 至 {until} 期间，{within} 秒内通知不到任何人：{causes}；{fix}',
  },
  nobody: { en: 'step «{step}» leads to nobody', 'zh-CN': '步骤「{step}」没有对应的人' },
  'no-contact-method': {
    en: 'step «{step}» leads to {persons}, without a contact method',
    'zh-CN': '步骤「{step}」对应 {persons}，但没有联系方式',
  },
  'too-late': {
    en: 'step «{step}» starts after {after} s and pages {persons} too late',
    'zh-CN': '步骤「{step}」在 {after} 秒后开始，通知 {persons} 时已过时限',
  },
  noSteps: { en: 'no policy has a step for it', 'zh-CN': '没有策略为其设置步骤' },
  givePolicy: { en: 'give the service a policy', 'zh-CN': '请为该服务指定策略' },
  'outside-condition': {
    en: 'step «{step}» may be outside of its condition',
    'zh-CN': '步骤「{step}」可能不满足其条件',
  },
  'dead-methods': {
    en: 'step «{step}» leads to {persons}, to whom no page arrives any more ({methods})',
    'zh-CN': '步骤「{step}」对应 {persons}，但已无法送达（{methods}）',
  },
  deadMethod: { en: '{person} by {method}: {reason}', 'zh-CN': '{person} 的 {method}：{reason}' },
  replaceAddress: {
    en: 'give {person} another address for {method}, or another contact method',
    'zh-CN': '请为 {person} 的 {method} 更换地址，或添加其他联系方式',
  },
  giveMethod: {
    en: 'give {persons} a contact method',
    'zh-CN': '请给 {persons} 添加联系方式',
  },
  pageSooner: {
    en: 'let a rule of {persons} for {priority} begin at once',
    'zh-CN': '请让 {persons} 的 {priority} 规则立即开始',
  },
  putSomebody: {
    en: 'put somebody on step «{step}» then',
    'zh-CN': '请在该时段为步骤「{step}」安排人员',
  },
  shortenWaits: {
    en: 'shorten the waits of the steps before',
    'zh-CN': '请缩短之前步骤的等待时间',
  },
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
  weekdays: {
    en: 'days such as Mon-Fri or Sat, or a list of them',
    'zh-CN': '星期，例如 Mon-Fri 或 Sat，也可以是列表',
  },
  requires: {
    en: '24x7, or calendar NAME',
    'zh-CN': '24x7，或 calendar 名称',
  },
  timeZone: { en: 'an IANA time zone such as Asia/Singapore', 'zh-CN': 'IANA 时区，例如 Asia/Singapore' },
  secret: {
    en: 'env:NAME, vault:path, or loopback-only:value in examples; a secret itself never stands in the tree',
    'zh-CN': 'env:NAME、vault:path，示例中可用 loopback-only:value；密钥本身绝不写在配置里',
  },
  band: { en: 'a priority or a band such as P1-P2', 'zh-CN': '优先级或区间，例如 P1-P2' },
  codePath: {
    en: 'a dotted path of lower-case words such as fixed.rollback',
    'zh-CN': '以点分隔的小写词，例如 fixed.rollback',
  },
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
  heartbeatWhen: {
    en: 'write either «every: 24h» or «at: "02:30"» with a time zone',
    'zh-CN': '请写「every: 24h」，或写「at: "02:30"」并附上时区',
  },
  heartbeatZone: {
    en: '«at» needs «timeZone: Asia/Singapore», and «every» has none',
    'zh-CN': '「at」需要「timeZone: Asia/Singapore」，而「every」不需要',
  },
  heartbeatDays: { en: '«on» names the days of «at»', 'zh-CN': '「on」用于指定「at」的日子' },
  steps: {
    en: 'a whole number of steps from -4 to +4; +1 is one step more urgent',
    'zh-CN': '-4 到 +4 的整数级数；+1 表示提高一级',
  },
  stable: { en: 'after 30m stable', 'zh-CN': '写作 after 30m stable（稳定 30 分钟后）' },
  givenField: { en: 'a field such as tier or guild', 'zh-CN': '字段，例如 tier 或 guild' },
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
  channelTarget: {
    en: '«{text}» is no target: a step pages people, not channels or webhooks; name a person, and give them the webhook as a contact method',
    'zh-CN':
      '「{text}」不是通知对象：步骤通知的是人员，不是频道或 webhook；请写人员，并把 webhook 作为其联系方式',
  },
  teamTarget: { en: 'team NAME', 'zh-CN': 'team 名称' },
  serviceTarget: { en: 'service NAME', 'zh-CN': 'service 名称' },
  ...CALENDAR_SHAPE_TEXTS,
  ...SLA_SHAPE_TEXTS,
  ...MAINTENANCE_SHAPE_TEXTS,
  ...CLOSING_SHAPE_TEXTS,
  ...OUTGOING_SHAPE_TEXTS,
  ...GROUPING_SHAPE_TEXTS,
} as const satisfies Record<string, Texts>;
