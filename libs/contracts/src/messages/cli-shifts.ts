import type { Texts } from '../texts.js';
import { HOLIDAY_COMMAND_TEXTS } from './cli-holidays.js';

/** The commands about calendars, changes of shifts and the load of people. */
export const SHIFT_COMMAND_TEXTS = {
  ...HOLIDAY_COMMAND_TEXTS,
  leaveFeeds: {
    en: 'calendars of leave that the config names, and how reading them goes',
    'zh-CN': '配置中的休假日历及其读取情况',
  },
  leaveConfirm: {
    en: 'a calendar that is suddenly empty is meant so: cancel what is to come from it',
    'zh-CN': '确认突然变空的日历无误：取消其未来的休假',
  },
  readiness: {
    en: 'who can be paged, and what each lacks to be surely paged',
    'zh-CN': '谁可以被呼叫，以及各人还缺什么',
  },
  optReadinessOf: { en: 'only this person', 'zh-CN': '仅此人' },
  optMissing: { en: 'only those who lack something', 'zh-CN': '仅列出有所欠缺者' },
  fairness: {
    en: 'how the time on call falls to people: hours, nights, weekends, holidays',
    'zh-CN': '值班时间如何分摊：小时、夜晚、周末、节假日',
  },
  optFairFrom: {
    en: 'from then on; 90 days before the end unless told',
    'zh-CN': '起始时刻；默认为结束前 90 天',
  },
  optFairUntil: { en: 'until then; now unless told', 'zh-CN': '结束时刻；默认为现在' },
  optHolidaysOf: { en: 'count the public holidays of this calendar', 'zh-CN': '按此日历计算公共假日' },
  calendarFeed: {
    en: 'secret addresses at which calendar clients read shifts',
    'zh-CN': '供日历客户端读取班次的保密地址',
  },
  feedCreate: {
    en: 'make one, of a schedule or of all turns of a person',
    'zh-CN': '新建：一个排班，或一个人员的全部班次',
  },
  feedList: { en: 'feeds in force and when each was last read', 'zh-CN': '有效的订阅及其最近读取时间' },
  feedRevoke: { en: 'let the address lead nowhere from now on', 'zh-CN': '使该地址立即失效' },
  optRevoked: { en: 'those that were revoked too', 'zh-CN': '也列出已撤销的' },
  optFeedOf: { en: 'all turns of this person', 'zh-CN': '此人的全部班次' },
  feedOfOne: {
    en: 'Say of what: --schedule NAME (with --role if you like) or --person NAME.',
    'zh-CN': '请指明内容：--schedule NAME（可加 --role）或 --person NAME。',
  },
  feedShownOnce: {
    en: 'Whoever has this address reads the shifts. It is shown only now; revoke it with «tocsin calendar-feed revoke ID».',
    'zh-CN': '持有此地址者即可读取班次。地址仅显示这一次；可用「tocsin calendar-feed revoke ID」撤销。',
  },
  swap: { en: 'swaps: two people exchange their turns', 'zh-CN': '换班：两人互换班次' },
  swapAdd: {
    en: 'let two people exchange what each of them has',
    'zh-CN': '让两人互换各自的班次',
  },
  swapList: { en: 'swaps in force', 'zh-CN': '有效的换班' },
  optFirstTurn: {
    en: 'whose turn, from when until when: «bo 2026-12-01T01:00:00Z/2026-12-02T01:00:00Z»',
    'zh-CN': '谁的班次、起止时刻：「bo 2026-12-01T01:00:00Z/2026-12-02T01:00:00Z」',
  },
  optSecondTurn: { en: 'the turn for it, written alike', 'zh-CN': '与之互换的班次，写法相同' },
  needsTurn: {
    en: '«{turn}» is no turn: write PERSON FROM/UNTIL, such as «bo 2026-12-01T01:00:00Z/2026-12-02T01:00:00Z»',
    'zh-CN': '「{turn}」不是班次：请写作 人员 起/止，例如「bo 2026-12-01T01:00:00Z/2026-12-02T01:00:00Z」',
  },
  optTurnsOf: { en: 'only turns of this person', 'zh-CN': '只看此人的班次' },
  oncallShifts: {
    en: 'who has which turns, from when until when',
    'zh-CN': '谁值哪些班，起止时刻',
  },
  oncallGaps: { en: 'where nobody is on call', 'zh-CN': '无人值班的时段' },
  optShiftsFrom: { en: 'from then on; now unless told', 'zh-CN': '起始时刻；默认为现在' },
  optShiftsUntil: { en: 'until then; 14 days unless told', 'zh-CN': '结束时刻；默认 14 天' },
  optGapsUntil: { en: 'until then; 90 days unless told', 'zh-CN': '结束时刻；默认 90 天' },
  leaveAdd: {
    en: 'somebody is away; turns in it are gaps until somebody covers them',
    'zh-CN': '登记请假；期间的班次在有人替班之前为空缺',
  },
  leaveList: { en: 'leave in force', 'zh-CN': '有效的请假' },
  override: {
    en: 'overrides: somebody covers hours of a schedule',
    'zh-CN': '替班：由他人值排班中的一段时间',
  },
  overrideAdd: {
    en: 'put somebody on call for a stretch, once or again and again',
    'zh-CN': '让某人值一段班，一次或周期重复',
  },
  overrideList: { en: 'overrides in force', 'zh-CN': '有效的替班' },
  changeCancel: { en: 'cancel it; it stays on record', 'zh-CN': '取消；记录保留' },
  temporary: {
    en: 'temporary schedules: other layers for a time',
    'zh-CN': '临时排班：一段时间内使用其他的层',
  },
  temporaryAdd: {
    en: 'let the «layers» of a YAML file, written as in the config, stand in place of those of a schedule; - reads standard input',
    'zh-CN': '以 YAML 文件中的「layers」（写法同配置）暂时取代排班的各层；- 表示标准输入',
  },
  temporaryList: { en: 'temporary schedules in force', 'zh-CN': '有效的临时排班' },
  optCoversIt: { en: 'who is on call instead', 'zh-CN': '替班人' },
  optReplaces: { en: 'only in the turns of this person', 'zh-CN': '只替此人的班次' },
  optRepeats: {
    en: 'how the stretch comes again, such as FREQ=WEEKLY;BYDAY=FR; needs --time-zone and --ends',
    'zh-CN': '重复规则，例如 FREQ=WEEKLY;BYDAY=FR；须同时给出 --time-zone 与 --ends',
  },
  optRepeatsIn: { en: 'whose wall clock keeps the times of day', 'zh-CN': '按此时区的钟点重复' },
  optRepeatsEnd: {
    en: 'no stretch begins from then on (ISO 8601)',
    'zh-CN': '自该时刻起不再开始新的时段（ISO 8601）',
  },
  repeatsInHalf: {
    en: 'A stretch that repeats needs all three: --repeats, --time-zone and --ends.',
    'zh-CN': '重复的时段须同时给出 --repeats、--time-zone 与 --ends。',
  },
} as const satisfies Record<string, Texts>;
