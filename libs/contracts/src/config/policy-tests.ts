import { z } from 'zod';
import { TicketEvent } from '../events/ticket-event.js';
import { ConfigName } from '../ids.js';
import { Priority } from '../priority.js';
import { Duration, TimeZone } from './units.js';

const WALL_CLOCK = /^(\d{4}-\d{2}-\d{2}) ([01]\d|2[0-3]):([0-5]\d) (\S+)$/;

/** `2026-11-28 03:00 Asia/Singapore`: a minute on the wall clock of a zone. */
export const WallClock = z
  .string()
  .regex(WALL_CLOCK, 'a minute of a zone such as «2026-11-28 03:00 Asia/Singapore»')
  .transform((text) => {
    const [, date = '', hours, minutes, timeZone = ''] = WALL_CLOCK.exec(text) ?? [];
    return { date, minute: Number(hours) * 60 + Number(minutes), timeZone };
  })
  .pipe(z.object({ date: z.iso.date(), minute: z.int(), timeZone: TimeZone }));
export type WallClock = z.infer<typeof WallClock>;

const said = TicketEvent.pick({
  kind: true,
  type: true,
  subject: true,
  body: true,
  category: true,
  market: true,
  language: true,
  channel: true,
  severity: true,
  status: true,
  service: true,
  affected: true,
  tags: true,
  requester: true,
  attributes: true,
  restricted: true,
}).partial().shape;

/** An event of a test: what matters is given, everything else is as if the sender had not said it. */
export const TestEvent = z.strictObject({
  source: ConfigName,
  /** Of the ticket; the same key is the same ticket. */
  key: z.string().min(1).default('T-1'),
  ...said,
});
export type TestEvent = z.infer<typeof TestEvent>;

const Act = z.union([
  z.strictObject({ event: TestEvent }),
  z.strictObject({ acknowledge: ConfigName }),
  z.strictObject({ resolve: ConfigName }),
]);

const expected = z.strictObject({
  case: z
    .strictObject({
      priority: Priority.optional(),
      service: ConfigName.optional(),
      /** Keys of all its tickets, in any order. */
      tickets: z.array(z.string().min(1)).min(1).optional(),
    })
    .optional(),
  /** How many cases there have been until then; those that became part of others do not count. */
  cases: z.int().nonnegative().optional(),
  paged: z.array(ConfigName).optional(),
  'paged-never': z.array(ConfigName).optional(),
});

/** A list item with one key that says when: `at 120s: { … }`. Read as that time in seconds, and what is there. */
const timed = <T extends z.ZodType>(words: string, what: T) =>
  z
    .record(z.string().regex(new RegExp(`^(${words}) \\d+(s|m|h|d|w)$`)), what)
    .refine((item) => Object.keys(item).length === 1, {
      error: 'one time and what is there, such as «- at 120s: { … }»',
    })
    .transform((item) => {
      const [[key, inside] = ['at 0s', undefined]] = Object.entries(item);
      const [word = '', after = ''] = key.split(' ');
      return { key, exactly: word === 'at', after: Duration.parse(after), what: inside as z.output<T> };
    });

/**
 * A test of the config tree: what happens (`when`), and what must follow (`then`), on a virtual clock. `at` looks at
 * exactly that second, `by` at everything until then.
 */
export const PolicyTest = z.strictObject({
  name: z.string().min(1),
  given: z.strictObject({ at: WallClock }),
  when: z.array(timed('at', Act)).min(1),
  then: z.array(timed('at|by', expected)).min(1),
});
export type PolicyTest = z.infer<typeof PolicyTest>;
