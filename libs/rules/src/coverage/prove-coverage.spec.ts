import { describe, expect, it } from '@jest/globals';
import { Config, type Instant, type Priority, Schedule } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { Temporal } from 'temporal-polyfill';
import { readConfig } from '../config/read-config.js';
import { starterTree } from '../config/starter-tree.given.js';
import { startPlan } from '../escalation/start-plan.js';
import { placeAfter } from '../escalation/walk-plan.js';
import { type ChangeBook, changeBook } from '../on-call/changes/change-book.js';
import type { ShiftChange } from '../on-call/changes/shift-change.js';
import type { KnownContacts } from '../contacts/known-contacts.js';
import { methodsOf, planAttempts } from '../paging/plan-attempts.js';
import { resolveTargets } from '../routing/resolve-targets.js';
import { union } from './interval-set.js';
import { coverageHoles } from './prove-coverage.js';

const at = (text: string): Instant => Temporal.ZonedDateTime.from(text).epochMilliseconds;
const MINUTE = 60_000;

type Loose = Record<string, Record<string, Record<string, unknown>>>;

/** Changes one object of the tree. */
function change(tree: Loose, [kind, name]: readonly [string, string], values: object): void {
  Object.assign(tree[kind]?.[name] ?? {}, values);
}

function configOf(alter: (tree: Loose) => void): Config {
  const tree = starterTree() as unknown as Loose;
  alter(tree);
  const read = readConfig(tree);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

const holesIn = (
  config: Config,
  from: Instant,
  days: number,
  more: { limit?: number; priority?: Priority } = {},
) =>
  coverageHoles(
    startPlan(undefined, config, 'payouts'),
    { config, service: 'payouts', priority: more.priority ?? 'P1' },
    { span: { from, until: from + days * 1440 * MINUTE }, within: more.limit ?? 300 },
  );

const MONDAY = at('2026-11-23T00:00[Asia/Singapore]');

describe('the coverage of a policy', () => {
  it('holds for 90 days when somebody is always on call and has a phone', () => {
    expect(
      holesIn(
        configOf(() => undefined),
        MONDAY,
        90,
      ),
    ).toEqual([]);
  });

  it('lets the second step cover what the first leaves open, at once', () => {
    const config = configOf((tree) => {
      change(tree, ['people', 'bo'], { contact: {} });
    });
    expect(holesIn(config, MONDAY, 30, { limit: 1 })).toEqual([]);
  });

  it('names the earliest hole, from when to when, and what each step would find', () => {
    const config = configOf((tree) => {
      for (const name of ['bo', 'chen']) change(tree, ['people', name], { contact: {} });
    });
    const [first, ...more] = holesIn(config, MONDAY, 30);
    expect(first).toMatchObject({
      from: at('2026-11-23T09:00[Asia/Singapore]'),
      until: at('2026-11-30T09:00[Asia/Singapore]'),
    });
    expect(more).toHaveLength(2);
    expect(first?.findings.slice(0, 2)).toEqual([
      { step: 'on-call', after: 0, found: 'no-contact-method', persons: ['bo'] },
      { step: 'owner', after: 0, found: 'no-contact-method', persons: ['chen'] },
    ]);
  });

  it.each([
    ['of a condition that holds for this priority', { when: 'case.priority in ["P1"]' }, 0],
    ['not of one that never does', { when: 'case.priority in ["P3"]' }, 1],
    ['not of one that depends on the case', { when: 'case.market == "SG"' }, 1],
    ['not of one that waits for its time', { when: 'now.hour > 8', timeZone: 'UTC', otherwise: 'hold' }, 1],
  ])('counts a step %s', (_, condition, holes) => {
    const config = configOf((tree) => {
      const steps = [{ name: 'only', page: 'person dee', wait: '60s', ...condition }];
      change(tree, ['policies', 'live-pay'], { steps });
    });
    expect(holesIn(config, MONDAY, 7)).toHaveLength(holes);
  });

  it('counts a page that comes too late as none', () => {
    const config = configOf((tree) => {
      const late = { 'P1-P2': [{ via: 'desk', after: '10m' }] };
      for (const name of ['ana', 'bo', 'chen', 'dee']) change(tree, ['people', name], { notify: late });
    });
    expect(union(holesIn(config, MONDAY, 7, { limit: 599 }))).toEqual([
      { from: MONDAY, until: MONDAY + 7 * 1440 * MINUTE },
    ]);
    expect(holesIn(config, MONDAY, 7, { limit: 600 })).toEqual([]);
    expect(holesIn(config, MONDAY, 7)[0]?.findings.map(({ found }) => found)).toContain('too-late');
    expect(holesIn(config, MONDAY, 7, { priority: 'P3' })).toEqual([]);
  });
});

const minutes = (most: number) => fc.integer({ min: 1, max: most }).map((n) => `${n}m`);
const people = fc.uniqueArray(fc.constantFrom('ana', 'bo', 'chen', 'dee'), { minLength: 1, maxLength: 3 });
const clockTime = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));

