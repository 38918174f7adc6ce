import type { Instant, Priority } from '@tocsin/contracts';
import { after } from '../escalation/timing.js';
import type { Happening } from '../simulate/happening.js';
import type { Lived } from '../simulate/live-through.js';

/** What one test saw of its world. */
export interface Seen extends Lived {
  readonly start: Instant;
}

export type Page = Happening & { readonly type: 'paged' };

/** «The case» at a time of the test: that of the latest event. */
interface CaseSeen {
  readonly priority: Priority;
  readonly service: string | undefined;
  readonly pages: readonly Page[];
  /** Keys of its tickets, each once, in the order in which they came. */
  readonly tickets: readonly string[];
}

type Weighed = Happening & { readonly type: 'opened' | 'raised' | 'lowered' };

/** @param seconds after the start of the test */
export function caseAt(seconds: number, { start, happenings, heard }: Seen): CaseSeen | undefined {
  const now = after(start, seconds);
  const past = happenings.filter(({ at }) => at <= now);
  const events = heard.filter(({ at }) => at <= now);
  const latest = events.at(-1)?.case;
  const name = latest === undefined ? undefined : rootOf(latest, past);
  const own = past.filter((one) => one.case === name);
  const opened = own.find((one) => one.type === 'opened');
  if (name === undefined || opened === undefined) return undefined;
  const mine = events.filter((event) => event.case !== undefined && rootOf(event.case, past) === name);
  return {
    priority: own.findLast(isWeighed)?.priority ?? opened.priority,
    service: opened.service,
    pages: own.filter((one): one is Page => one.type === 'paged'),
    tickets: [...new Set(mine.map(({ ticketKey }) => ticketKey))],
  };
}

/** Cases until a time, without those that became part of others. */
export function casesAt(seconds: number, { start, happenings }: Seen): number {
  const now = after(start, seconds);
  const count = (type: Happening['type']): number =>
    happenings.filter((one) => one.type === type && one.at <= now).length;
  return count('opened') - count('joined');
}

const isWeighed = (one: Happening): one is Weighed =>
  one.type === 'opened' || one.type === 'raised' || one.type === 'lowered';

/** What goes on in place of a case. */
function rootOf(name: string, past: readonly Happening[]): string {
  const join = past.find((one) => one.type === 'joined' && one.case === name);
  return join?.type === 'joined' ? rootOf(join.into, past) : name;
}
