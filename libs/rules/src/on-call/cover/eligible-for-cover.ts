import type { Config, Instant, OnCallRole, Schedule } from '@tocsin/contracts';
import type { ChangeBook } from '../changes/change-book.js';
import { finalShifts } from '../final-shifts.js';
import type { TimeSpan } from '../on-call-shift.js';
import type { HeldStretch } from './cover-request.js';

/** A turn of somebody in a lane that pages. */
export interface HeldTurn extends TimeSpan {
  readonly person: string;
}

/** The lanes in which people are paged; a shadow learns. */
const PAGING: readonly OnCallRole[] = ['primary', 'secondary'];

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
  return Object.entries(config.schedules).flatMap(([name, schedule]) =>
    PAGING.filter((role) => schedule.layers.some((layer) => layer.role === role)).flatMap((role) => {
      const lane = { role, changes: changes.of(name, role) };
      if (!namedIn(schedule, lane).some((person) => wanted.has(person))) return [];
      return finalShifts(schedule, { from, until }, lane).shifts.filter(({ person }) => wanted.has(person));
    }),
  );
}

/** Everybody who could have a turn in a lane: a schedule that names none of the wanted is not laid out. */
const namedIn = (
  { layers }: Schedule,
  { role, changes }: { readonly role: OnCallRole; readonly changes: ReturnType<ChangeBook['of']> },
): string[] => [
  ...layers.flatMap((layer) => (layer.role === role ? layer.people : [])),
  ...changes.temporary.flatMap((change) => change.layers.flatMap(({ people }) => people)),
  ...changes.overrides.map(({ person }) => person),
  ...changes.swaps.map(({ person }) => person),
];
