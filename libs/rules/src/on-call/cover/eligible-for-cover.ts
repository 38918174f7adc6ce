import type { Config, Instant } from '@tocsin/contracts';
import type { ChangeBook } from '../changes/change-book.js';
import { finalShifts } from '../final-shifts.js';
import type { TimeSpan } from '../on-call-shift.js';
import { namedIn, pagingLanes } from '../paging-lanes.js';
import type { HeldStretch } from './cover-request.js';

/** A turn of somebody in a lane that pages. */
export interface HeldTurn extends TimeSpan {
  readonly person: string;
}

/** Those who may stand in, in the order of the config: of the schedule or of a team that it serves, present and free. */
export function eligibleForCover(config: Config, changes: ChangeBook, stretch: HeldStretch): string[] {
  const { person, from, until } = stretch;
  const known = membersOf(config, stretch.schedule).filter(
    (candidate) => candidate !== person && Object.hasOwn(config.people, candidate),
  );
  const meets = (span: { readonly from: Instant; readonly until: Instant }): boolean =>
    span.from < until && from < span.until;
  const present = known.filter((candidate) => !changes.leaveOf(candidate).some(meets));
  const busy = new Set(
    turnsOf(config, changes, { persons: present, from, until }).map((turn) => turn.person),
  );
  return present.filter((candidate) => !busy.has(candidate));
}

/** Everybody in a layer of the schedule, and the members of the teams whose ladder names it. */
function membersOf(config: Config, name: string): string[] {
  const schedule = Object.hasOwn(config.schedules, name) ? config.schedules[name] : undefined;
  const teams = Object.values(config.teams).filter(({ ladder }) =>
    Object.values(ladder).some((targets) =>
      targets?.some((target) => target.kind === 'schedule' && target.name === name),
    ),
  );
  return [
    ...new Set([
      ...(schedule?.layers.flatMap(({ people }) => people) ?? []),
      ...teams.flatMap(({ members }) => members),
    ]),
  ];
}

/** The turns that these people have within a window, in every lane that pages. */
export function turnsOf(
  config: Config,
  changes: ChangeBook,
  { persons, from, until }: TimeSpan & { readonly persons: readonly string[] },
): HeldTurn[] {
  const wanted = new Set(persons);
  if (wanted.size === 0) return [];
  return pagingLanes(config, changes)
    .filter((lane) => namedIn(lane).some((person) => wanted.has(person)))
    .flatMap((lane) => finalShifts(lane.schedule, { from, until }, lane).shifts)
    .filter(({ person }) => wanted.has(person));
}
