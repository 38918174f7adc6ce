import type { Config, Instant, PolicyTarget, Target } from '@tocsin/contracts';
import { type ChangeBook, NO_CHANGES } from '../on-call/changes/change-book.js';
import { isShift, segmentAt } from '../on-call/lane.js';
import type { ShiftReason } from '../on-call/on-call-shift.js';
import { own } from '../own.js';
import type { ReachedPerson, ResolvedTargets } from './resolved-targets.js';

export interface ResolveContext {
  readonly config: Config;
  /** The service whose ladder is meant; without one, its rungs lead to nobody. */
  readonly service: string | undefined;
  readonly at: Instant;
  /** Overrides, swaps and leave in force; left out, the layers alone decide. */
  readonly changes?: ChangeBook;
}

/** Who the targets of a step are at an instant (S11): each person once, in the order of the targets. */
export function resolveTargets(targets: readonly Target[], context: ResolveContext): ResolvedTargets {
  const persons = new Map<string, ReachedPerson>();
  const empty: string[] = [];
  for (const target of targets) {
    const found = personsOf(target, context).filter(
      ({ person }) => own(context.config.people, person) !== undefined,
    );
    if (found.length === 0) empty.push(wordsOf(target));
    for (const reached of found) if (!persons.has(reached.person)) persons.set(reached.person, reached);
  }
  return { persons: [...persons.values()], empty };
}

/** A target as one reads it aloud in the config. */
export function wordsOf(target: Target | PolicyTarget): string {
  switch (target.kind) {
    case 'everyone':
      return 'everyone';
    case 'ladder':
      return `${target.level} of the service`;
    case 'person':
    case 'team':
    case 'schedule':
    case 'policy':
      return `${target.kind} ${target.name}`;
  }
}

function personsOf(target: Target, context: ResolveContext): ReachedPerson[] {
  const via = wordsOf(target);
  switch (target.kind) {
    case 'person':
      return [{ person: target.name, via }];
    case 'team':
      return (own(context.config.teams, target.name)?.members ?? []).map((person) => ({ person, via }));
    case 'everyone':
      return Object.keys(context.config.people).map((person) => ({ person, via }));
    case 'schedule':
      return onCallPersons(target.name, context);
    case 'ladder':
      return rungPersons(target.level, context);
  }
}

/** The primary alone: a secondary and a shadow are on call beside it and not paged by it. */
function onCallPersons(name: string, { config, at, changes = NO_CHANGES }: ResolveContext): ReachedPerson[] {
  const schedule = own(config.schedules, name);
  if (schedule === undefined) return [];
  const segment = segmentAt(schedule, at, { changes: changes.of(name, 'primary') });
  if (!isShift(segment)) return [];
  return [{ person: segment.person, via: `schedule ${name}, ${wordsOfReason(segment.why)}` }];
}

const wordsOfReason = (why: ShiftReason): string => {
  if (why.by === 'layer') return `layer ${why.layer}`;
  const change = `${why.by} ${why.change}`;
  return why.by === 'temporary' ? `${change} layer ${why.layer}` : change;
};

function rungPersons(
  level: Extract<Target, { kind: 'ladder' }>['level'],
  context: ResolveContext,
): ReachedPerson[] {
  const { config, service } = context;
  const team = service === undefined ? undefined : own(config.services, service)?.team;
  const rung = team === undefined ? undefined : own(config.teams, team)?.ladder[level];
  return (rung ?? [])
    .filter((target) => target.kind !== 'ladder')
    .flatMap((target) => personsOf(target, context))
    .map(({ person, via }) => ({ person, via: `${level} of ${service}: ${via}` }));
}
