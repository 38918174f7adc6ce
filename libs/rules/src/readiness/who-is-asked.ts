import type { Config, Instant, PolicyTarget, Target } from '@tocsin/contracts';
import type { ChangeBook } from '../on-call/changes/change-book.js';
import { finalShifts } from '../on-call/final-shifts.js';
import type { TimeSpan } from '../on-call/on-call-shift.js';
import { type PagingLane, pagingLanes } from '../on-call/paging-lanes.js';
import { own } from '../own.js';

/** By what a person may be paged: named by a policy or a ladder, of a team, in a schedule, by a change of shifts. */
export interface AskedBy {
  readonly kind: 'person' | 'team' | 'schedule' | 'override' | 'everyone';
  /** Of the policy, team or schedule; of `everyone` the policy that falls back to it. */
  readonly name: string;
}

/** A turn that is to come or runs. */
export interface NextShift extends TimeSpan {
  readonly schedule: string;
}

export interface Asked {
  readonly by: readonly AskedBy[];
  readonly nextShift?: NextShift | undefined;
}

/**
 * Everybody who may be paged in a window: whom policies and ladders name or reach by a team, whom a layer of a schedule
 * names, and who has a turn or hours by a change. People of a change who have left the config are among them.
 */
export function whoIsAsked(config: Config, changes: ChangeBook, window: TimeSpan): Map<string, Asked> {
  const asked = new Map<string, { by: AskedBy[]; nextShift?: NextShift }>();
  const ask = (person: string, by: AskedBy): void => {
    const known = asked.get(person) ?? { by: [] };
    asked.set(person, known);
    if (!known.by.some(({ kind, name }) => kind === by.kind && name === by.name)) known.by.push(by);
  };
  for (const [name, target] of namedTargets(config)) askTarget(target, name, config, ask);
  for (const lane of pagingLanes(config, changes)) {
    for (const person of ofLayers(lane)) ask(person, { kind: 'schedule', name: lane.name });
    for (const person of changedIn(lane.changes, window.from))
      ask(person, { kind: 'override', name: lane.name });
    for (const { person, ...shift } of shiftsOf(lane, window)) {
      const known = asked.get(person);
      if (known !== undefined && shift.from < (known.nextShift?.from ?? Infinity)) known.nextShift = shift;
    }
  }
  return asked;
}

/** Targets with what names them. */
const namedTargets = ({ policies, teams }: Config): [string, Target | PolicyTarget][] => [
  ...Object.entries(policies).flatMap(([policy, { steps, fallback }]) =>
    [...steps.flatMap(({ page }) => page), ...(fallback?.page ?? [])].map(
      (target): [string, Target | PolicyTarget] => [policy, target],
    ),
  ),
  ...Object.entries(teams).flatMap(([team, { ladder }]) =>
    Object.values(ladder)
      .flatMap((rung) => rung ?? [])
      .map((target): [string, Target] => [team, target]),
  ),
];

const ofLayers = ({ schedule, role }: PagingLane): string[] =>
  schedule.layers.flatMap((layer) => (layer.role === role ? layer.people : []));

const shiftsOf = (
  { name, schedule, role, changes }: PagingLane,
  window: TimeSpan,
): (NextShift & { readonly person: string })[] =>
  finalShifts(schedule, window, { role, changes }).shifts.map(({ person, from, until }) => ({
    ...{ person, schedule: name, from, until },
  }));

type Ask = (person: string, by: AskedBy) => void;

function askTarget(target: Target | PolicyTarget, named: string, config: Config, ask: Ask): void {
  if (target.kind === 'person') ask(target.name, { kind: 'person', name: named });
  else if (target.kind === 'team')
    for (const person of own(config.teams, target.name)?.members ?? [])
      ask(person, { kind: 'team', name: target.name });
  else if (target.kind === 'everyone')
    for (const person of Object.keys(config.people)) ask(person, { kind: 'everyone', name: named });
  // Schedules are asked lane by lane, ladders with their teams, nested policies by themselves.
}

/** People who have hours beside the layers that are not over. */
function changedIn(
  { overrides, swaps, temporary }: ReturnType<ChangeBook['of']>,
  from: Instant,
): readonly string[] {
  const live = <T extends TimeSpan>(changes: readonly T[]): T[] =>
    changes.filter(({ until }) => until > from);
  return [
    ...[...live(overrides), ...live(swaps)].map(({ person }) => person),
    ...live(temporary).flatMap(({ layers }) => layers.flatMap(({ people }) => people)),
  ];
}
