import type { Config, Priority, Schedule, Seconds, Target } from '@tocsin/contracts';
import { type ChangeBook, NO_CHANGES } from '../on-call/changes/change-book.js';
import { segmentAt } from '../on-call/lane.js';
import { contactsOfConfig, type KnownContacts } from '../contacts/known-contacts.js';
import { type DeadMethod, delayTo } from '../contacts/delay-to.js';
import { own } from '../own.js';
import { resolveTargets } from '../routing/resolve-targets.js';
import type { IntervalSet, Span } from './interval-set.js';

/** A span in which a step leads to the same persons. */
export interface ReachPiece extends Span {
  /** Persons whom the step asks for, reachable or not. */
  readonly persons: readonly string[];
  /** Seconds after the step starts until the first of them is paged; undefined when nobody can be. */
  readonly delay: Seconds | undefined;
  /** Ways that the rules of these persons would use and that are dead, where nobody can be paged. */
  readonly dead: readonly DeadMethod[];
  /** Set where windows hold every step back. */
  readonly muted?: true;
}

export interface ReachContext {
  readonly config: Config;
  readonly service: string;
  readonly priority: Priority;
  /** Overrides, swaps and leave that are known; none unless given. */
  readonly changes?: ChangeBook;
  /** How people can be reached; as the config says unless given. */
  readonly contacts?: KnownContacts | undefined;
  /** When windows hush every case of the service and priority; never unless given. */
  readonly silence?: IntervalSet;
}

/** Whom the targets of a step reach over a span, piece by piece. */
export function reachOver(targets: readonly Target[], context: ReachContext, span: Span): ReachPiece[] {
  const { config, service, priority, changes = NO_CHANGES, silence = [] } = context;
  const contacts = context.contacts ?? contactsOfConfig(config);
  const schedules = schedulesOf(targets, config, service);
  const pieces: ReachPiece[] = [];
  for (let from = span.from; from < span.until; ) {
    const ends = schedules.map(
      ([name, schedule]) => segmentAt(schedule, from, { changes: changes.of(name, 'primary') }).until,
    );
    const quiet = silence.find((window) => window.until > from);
    const muted = quiet !== undefined && quiet.from <= from;
    const until = Math.min(span.until, (muted ? quiet.until : quiet?.from) ?? Infinity, ...ends);
    const { persons } = resolveTargets(targets, { config, service, at: from, changes });
    const names = persons.map(({ person }) => person);
    const reached = reachedOf(names, { config, contacts, priority });
    pieces.push({ from, until, persons: names, ...reached, ...(muted ? { muted } : {}) });
    from = until;
  }
  return pieces;
}

/** Schedules that decide whom the targets mean, those on the rungs of the service's ladder included. */
function schedulesOf(targets: readonly Target[], config: Config, service: string): [string, Schedule][] {
  const team = own(config.teams, own(config.services, service)?.team ?? '');
  const named = targets.flatMap((target) =>
    target.kind === 'ladder' ? (team?.ladder[target.level] ?? []) : [target],
  );
  return named.flatMap((target) => {
    if (target.kind !== 'schedule') return [];
    const schedule = own(config.schedules, target.name);
    return schedule === undefined ? [] : [[target.name, schedule]];
  });
}

/** Seconds from a page to the first attempt at any of them; undefined when none has a method that may be used. */
export const firstDelay = (
  persons: readonly string[],
  config: Config,
  priority: Priority,
): Seconds | undefined => reachedOf(persons, { config, contacts: contactsOfConfig(config), priority }).delay;

/** Whoever of them is reached first; what is dead is of interest only where nobody is. */
function reachedOf(
  persons: readonly string[],
  asked: Parameters<typeof delayTo>[1],
): Pick<ReachPiece, 'delay' | 'dead'> {
  const found = persons.map((person) => delayTo(person, asked));
  const delays = found.flatMap(({ delay }) => delay ?? []);
  return delays.length === 0
    ? { delay: undefined, dead: found.flatMap(({ dead }) => dead) }
    : { delay: Math.min(...delays), dead: [] };
}
