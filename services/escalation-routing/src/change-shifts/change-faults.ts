import { type Config, isoOf } from '@tocsin/contracts';
import {
  type ChangeBook,
  finalShifts,
  layersFaults,
  recurrenceFault,
  type Swap,
  type TimeSpan,
} from '@tocsin/rules';
import { spanOf, type UnrecordedChange } from '../shift-change.store.js';
import type { ChangeFault } from './shift-refusal.js';

/** A change is previewed shift by shift; nobody plans further ahead by hand. */
const LONGEST_MS = 400 * 86_400_000;

/** What the config and the shifts in force say against a change; empty when nothing does. */
export function changeFaults(change: UnrecordedChange, config: Config, book: ChangeBook): ChangeFault[] {
  const shape = [...nameFaults(change, config), ...spanFaults(change)];
  if (shape.length > 0) return shape;
  if (change.kind === 'override') return seriesFaults(change);
  return change.kind === 'swap' ? swapFaults(change, config, book) : [];
}

function nameFaults(change: UnrecordedChange, config: Config): ChangeFault[] {
  const faults = personsOf(change)
    .filter(([, person]) => !Object.hasOwn(config.people, person))
    .map(([pointer, person]): ChangeFault => ({ pointer, message: 'unknownPerson', facts: { person } }));
  if (change.kind === 'leave') return faults;
  const { schedule: name } = change;
  const schedule = Object.hasOwn(config.schedules, name) ? config.schedules[name] : undefined;
  if (schedule === undefined)
    return [...faults, { pointer: '/schedule', message: 'unknownSchedule', facts: { name } }];
  const has = (role: string): boolean => schedule.layers.some((layer) => layer.role === role);
  const noSuch = (pointer: string, role: string): ChangeFault[] =>
    has(role) ? [] : [{ pointer, message: 'noSuchRole', facts: { schedule: name, role } }];
  if (change.kind !== 'temporary') return [...faults, ...noSuch('/role', change.role)];
  return [
    ...faults,
    ...change.layers.flatMap(({ role }, i) => noSuch(`/layers/${i}/role`, role)),
    ...layersFaults(change.layers, ['layers']).map(
      ({ pointer, message: fault }) => ({ pointer, message: 'layersDoNotFit', facts: { fault } }) as const,
    ),
  ];
}

/** The persons that a change names, each with its place in the body. */
export function personsOf(change: UnrecordedChange): [pointer: string, person: string][] {
  switch (change.kind) {
    case 'override':
      return [
        ['/person', change.person],
        ...(change.replaces === undefined ? [] : [['/replaces', change.replaces] as [string, string]]),
      ];
    case 'swap':
      return [
        ['/first/person', change.first.person],
        ['/second/person', change.second.person],
      ];
    case 'temporary':
      return change.layers.flatMap(({ people }, layer) =>
        people.map((person, i): [string, string] => [`/layers/${layer}/people/${i}`, person]),
      );
    case 'leave':
      return [['/person', change.person]];
  }
}

function spanFaults(change: UnrecordedChange): ChangeFault[] {
  const spans: [string, TimeSpan][] =
    change.kind === 'swap'
      ? [
          ['/first', change.first],
          ['/second', change.second],
        ]
      : [['', change], ...(isSeries(change) ? [['/repeats', spanOf(change)] as [string, TimeSpan]] : [])];
  return spans.flatMap(([place, { from, until }]): ChangeFault[] => {
    if (until <= from) return [{ pointer: `${place}/until`, message: 'endsBeforeItBegins' }];
    return until - from > LONGEST_MS ? [{ pointer: `${place}/until`, message: 'lastsTooLong' }] : [];
  });
}

const isSeries = (change: UnrecordedChange): boolean =>
  change.kind === 'override' && change.repeats !== undefined;

function seriesFaults(override: Extract<UnrecordedChange, { kind: 'override' }>): ChangeFault[] {
  const { repeats, from, until } = override;
  if (repeats === undefined) return [];
  const message = recurrenceFault({ from, until, repeats });
  if (message === undefined) return [];
  return [{ pointer: '/repeats/rule', message, facts: { rule: repeats.rule, from: isoOf(from) } }];
}

/** Both must have what they give, leave apart: giving a turn away is what a person on leave does. */
function swapFaults(
  { schedule: name, role, first, second }: Pick<Swap, 'schedule' | 'role' | 'first' | 'second'>,
  config: Config,
  book: ChangeBook,
): ChangeFault[] {
  const schedule = config.schedules[name];
  if (schedule === undefined) return [];
  if (first.from < second.until && second.from < first.until)
    return [{ pointer: '/second', message: 'swapOverlaps' }];
  const changes = { ...book.of(name, role), leaveOf: () => [] };
  const given = [
    ['/first', first],
    ['/second', second],
  ] as const;
  return given.flatMap(([pointer, { person, from, until }]) => {
    const { shifts, gaps } = finalShifts(schedule, { from, until }, { role, changes });
    const theirs = gaps.length === 0 && shifts.every((shift) => shift.person === person);
    return theirs ? [] : [{ pointer, message: 'notTheirTurn', facts: { person, schedule: name } } as const];
  });
}
