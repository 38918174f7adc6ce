import { Schedule } from '@tocsin/contracts';
import { changeBook, onCallAt, onCallPath, type ShiftChange, whoIsOnCall } from '@tocsin/rules';
import { now } from './load.js';
import type { Reference } from './reference.js';
import { table } from './table.js';

const SCHEDULES = 10_000;
const FLOOR_MS = 200;
const ROUNDS = 5;
const HOUR_MS = 3_600_000;

/** An ordinary day, and the hours in which clocks of America and of Europe change. */
const DAYS = [
  { name: 'a day in June', at: Date.parse('2026-06-17T10:30:00Z') },
  { name: 'clocks change in America', at: Date.parse('2026-11-01T06:30:00Z') },
  { name: 'clocks change in Europe', at: Date.parse('2026-10-25T01:30:00Z') },
];

const WORLDS = [
  {
    name: '12 zones',
    zones: [
      ...['America/New_York', 'America/Los_Angeles', 'America/Sao_Paulo', 'Europe/London', 'Europe/Berlin'],
      ...['Europe/Istanbul', 'Asia/Dubai', 'Asia/Kolkata', 'Asia/Jakarta', 'Asia/Singapore'],
      ...['Asia/Shanghai', 'Australia/Sydney'],
    ],
  },
  { name: 'every IANA zone', zones: Intl.supportedValuesOf('timeZone') },
];

const peopleOf = (nth: number, count: number): string[] =>
  Array.from({ length: count }, (_, k) => `p${(nth * 7 + k) % 997}`);

/** Four layers: a week, half days, office days, and nights that run over midnight and through the hour that clocks skip. */
const scheduleOf = (nth: number, timeZone: string): Schedule =>
  Schedule.parse({
    timeZone,
    layers: [
      { people: peopleOf(nth, 5), every: '1w', handover: 'Mon 09:00', from: '2026-01-05' },
      { people: peopleOf(nth + 1, 6), every: '12h', handover: '08:00', from: '2026-01-05' },
      {
        ...{ people: peopleOf(nth + 2, 3), every: '1d', handover: '09:00', from: '2026-01-05' },
        only: [{ days: 'Mon-Fri', from: '09:00', to: '18:00' }],
      },
      {
        people: peopleOf(nth + 3, 2),
        only: [
          { days: 'Sat', from: '22:00', to: '06:00' },
          { days: 'Sun', from: '02:00', to: '03:00' },
        ],
      },
    ],
  });

/** A tenth of the schedules has an override, a hundredth of the people leave. */
const changesAt = (at: number): ShiftChange[] => {
  const span = { from: at - HOUR_MS, until: at + HOUR_MS };
  const recorded = { recordedAt: 0, recordedBy: 'bench' };
  const lane = { role: 'primary', person: 'p1' } as const;
  return [
    ...Array.from({ length: SCHEDULES / 10 }, (_, n): ShiftChange => {
      return { kind: 'override', id: `o${n}`, ...recorded, ...lane, schedule: `s${n * 10}`, ...span };
    }),
    ...Array.from({ length: 10 }, (_, n): ShiftChange => {
      return { kind: 'leave', id: `l${n}`, ...recorded, person: `p${n * 99}`, ...span };
    }),
  ];
};

/** Who is on call for 10,000 schedules at an instant (F6): the first question of a process, and each later one. */
export function onCall(reference: Reference, print: (text: string) => void): void {
  const rows = [[`ms for ${SCHEDULES}`, 'first', 'median', 'worst', 'with changes', 'with path', 'of floor']];
  for (const world of WORLDS) {
    for (const { name, at } of DAYS) {
      const schedules = Array.from({ length: SCHEDULES }, (_, n) =>
        scheduleOf(n, world.zones[n % world.zones.length] ?? 'UTC'),
      );
      const book = changeBook(changesAt(at));
      const laneOf = (n: number) => ({ changes: book.of(`s${n}`, 'primary') });
      const plain = (): void => schedules.forEach((schedule) => void whoIsOnCall(schedule, at));
      const first = timed(plain);
      const later = Array.from({ length: ROUNDS }, () => timed(plain)).toSorted((a, b) => a - b);
      const changed = timed(() => schedules.forEach((schedule, n) => void onCallAt(schedule, at, laneOf(n))));
      const path = timed(() => schedules.forEach((schedule, n) => void onCallPath(schedule, at, laneOf(n))));
      const median = later[Math.floor(ROUNDS / 2)] ?? Number.NaN;
      const all = [first, median, later.at(-1) ?? Number.NaN, changed, changed + path];
      const ratio = median / (FLOOR_MS * reference.slower);
      rows.push([
        `${world.name}, ${name}`,
        ...all.map((ms) => ms.toFixed(0)),
        `${(100 * ratio).toFixed(0)} %`,
      ]);
    }
  }
  print(table(rows));
  print(
    `floor: ${FLOOR_MS} ms, ${(FLOOR_MS * reference.slower).toFixed(0)} ms at the speed of this machine; «first» works out each layer and reads the zones once`,
  );
}

function timed(act: () => void): number {
  const begun = now();
  act();
  return now() - begun;
}
