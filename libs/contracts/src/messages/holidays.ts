import type { Texts } from '../texts.js';

/** What cannot be read of a file of public holidays. */
export const HOLIDAY_TEXTS = {
  holidayColumns: {
    en: 'the first line names the columns: date, and if you like others of {columns}.',
    'zh-CN': '首行为列名：必须有 date，其余可选自 {columns}。',
  },
  holidayDate: {
    en: '«{text}» is no date; write one such as 2026-12-25.',
    'zh-CN': '「{text}」不是日期；请填写例如 2026-12-25。',
  },
  holidayKind: {
    en: 'kind «{text}» is not known; write holiday, or workday for a weekend day that is worked.',
    'zh-CN': '类型「{text}」未知；请填写 holiday，或以 workday 表示调休上班日。',
  },
  holidayMarkets: {
    en: 'the file has several markets ({markets}); say which with --market.',
    'zh-CN': '文件包含多个市场（{markets}）；请用 --market 指明。',
  },
  holidayNoMarket: {
    en: 'the file has nothing of market {market}, only of {markets}.',
    'zh-CN': '文件中没有市场 {market}，仅有 {markets}。',
  },
  holidayHours: {
    en: 'this event has a time of day, a holiday is a whole day; write DTSTART;VALUE=DATE:20261225.',
    'zh-CN': '该事件带有时刻，假日应为整天；请写 DTSTART;VALUE=DATE:20261225。',
  },
  holidayLong: {
    en: 'this event lasts over {most} days; holidays are shorter, end it earlier.',
    'zh-CN': '该事件超过 {most} 天；假日没有这么长，请提前其结束。',
  },
  holidayBoth: {
    en: '{date} is both a holiday and worked; keep one.',
    'zh-CN': '{date} 既是假日又是上班日；请只保留其一。',
  },
} as const satisfies Record<string, Texts>;
