import type { HolidaysAsked } from '@tocsin/rules';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';

/** A series that never ends is laid out for no longer. */
const MOST_YEARS = 10;

/** `2026` or `2026-2028`; without it this year and the next two. @throws CommandFailed for anything else */
export function yearsOf({ say, terminal }: Context, text: string | undefined): HolidaysAsked['years'] {
  const now = new Date(terminal.now()).getUTCFullYear();
  if (text === undefined) return { first: now, last: now + 2 };
  const [, from, until = from] = /^(\d{4})(?:-(\d{4}))?$/.exec(text) ?? [];
  const [first, last] = [Number(from), Number(until)];
  if (!(first <= last && last - first < MOST_YEARS))
    throw new CommandFailed(EXIT.usage, say('yearsForm', { text }));
  return { first, last };
}
