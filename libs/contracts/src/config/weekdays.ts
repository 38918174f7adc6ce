import { z } from 'zod';
import { CONFIG_SHAPE_TEXTS } from '../messages/rules.js';
import { WEEKDAYS, type Weekday } from './units.js';

const isWeekday = (text: string | undefined): text is Weekday => WEEKDAYS.includes(text as Weekday);

/** `Sat`, `Mon-Fri`, `Fri-Mon` over the end of the week. */
function daysOf(text: string): Weekday[] | undefined {
  const [from, to = from, ...more] = text.split('-');
  if (more.length > 0 || !isWeekday(from) || !isWeekday(to)) return undefined;
  const first = WEEKDAYS.indexOf(from);
  const count = ((WEEKDAYS.indexOf(to) - first + 7) % 7) + 1;
  return [...WEEKDAYS, ...WEEKDAYS].slice(first, first + count);
}

const Range = z.string().transform((text, ctx): Weekday[] => {
  const days = daysOf(text.trim());
  if (days !== undefined) return days;
  ctx.addIssue({ code: 'custom', message: CONFIG_SHAPE_TEXTS.weekdays.en });
  return z.NEVER;
});

/** Days of the week as people write them: `Mon-Fri`, `Sat`, or a list of such. Read as the days, Monday first. */
export const Weekdays = z
  .union([Range, z.array(Range).min(1)])
  .transform((days) => WEEKDAYS.filter((day) => days.flat().includes(day)));
