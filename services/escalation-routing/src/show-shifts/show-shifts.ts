import { type Config, isoOf, ON_CALL_ROLES, type OnCallRole, type ShiftsView } from '@tocsin/contracts';
import { type ChangeBook, finalShifts, type OnCallShift, type TimeSpan } from '@tocsin/rules';

interface Asked {
  readonly window: TimeSpan;
  readonly schedule?: string | undefined;
  readonly person?: string | undefined;
  readonly role?: OnCallRole | undefined;
}

/** The turns of every lane that is asked for, lane by lane, each in the order of time. */
export function showShifts(
  { config, changes }: { readonly config: Config; readonly changes: ChangeBook },
  { window, schedule, person, role }: Asked,
): ShiftsView['shifts'] {
  return lanesOf(config, { schedule, role }).flatMap((lane) => {
    const { shifts } = finalShifts(lane.found, window, {
      role: lane.role,
      changes: changes.of(lane.schedule, lane.role),
    });
    return shifts
      .filter((shift) => person === undefined || shift.person === person)
      .map((shift) => ({
        schedule: lane.schedule,
        role: lane.role,
        person: shift.person,
        name: config.people[shift.person]?.name ?? shift.person,
        from: isoOf(shift.from),
        until: isoOf(shift.until),
        ...reasonOf(shift),
      }));
  });
}

/** Lanes without a layer have no turns of their own, but an override may give one: they are asked as well. */
const lanesOf = (config: Config, { schedule, role }: Pick<Asked, 'schedule' | 'role'>) =>
  Object.entries(config.schedules)
    .filter(([name]) => schedule === undefined || name === schedule)
    .flatMap(([name, found]) =>
      ON_CALL_ROLES.filter((each) => role === undefined || each === role).map((each) => ({
        schedule: name,
        role: each,
        found,
      })),
    );

const reasonOf = ({ why }: OnCallShift): Pick<ShiftsView['shifts'][number], 'by' | 'layer' | 'change'> => ({
  by: why.by,
  ...('layer' in why ? { layer: why.layer } : {}),
  ...('change' in why ? { change: why.change } : {}),
});
