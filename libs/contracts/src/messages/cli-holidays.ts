import type { Texts } from '../texts.js';

/** The commands about calendars of the config. */
export const HOLIDAY_COMMAND_TEXTS = {
  calendar: { en: 'calendars of the config', 'zh-CN': '配置中的工作日历' },
  calendarImport: {
    en: 'add public holidays and worked weekend days from an .ics or CSV file to a calendar of the config; - reads standard input',
    'zh-CN': '从 .ics 或 CSV 文件向配置中的日历添加公共假日与调休上班日；- 表示标准输入',
  },
  optMarket: {
    en: 'the table of this market, and only its rows of a CSV that has several',
    'zh-CN': '写入该市场的假日表；CSV 含多个市场时只取该市场的行',
  },
  optInto: {
    en: 'write into the file of this config tree, its comments kept; printed as YAML unless told',
    'zh-CN': '写入此配置目录的文件并保留注释；默认以 YAML 打印',
  },
  optYears: {
    en: 'only these years, such as 2026 or 2026-2028; this one and the next two unless told',
    'zh-CN': '只取这些年份，例如 2026 或 2026-2028；默认为今年及之后两年',
  },
  yearsForm: {
    en: '--years «{text}» is no year or span of at most ten; write 2026 or 2026-2028.',
    'zh-CN': '--years「{text}」不是年份，也不是至多十年的范围；请写 2026 或 2026-2028。',
  },
  holidaysUnread: {
    en: '{file} cannot be read as a whole, so nothing of it was taken:',
    'zh-CN': '{file} 无法完整读取，因此未导入任何内容：',
  },
  noCalendar: {
    en: 'The tree has no calendar «{name}»; add it below «calendars:» with timeZone and hours, or name one of: {names}.',
    'zh-CN': '配置中没有日历「{name}」；请在「calendars:」下添加（含 timeZone 与 hours），或选用：{names}。',
  },
  otherHolidays: {
    en: 'Calendar «{name}» does not take the holidays of «{market}»; write «holidays: {market}» in it first, or leave --market out.',
    'zh-CN':
      '日历「{name}」未使用市场「{market}」的假日；请先在其中写「holidays: {market}」，或省略 --market。',
  },
  cannotAdd: {
    en: '{file} is written in a way that cannot be added to (an alias, or a value that is no list). Add this by hand:',
    'zh-CN': '{file} 的写法无法自动添加（别名，或该值不是列表）。请手动添加：',
  },
  holidaysAdded: {
    en: '{days} holidays and {worked} worked days added to {file}',
    'zh-CN': '已向 {file} 添加 {days} 个假日与 {worked} 个上班日',
  },
  holidaysNone: {
    en: 'nothing to add: everything of {years} stands there already, or the file has none',
    'zh-CN': '无可添加：{years} 的内容均已存在，或文件中没有',
  },
  holidayKept: {
    en: '{date}: worked by one, a holiday by the other; what stands in the tree was kept',
    'zh-CN': '{date}：一方为上班日，另一方为假日；已保留配置中的内容',
  },
  holidayOnlyHere: {
    en: '{date} stands in the tree and not in the file; delete it if it is wrong',
    'zh-CN': '{date} 在配置中而不在文件中；如有误请删除',
  },
  observanceLeft: {
    en: 'line {line}: «{name}» is an observance and no day off; left out',
    'zh-CN': '第 {line} 行：「{name}」只是纪念日而非假日；未添加',
  },
} as const satisfies Record<string, Texts>;
