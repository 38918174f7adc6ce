import type { Config, OnCallRole, Schedule } from '@tocsin/contracts';
import type { ChangeBook, LaneChanges } from './changes/change-book.js';

/** A role of a schedule, with what is changed in it. */
export interface PagingLane {
  readonly name: string;
  readonly schedule: Schedule;
  readonly role: OnCallRole;
  readonly changes: LaneChanges;
}

/** The roles in which people are paged; a shadow learns. */
const PAGING: readonly OnCallRole[] = ['primary', 'secondary'];

/** Every lane in which people are paged, of all schedules. */
export const pagingLanes = (config: Config, changes: ChangeBook): PagingLane[] =>
  Object.entries(config.schedules).flatMap(([name, schedule]) =>
    PAGING.filter((role) => schedule.layers.some((layer) => layer.role === role)).map((role) => ({
      ...{ name, schedule, role },
      changes: changes.of(name, role),
    })),
  );

/** Everybody who could have a turn in a lane: one that names none of the wanted need not be laid out. */
export const namedIn = ({ schedule, role, changes }: PagingLane): string[] => [
  ...schedule.layers.flatMap((layer) => (layer.role === role ? layer.people : [])),
  ...changes.temporary.flatMap((change) => change.layers.flatMap(({ people }) => people)),
  ...changes.overrides.map(({ person }) => person),
  ...changes.swaps.map(({ person }) => person),
];
