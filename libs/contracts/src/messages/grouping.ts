import type { Texts } from '../texts.js';

/** The sentences of the schema of grouping rules; see `CONFIG_SHAPE_TEXTS`. */
export const GROUPING_SHAPE_TEXTS = {
  groupingSpan: { en: 'between 1s and 31d', 'zh-CN': '介于 1s 与 31d 之间' },
  groupingWindow: {
    en: 'a window is one of «fixed: 1h», «sliding: 30m, at-most: 6h» or «session: 30m»',
    'zh-CN': '窗口只能是「fixed: 1h」「sliding: 30m, at-most: 6h」「session: 30m」之一',
  },
  atMost: {
    en: '«sliding» needs «at-most», and the other windows have none',
    'zh-CN': '「sliding」必须写「at-most」，其他窗口没有此项',
  },
  atMostOrder: {
    en: '«at-most» must not be shorter than «sliding»',
    'zh-CN': '「at-most」不能短于「sliding」',
  },
  groupingSize: { en: 'a whole number of tickets from 2 to 10000', 'zh-CN': '2 到 10000 的整数（工单数）' },
  flapChanges: { en: 'a whole number of changes from 2 to 100', 'zh-CN': '2 到 100 的整数（变化次数）' },
} as const satisfies Record<string, Texts>;

/** What is wrong with a grouping rule, and the cure. */
export const GROUPING_FAULT_TEXTS = {
  notText: {
    en: 'a part of a key is text, a whole number or true/false; this is {type}',
    'zh-CN': '分组键的一部分必须是文本、整数或真假值；此处是 {type}',
  },
  twice: { en: '«{name}» stands here already; once is enough', 'zh-CN': '「{name}」已写过一次' },
  constant: {
    en: 'no part of the key looks at the event, so everything that matches would be one case; name a field',
    'zh-CN': '分组键没有任何部分取自事件，所有匹配的事件都会成为一个案例；请写一个字段',
  },
  exampleLength: {
    en: 'this example gives {given} values for {wanted} parts of the key; write one for each',
    'zh-CN': '此示例给出 {given} 个值，而分组键有 {wanted} 个部分；请一一对应',
  },
  flapLongerThanCalm: {
    en: '«calm» is shorter than the mean time between {changes} changes in {in} s, so the case would leave and enter the flap state in turns; make it at least {least} s',
    'zh-CN': '「calm」短于 {in} 秒内 {changes} 次变化的平均间隔，案例会反复进出抖动状态；请至少写 {least} 秒',
  },
} as const satisfies Record<string, Texts>;

/** Why an event joined a case, or did not. */
export const GROUPING_TEXTS = {
  field: { en: '{name} «{value}»', 'zh-CN': '{name}「{value}」' },
  unsaid: { en: 'no {name}', 'zh-CN': '无 {name}' },
  comma: { en: ', ', 'zh-CN': '、' },
  opened: {
    en: 'rule «{rule}» opens a case for {fields}: none is in its window ({window})',
    'zh-CN': '规则「{rule}」为 {fields} 新开案例：窗口（{window}）内没有案例',
  },
  joined: {
    en: 'rule «{rule}» joins {fields} within its window ({window})',
    'zh-CN': '规则「{rule}」把窗口（{window}）内的 {fields} 归为一个案例',
  },
  reopened: {
    en: 'rule «{rule}» reopens the case of {fields}: it was resolved less than {within} ago',
    'zh-CN': '规则「{rule}」重新打开 {fields} 的案例：其解决未满 {within}',
  },
  bridged: {
    en: 'rule «{rule}»: with «{ticket}» both cases of {fields} lie in one window ({window})',
    'zh-CN': '规则「{rule}」：加上「{ticket}」后，{fields} 的两个案例同在一个窗口（{window}）内',
  },
  fixed: { en: 'each {length} of the clock', 'zh-CN': '时钟上每 {length}' },
  sliding: {
    en: '{length} from one to the next, at most {most}',
    'zh-CN': '相邻不超过 {length}，最长 {most}',
  },
  session: { en: '{length} from one to the next', 'zh-CN': '相邻不超过 {length}' },
  full: {
    en: 'the case names {size} tickets and counts the further ones',
    'zh-CN': '案例已列出 {size} 个工单，其余只计数',
  },
  flapping: {
    en: 'flapping: {changes} changes within {in}; held open and not paged again until {calm} without a change',
    'zh-CN': '抖动：{in} 内变化 {changes} 次；案例保持打开且不再呼叫，直到 {calm} 内无变化',
  },
  calm: { en: 'quiet for {calm}: no longer flapping', 'zh-CN': '已平静 {calm}：不再抖动' },
  calmResolved: {
    en: 'quiet for {calm} with everything cleared: no longer flapping, resolved',
    'zh-CN': '已平静 {calm} 且全部恢复：不再抖动，案例已解决',
  },
  calmClosed: {
    en: 'the case was resolved: no longer flapping',
    'zh-CN': '案例已解决：不再抖动',
  },
} as const satisfies Record<string, Texts>;
