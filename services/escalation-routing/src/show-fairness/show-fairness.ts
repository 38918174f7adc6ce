import { type Config, type FairnessView, isoOf } from '@tocsin/contracts';
import { type ChangeBook, loadOfPeople, type PersonLoad, type TimeSpan } from '@tocsin/rules';

interface Known {
  readonly revision: number;
  readonly config: Config;
  readonly changes: ChangeBook;
}

interface Asked {
  readonly window: TimeSpan;
  readonly schedule?: string | undefined;
  readonly calendar?: string | undefined;
}

/** How the time on call falls to people (F4). Names must exist. */
export function showFairness({ revision, config, changes }: Known, asked: Asked): FairnessView {
  const { window, schedule, calendar } = asked;
  const loads = loadOfPeople(config, changes, asked);
  const sum = loads.reduce((total, { hours }) => total + hours, 0);
  const even = loads.length === 0 ? 0 : sum / loads.length;
  return {
    from: isoOf(window.from),
    until: isoOf(window.until),
    revision,
    ...(schedule === undefined ? {} : { schedule }),
    ...(calendar === undefined ? {} : { calendar }),
    evenHours: rounded(even),
    people: loads.map((load) => ({
      ...roundedLoad(load),
      name: config.people[load.person]?.name ?? load.person,
      share: rounded(sum === 0 ? 0 : (100 * load.hours) / sum),
      aboveEven: rounded(load.hours - even),
    })),
  };
}

const roundedLoad = (load: PersonLoad): PersonLoad => ({
  ...load,
  hours: rounded(load.hours),
  nightHours: rounded(load.nightHours),
  weekendHours: rounded(load.weekendHours),
  holidayHours: rounded(load.holidayHours),
});

/** To a hundredth. */
const rounded = (value: number): number => Math.round(value * 100) / 100;
