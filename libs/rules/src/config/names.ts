import { ALWAYS } from '@tocsin/contracts';

/** Every name that the tree defines, by kind. */
export interface Names {
  readonly person: readonly string[];
  readonly team: readonly string[];
  readonly schedule: readonly string[];
  readonly policy: readonly string[];
  readonly service: readonly string[];
  readonly source: readonly string[];
  readonly category: readonly string[];
  readonly calendar: readonly string[];
  readonly holidays: readonly string[];
}

export function namesOf(tree: unknown, categories: readonly string[]): Names {
  const keysOf = (kind: string): string[] => {
    const objects = (tree as Readonly<Record<string, unknown>> | null)?.[kind];
    return typeof objects === 'object' && objects !== null ? Object.keys(objects) : [];
  };
  return {
    person: keysOf('people'),
    team: keysOf('teams'),
    schedule: keysOf('schedules'),
    policy: keysOf('policies'),
    service: keysOf('services'),
    source: keysOf('sources'),
    category: categories,
    calendar: [...keysOf('calendars'), ALWAYS],
    holidays: keysOf('holidays'),
  };
}
