import type { Texts } from '../texts.js';

/** What the schema says of a maintenance window that it refuses. */
export const MAINTENANCE_SHAPE_TEXTS = {
  length: {
    en: 'a window lasts between 1m and 7d',
    'zh-CN': '维护窗口的时长介于 1m 与 7d 之间',
  },
  onOrEvery: {
    en: 'write either «on: 2026-12-05» or «every: Sun»',
    'zh-CN': '请写「on: 2026-12-05」或「every: Sun」，二者选一',
  },
  onAlone: {
    en: '«on» is one day; «since» and «until» go with «every»',
    'zh-CN': '「on」只表示一天；「since」与「until」须与「every」同用',
  },
} as const satisfies Record<string, Texts>;

/** What routing and lint say of maintenance windows. */
export const MAINTENANCE_TEXTS = {
  windowDoesNotFit: {
    en: 'The maintenance window does not fit the config',
    'zh-CN': '该维护窗口与配置不符',
  },
  ended: { en: 'This window has ended already.', 'zh-CN': '该维护窗口已经结束。' },
  notBegun: {
    en: 'This window has not begun; cancel it instead.',
    'zh-CN': '该维护窗口尚未开始；请改为取消。',
  },
  begun: {
    en: 'This window has begun; end it early instead, so that what it hushed stays on record.',
    'zh-CN': '该维护窗口已经开始；请改为提前结束，以保留其记录。',
  },
  alreadyOver: {
    en: '«until» has passed: this window would hush nothing.',
    'zh-CN': '「until」已过：该窗口不会静默任何案例。',
  },
  tooLong: {
    en: 'A window made at run time lasts at most 30 days; write a longer one in the config, where it is reviewed.',
    'zh-CN': '运行时创建的窗口最长 30 天；更长的请写入配置并经审核。',
  },
  nameTaken: {
    en: 'The config has a window «{name}»; take another name.',
    'zh-CN': '配置中已有窗口「{name}」；请换一个名称。',
  },
  neverHappens: {
    en: 'this window never happens: no day of «every» lies between «since» and «until»',
    'zh-CN': '此窗口永远不会发生：「since」与「until」之间没有「every」所指的日子',
  },
  whenNow: {
    en: 'a window has its own clock: «when» may look at «case», not at «now»',
    'zh-CN': '窗口自带时间：「when」可以查看「case」，不能查看「now」',
  },
  past: {
    en: 'this window is over since {date}; remove it',
    'zh-CN': '此窗口已于 {date} 结束；请删除',
  },
  endless: {
    en: 'this window comes back for ever; say until when: «until: 2027-01-31»',
    'zh-CN': '此窗口会无限重复；请写明截止日期：「until: 2027-01-31」',
  },
  everything: {
    en: 'this window hushes every case of every service; name services, markets, sources or a condition',
    'zh-CN': '此窗口会静默所有服务的所有案例；请指定服务、市场、来源或条件',
  },
  alwaysOn: {
    en: 'one day of this window begins before the last is over, so it is never loud from {from} on; make «for» shorter',
    'zh-CN': '此窗口前一次未结束后一次已开始，自 {from} 起一直静默；请缩短「for」',
  },
  mutesSafety: {
    en: 'this window hushes urgent safety cases too; leave «safety: muted» out unless that is meant',
    'zh-CN': '此窗口也会静默紧急安全案例；除非确有此意，请删除「safety: muted」',
  },
  oddHour: {
    en: 'on {date} the clock of {timeZone} skips this time; the window then begins at {at}',
    'zh-CN': '{date} 时 {timeZone} 的时钟会跳过此时刻；窗口将于 {at} 开始',
  },
  dependencyCycle: {
    en: 'service «{name}» depends on itself: {way}; take one of them out of «depends-on»',
    'zh-CN': '服务「{name}」依赖自身：{way}；请从「depends-on」中去掉其一',
  },
  overlaps: {
    en: 'window «{other}» hushes the same cases at the same time; keep one, or part their times',
    'zh-CN': '窗口「{other}」在同一时间静默相同的案例；请保留其一，或错开时间',
  },
} as const satisfies Record<string, Texts>;
