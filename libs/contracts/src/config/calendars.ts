import { z } from 'zod';
import { CALENDAR_SHAPE_TEXTS } from '../messages/sla.js';
import { ConfigName } from '../ids.js';
import { TimeZone, WEEKDAYS, type Weekday } from './units.js';

/** A part of a day, in minutes since midnight; `until` is outside of it, 1440 is the end of the day. */
export interface ClockSpan {
  readonly from: number;
  readonly until: number;
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** `09:00-18:00`; the end may be `24:00`. Across midnight stand two spans, one of each day. */
const Span = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, CALENDAR_SHAPE_TEXTS.span.en)
  .transform((text): ClockSpan => ({ from: minuteOf(text.slice(0, 5)), until: minuteOf(text.slice(6)) }))
  .refine(({ from, until }) => from < until, CALENDAR_SHAPE_TEXTS.spanOrder.en);

const Spans = z.union([Span.transform((span) => [span]), z.array(Span).min(1)]);

/** `Sat`, `Mon-Fri` or, over the end of the week, `Sat-Mon`, as places in the week; Monday is 0. */
function daysNamed(text: string): number[] | undefined {
  const [from = '', to = from, more] = text.split('-');
  const first = WEEKDAYS.indexOf(from as Weekday);
  const last = WEEKDAYS.indexOf(to as Weekday);
  if (first < 0 || last < 0 || more !== undefined) return undefined;
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, n) => (first + n) % 7);
}

/** Hours by days (`Mon-Fri: "09:00-18:00"`), read as seven lists of spans in order, Monday first. */
const WeeklyHours = z.record(z.string(), Spans).transform((written, ctx): ClockSpan[][] => {
  const week: ClockSpan[][] = WEEKDAYS.map(() => []);
  const fault = (place: string[], texts: { readonly en: string }): void =>
    ctx.addIssue({ code: 'custom', path: place, message: texts.en });
  for (const [days, spans] of Object.entries(written)) {
    const named = daysNamed(days);
    if (named === undefined) fault([days], CALENDAR_SHAPE_TEXTS.days);
    for (const day of named ?? []) week[day]?.push(...spans);
  }
  if (week.every((spans) => spans.length === 0)) fault([], CALENDAR_SHAPE_TEXTS.noHours);
  const inOrder = week.map((spans) => spans.toSorted((a, b) => a.from - b.from));
  if (inOrder.some((spans) => spans.some(({ from }, i) => i > 0 && from < (spans[i - 1]?.until ?? 0))))
    fault([], CALENDAR_SHAPE_TEXTS.overlap);
  return inOrder;
});

/** A day on which nobody works, with its name where somebody wrote one. */
const Holiday = z.union([
  z.iso.date().transform((date) => ({ date })),
  z.strictObject({ date: z.iso.date(), name: z.string().min(1).optional() }),
]);

/** The public holidays of a market, and its weekend days that are worked instead. Data of the users, who correct it. */
export const HolidayTable = z.strictObject({
  days: z.array(Holiday).default([]),
  worked: z.array(z.iso.date()).default([]),
});
export type HolidayTable = z.infer<typeof HolidayTable>;

/** Name of a market's table, such as `SG` or `US-CA`. */
export const MarketName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, CALENDAR_SHAPE_TEXTS.market.en);

/** When people work: what a duration of an SLA counts. `worked` takes back holidays, also those of the market. */
export const Calendar = z.strictObject({
  timeZone: TimeZone,
  hours: WeeklyHours,
  /** A table of `holidays`, or the days themselves. */
  holidays: z.union([z.string(), z.array(Holiday)]).default([]),
  worked: z.array(z.iso.date()).default([]),
});
export type Calendar = z.infer<typeof Calendar>;

/** The calendar that everybody has: every second counts, a day is 24 hours. */
export const ALWAYS = '24x7';

/** Name of a calendar in the tree; `24x7` is taken. */
export const CalendarName = ConfigName.refine((name) => name !== ALWAYS, CALENDAR_SHAPE_TEXTS.always.en);