const from = fc.constantFrom('2026-03-01', '2026-03-20', '2026-03-29', '2026-10-25');
const byWallClock = fc.record({
  people,
  every: fc.constantFrom('3h', '4h', '1d'),
  handover: clockTime,
  from,
});
const byElapsed = fc.record({
  people,
  every: fc.constantFrom('1h', '90m', '7h', '1d'),
  handover: clockTime,
  by: fc.constant('elapsed'),
  from,
});

/** A layer of some hours only, above one that covers the rest. */
const layers = fc
  .tuple(fc.oneof(byWallClock, byElapsed), fc.option(byWallClock, { nil: undefined }), clockTime, clockTime)
  .map(([below, above, since, to]) =>
    above === undefined || since === to
      ? [below]
      : [below, { ...above, only: [{ days: 'Mon-Sun', from: since, to }] }],
  );

const target = fc.oneof(
  { arbitrary: fc.constantFrom('schedule one', 'schedule two'), weight: 4 },
  fc.constantFrom('person ana', 'person chen', 'tier2 of the service', 'manager of the service', 'team live'),
);

const worlds = fc.record({
  zones: fc.tuple(
    fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Singapore', 'Australia/Lord_Howe'),
    fc.constantFrom('UTC', 'Europe/Berlin', 'America/Sao_Paulo'),
  ),
  layers: fc.tuple(layers, layers),
  steps: fc.array(fc.record({ page: fc.array(target, { minLength: 1, maxLength: 2 }), wait: minutes(9) }), {
    minLength: 1,
    maxLength: 3,
  }),
  repeats: fc.boolean(),
  without: fc.subarray(['ana', 'bo', 'chen', 'dee']),
  slow: fc.subarray(['ana', 'bo', 'chen', 'dee']),
  /** Whose only method is known to be dead. */
  dead: fc.oneof(
    { arbitrary: fc.constant<string[]>([]), weight: 2 },
    fc.subarray(['ana', 'bo', 'chen', 'dee'], { maxLength: 2 }),
  ),
  rung: fc.constantFrom('person bo', 'schedule two', 'team live'),
  /** Around the clock changes of these zones, and where the layers begin. */
  start: fc
    .tuple(
      fc.constantFrom(
        ...['2026-03-08', '2026-03-20', '2026-03-29', '2026-04-04', '2026-10-03', '2026-10-25', '2026-11-01'],
      ),
      fc.nat(23),
    )
    .map(([date, hour]) => at(`${date}T${String(hour).padStart(2, '0')}:00[UTC]`)),
  limit: fc.integer({ min: 0, max: 15 }).map((n) => n * 60),
  /** Minutes after the start, and for how many. */
  windows: fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 30 })), { maxLength: 2 }),
  changes: fc.array(
    fc.record({
      kind: fc.constantFrom('leave', 'override', 'series', 'temporary', 'swap'),
      person: fc.constantFrom('ana', 'bo', 'chen', 'dee'),
      schedule: fc.constantFrom('one', 'two'),
      from: fc.integer({ min: -30, max: 60 }),
      lasts: fc.integer({ min: 1, max: 90 }),
      weekly: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
});

type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

/** Changes beside the config; what each means at an instant is asked of the point query, not of the timeline. */
function changesOf({ changes, start }: World): ShiftChange[] {
  return changes.map((given, n): ShiftChange => {
    const { kind, person, schedule } = given;
    const span = { from: start + given.from * MINUTE, until: start + (given.from + given.lasts) * MINUTE };
    const head = { id: `c${n}`, recordedAt: n, recordedBy: 'ops' };
    const lane = { schedule, role: 'primary' } as const;
    switch (kind) {
      case 'leave':
        return { kind, ...head, person, ...span };
      case 'override':
        return { kind, ...head, ...lane, person, ...span };
      case 'series': {
        const back = given.weekly ? 7 : 1;
        const [from, until] = [span.from - back * 1440 * MINUTE, span.until - back * 1440 * MINUTE];
        const rule = given.weekly ? 'FREQ=WEEKLY' : 'FREQ=DAILY';
        const repeats = { rule, timeZone: 'Europe/London', until: start + 10_080 * MINUTE };
        return { kind: 'override', ...head, ...lane, person, from, until, repeats };
      }
      case 'temporary': {
        const { layers } = Schedule.parse({ timeZone: 'UTC', layers: [{ people: [person] }] });
        return { kind, ...head, schedule, layers, ...span };
      }
      case 'swap': {
        const later = { from: span.until, until: span.until + given.lasts * MINUTE };
        return { kind, ...head, ...lane, first: { person, ...span }, second: { person: 'dee', ...later } };
      }
    }
  });
}

function worldConfig({ zones, layers, steps, repeats, without, slow, rung }: World): Config {
  const named = steps.map((step, i) => ({
    name: `s${i}`,
    ...step,
    ...(repeats && i === steps.length - 1 ? { repeat: { from: 's0', times: 1 } } : {}),
  }));
  const tree = starterTree() as unknown as Loose;
  // Only the shape is read: what lint thinks of thousands of random worlds is not the question.
  tree['taxonomy'] = {};
  for (const name of slow)
    change(tree, ['people', name], { notify: { 'P1-P5': [{ via: 'desk', after: '4m' }] } });
  for (const name of without) change(tree, ['people', name], { contact: {}, notify: {} });
  tree['schedules'] = {
    ...tree['schedules'],
    one: { timeZone: zones[0], layers: layers[0] },
    two: { timeZone: zones[1], layers: layers[1] },
  };
  change(tree, ['teams', 'live'], { ladder: { tier2: rung, manager: 'person dee' } });
  change(tree, ['policies', 'live-pay'], { steps: named });
  return Config.parse(tree);
}

const contactsOf = (config: Config, dead: readonly string[]): KnownContacts => ({
  methodsOf: (person) => {
    const found = config.people[person];
    return (found === undefined ? [] : methodsOf(found)).map((method) => ({
      ...{ ...method, verified: true },
      ...(dead.includes(person) ? { dead: '410 Gone' } : {}),
    }));
  },
});

/** Seconds after which these persons' first attempts are due. */
const delaysOf = (config: Config, persons: readonly string[], dead: readonly string[]): number[] =>
  persons.flatMap((person) => {
    const found = config.people[person];
    if (found === undefined || dead.includes(person)) return [];
    const { attempts } = planAttempts({ priority: 'P1', dueAt: 0 }, found.notify, methodsOf(found));
    return attempts.map(({ dueAt }) => dueAt / 1000);
  });

interface Opened {
  readonly at: Instant;
  readonly limit: number;
  readonly changes: ChangeBook;
  readonly isQuiet: (at: Instant) => boolean;
  readonly dead: readonly string[];
}

/** The plain way: opens a case at one instant and walks the plan by hand. */
function outcomeOf(config: Config, { at: opened, limit, changes, isQuiet, dead }: Opened): string {
  const plan = startPlan(undefined, config, 'payouts');
  let after = 0;
  for (
    let place: ReturnType<typeof placeAfter> = { round: 1, step: 0 };
    place !== undefined && after <= limit;
    place = placeAfter(plan, place)
  ) {
    const { page = [], wait = 0 } = plan.steps[place.step] ?? {};
    const starts = opened + after * 1000;
    if (isQuiet(starts)) return 'muted';
    const { persons } = resolveTargets(page, { config, service: 'payouts', at: starts, changes });
    const delays = delaysOf(
      config,
      persons.map(({ person }) => person),
      dead,
    );
    if (after + Math.min(...delays) <= limit) return 'covered';
    if (delays.length > 0) after += wait;
  }
  return 'hole';
}

const MINUTES = 60;

describe('the proof', () => {
  it('says the same as opening a case at every minute, over clock changes, layers, ladders, rounds, changes and maintenance', () => {
    const seen = { covered: 0, hole: 0, muted: 0 };
    fc.assert(
      fc.property(worlds, (world) => {
        const config = worldConfig(world);
        const changes = changeBook(changesOf(world));
        const windows = world.windows.map(([from, lasts]) => ({
          from: world.start + from * MINUTE,
          until: world.start + (from + lasts) * MINUTE,
        }));
        const isQuiet = (instant: Instant): boolean =>
          windows.some(({ from, until }) => from <= instant && instant < until);
        const asked = { config, service: 'payouts', priority: 'P1' } as const;
        const found = coverageHoles(
          startPlan(undefined, config, 'payouts'),
          { ...asked, changes, silence: union(windows), contacts: contactsOf(config, world.dead) },
          { span: { from: world.start, until: world.start + MINUTES * MINUTE }, within: world.limit },
        );
        for (let minute = 0; minute < MINUTES; minute += 1) {
          const opened = world.start + minute * MINUTE;
          const hole = found.find(({ from, until }) => from <= opened && opened < until);
          const isMuted = hole?.findings.at(-1)?.found === 'muted';
          const proved = hole === undefined ? 'covered' : isMuted ? 'muted' : 'hole';
          seen[proved] += 1;
          const { limit, dead } = world;
          const walked = outcomeOf(config, { at: opened, limit, changes, isQuiet, dead });
          if (proved !== walked) throw new Error(`minute ${minute}: ${proved} is not ${walked}`);
        }
      }),
      { numRuns: runs(5000) },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(1000);
  }, 300_000);
});
