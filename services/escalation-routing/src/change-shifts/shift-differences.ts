import { type ChangedShifts, type Config, isoOf, type ShiftDifference } from '@tocsin/contracts';
import {
  changeBook,
  compareShifts,
  hoursOf,
  type ShiftChange,
  type ShiftDelta,
  type TimeSpan,
} from '@tocsin/rules';
import { spanOf } from '../shift-change.store.js';

interface Compared {
  readonly config: Config;
  /** In force without the change. */
  readonly others: readonly ShiftChange[];
  readonly change: ShiftChange;
  /** Whether the change comes or goes. */
  readonly act: 'record' | 'cancel';
}

/** Who gains and who loses which hours by a change, lane by lane (F2). A shadow's hours are shown but not counted. */
export function shiftDifferences({
  config,
  others,
  change,
  act,
}: Compared): Pick<ChangedShifts, 'differences' | 'hours'> {
  const without = changeBook(others);
  const withIt = changeBook([...others, change]);
  const [before, after] = act === 'record' ? [without, withIt] : [withIt, without];
  const window = spanOf(change);
  const lanes = lanesOf(change, config).map(({ schedule, role }) => {
    const of = (book: typeof before) => ({ role, changes: book.of(schedule, role) });
    const found = config.schedules[schedule];
    const deltas = found === undefined ? [] : compareShifts(found, window, of(before), of(after));
    return { schedule, role, deltas };
  });
  return {
    differences: lanes.flatMap(({ schedule, role, deltas }) =>
      deltas.map((delta) => ({ schedule, role, ...viewOf(delta) })),
    ),
    hours: hoursOf(lanes.flatMap(({ role, deltas }) => (role === 'shadow' ? [] : deltas))),
  };
}

type LaneName = Pick<ShiftDifference, 'schedule' | 'role'>;

/** Leave touches every lane in which the person has turns. */
function lanesOf(change: ShiftChange, config: Config): LaneName[] {
  if (change.kind === 'temporary') return rolesOf(change.schedule, config);
  if (change.kind !== 'leave') return [{ schedule: change.schedule, role: change.role }];
  return Object.entries(config.schedules).flatMap(([schedule, { layers }]) => {
    const theirs = layers.filter(({ people }) => people.includes(change.person));
    return [...new Set(theirs.map(({ role }) => role))].map((role) => ({ schedule, role }));
  });
}

const rolesOf = (schedule: string, { schedules }: Config): LaneName[] =>
  [...new Set(schedules[schedule]?.layers.map(({ role }) => role))].map((role) => ({ schedule, role }));

const viewOf = ({
  from,
  until,
  before,
  after,
}: ShiftDelta & TimeSpan): Omit<ShiftDifference, keyof LaneName> => ({
  from: isoOf(from),
  until: isoOf(until),
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});
