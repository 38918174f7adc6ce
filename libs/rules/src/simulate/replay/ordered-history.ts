import { type CaseTimer, EngineInput, type Instant, type RecordedInput } from '@tocsin/contracts';

/** A line of the recording whose input is understood. */
export interface ReplayableInput extends Omit<RecordedInput, 'input'> {
  readonly input: EngineInput;
}

export type HeardEvent = Extract<EngineInput, { kind: 'event' }>;

/** When a timer was really served. `order` tells what of one instant came first. */
export interface Served {
  readonly at: Instant;
  readonly order: number;
  /** The line of the timer itself; absent when something else came while the timer waited to be served. */
  readonly row?: ReplayableInput;
}

/**
 * What came from outside in one transaction. Of older lines, which do not tell that, what came at one instant with nothing
 * of the engine's own between.
 */
export interface InputGroup {
  readonly at: Instant;
  readonly order: number;
  readonly rows: readonly ReplayableInput[];
}

/** One page of one person. */
export interface PagePlace {
  readonly epoch: number;
  readonly round: number;
  readonly step: number;
  readonly person: string;
}

/** Why a case cannot be replayed. */
export interface UnreadableInput {
  readonly case: string;
  /** The kind, and of an act its type. */
  readonly what: string;
}

/** A recording in its one order, however it was read. */
export interface OrderedHistory {
  /** All lines of cases that opened in it and can be followed, by case. */
  readonly byCase: ReadonlyMap<string, readonly ReplayableInput[]>;
  /** What came from outside, in the order in which it is replayed. */
  readonly groups: readonly InputGroup[];
  readonly servedAt: (name: string, timer: CaseTimer, due: Instant) => Served | undefined;
  /** When a hushed case was really looked at because what hushed it had changed at an instant. */
  readonly lookedAt: (name: string, changed: Instant) => Served | undefined;
  /** Where the config in force became another, as far as the lines tell. */
  readonly revisionsFrom: readonly Instant[];
  /** The revision that a case had pinned when it really made a page; undefined when it never did. */
  readonly pageThen: (name: string, page: PagePlace) => number | undefined;
  readonly unreadable: readonly UnreadableInput[];
  /** Lines of cases that had opened before the recording begins, or became one with such: they are left out. */
  readonly openedBefore: number;
}

const TIMER_OF: Readonly<Partial<Record<EngineInput['kind'], CaseTimer>>> = {
  woke: 'wake',
  'sla-woke': 'sla',
  reweighed: 'weigh',
  'closing-looked': 'close',
  calmed: 'calm',
};

/** The line that opened its case. */
const isOpener = ({ input, came }: Pick<RecordedInput, 'input' | 'came'>): boolean =>
  input.kind === 'paged-by-hand' || (input.kind === 'event' && came.went === 'open');

/**
 * Brings a recording into the one order in which it is replayed: by instant, then by transaction, then by id. Lines may
 * come in any order and more than once. Within a case the ids are the order, for each was written under the lock of its case; a clock that
 * was set back must not turn it round.
 */
export function orderHistory(inputs: Iterable<RecordedInput>): OrderedHistory {
  const lines = new Map<number, RecordedInput>();
  for (const input of inputs) lines.set(input.id, input);
  const byId = [...lines.values()].sort((a, b) => a.id - b.id);
  const { rows, byCase, unreadable } = readLines(byId);
  const openedBefore = rows.filter(({ case: name }) => name !== undefined && !byCase.has(name)).length;
  const served = servedTimers(byCase);
  const pages = pagesThen(byCase);
  return {
    byCase,
    groups: groupsOf(rows, byCase),
    servedAt: (name, timer, due) => served.get(timerKey(name, timer, due)),
    lookedAt: (name, changed) => lookedAt(byCase.get(name) ?? [], changed),
    revisionsFrom: revisionsFrom(byId),
    pageThen: (name, page) => pages.get(pageKey(name, page)),
    unreadable,
    openedBefore,
  };
}

interface ReadLines extends Pick<OrderedHistory, 'unreadable'> {
  /** All that are understood, in the order of their ids. */
  readonly rows: readonly ReplayableInput[];
  readonly byCase: Map<string, ReplayableInput[]>;
}

function readLines(byId: readonly RecordedInput[]): ReadLines {
  const rows: ReplayableInput[] = [];
  const byCase = new Map<string, ReplayableInput[]>();
  const unreadable = new Map<string, UnreadableInput>();
  for (const line of byId) {
    const { case: name = '' } = line;
    const read = EngineInput.safeParse(line.input);
    if (read.success) keep({ ...line, input: read.data }, rows, byCase);
    else if (byCase.has(name) || !isKnownKind(line))
      unreadable.set(`${name} ${whatOf(line)}`, { case: name, what: whatOf(line) });
  }
  for (const { case: name } of unreadable.values()) byCase.delete(name);
  leaveEntangled(rows, byCase);
  return { rows, byCase, unreadable: [...unreadable.values()] };
}

/** Keeps a line that is understood. */
function keep(line: ReplayableInput, rows: ReplayableInput[], byCase: Map<string, ReplayableInput[]>): void {
  const known = byCase.get(line.case ?? '') ?? [];
  const row = { ...line, at: Math.max(line.at, known.at(-1)?.at ?? line.at) };
  rows.push(row);
  if (line.case === undefined || (known.length === 0 && !isOpener(line))) return;
  known.push(row);
  byCase.set(line.case, known);
}

/**
 * A case that became one with a case that cannot be followed cannot be followed either, nor can one that was quiet for
 * such, or was joined in place of such.
 */
function leaveEntangled(rows: readonly ReplayableInput[], byCase: Map<string, ReplayableInput[]>): void {
  const pairs = entangledIn(rows);
  for (let left = true; left; ) {
    const torn = pairs.filter(([a, b]) => byCase.has(a) !== byCase.has(b)).flat();
    const leaning = rows.filter(
      ({ case: name = '', came: { quietFor, beside } }) =>
        byCase.has(name) && [quietFor, beside].some((on) => on !== undefined && !byCase.has(on)),
    );
    const lost = [...torn, ...leaning.map(({ case: name = '' }) => name)];
    left = lost.length > 0;
    for (const name of lost) byCase.delete(name);
  }
}

/** Cases that were moved by one and the same event. */
function entangledIn(rows: readonly ReplayableInput[]): (readonly [string, string])[] {
  const pairs: [string, string][] = [];
  const events = new Map<number | undefined, ReplayableInput>();
  for (const row of rows) {
    if (row.input.kind === 'event') events.set(row.tx, row);
    const event = events.get(row.tx);
    if (row.input.kind !== 'followed' || event?.at !== row.at) continue;
    if (event.case !== undefined && row.case !== undefined) pairs.push([event.case, row.case]);
  }
  return pairs;
}

/** A look that is not due by the clock of the case comes within this many milliseconds of what caused it. */
const LOOKED_WITHIN = 60_000;

function lookedAt(rows: readonly ReplayableInput[], changed: Instant): Served | undefined {
  const row = rows.find(
    ({ at, input, due }) =>
      at >= changed && at < changed + LOOKED_WITHIN && input.kind === 'woke' && due?.wake === undefined,
  );
  return row === undefined ? undefined : { at: row.at, order: row.id, row };
}

function revisionsFrom(byId: readonly RecordedInput[]): Instant[] {
  const from = new Map<number, Instant>();
  for (const { revision, at } of byId) from.set(revision, Math.min(at, from.get(revision) ?? at));
  return [...from.values()].sort((a, b) => a - b).slice(1);
}

const KINDS: readonly string[] = EngineInput.options.map((option) => option.shape.kind.value);
const isKnownKind = ({ input }: RecordedInput): boolean => KINDS.includes(input.kind);

function whatOf({ input }: RecordedInput): string {
  const { kind, act } = input as RecordedInput['input'] & { readonly act?: unknown };
  const type = typeof act === 'object' && act !== null && 'type' in act ? act.type : act;
  return typeof type === 'string' ? `${kind} ${type}` : kind;
}

const timerKey = (name: string, timer: CaseTimer, due: Instant): string => `${name} ${timer} ${due}`;

function servedTimers(byCase: ReadonlyMap<string, readonly ReplayableInput[]>): ReadonlyMap<string, Served> {
  const served = new Map<string, Served>();
  for (const [name, rows] of byCase)
    for (const [row, timer, due] of rows.flatMap(dueIn)) {
      const key = timerKey(name, timer, due);
      if (TIMER_OF[row.input.kind] === timer) served.set(key, { at: row.at, order: row.id, row });
      else if (served.get(key)?.row === undefined) served.set(key, { at: row.at, order: row.id + 0.5 });
    }
  return served;
}

const dueIn = (row: ReplayableInput): [ReplayableInput, CaseTimer, Instant][] =>
  (Object.entries(row.due ?? {}) as [CaseTimer, Instant][]).map(([timer, due]) => [row, timer, due]);

const pageKey = (name: string, { epoch, round, step, person }: PagePlace): string =>
  `${name} ${epoch}.${round}.${step} ${person}`;

function pagesThen(byCase: ReadonlyMap<string, readonly ReplayableInput[]>): ReadonlyMap<string, number> {
  const pages = new Map<string, number>();
  for (const [name, rows] of byCase) {
    let pinned = 0;
    for (const row of rows) {
      const { input, revision, came } = row;
      if (input.kind === 'migrated' || isOpener(row)) pinned = revision;
      const made = (came.pages ?? []).flatMap(({ persons, ...place }) =>
        persons.map((person) => pageKey(name, { ...place, person })),
      );
      for (const key of made) pages.set(key, pinned);
    }
  }
  return pages;
}

/** Timers, and what follows from other lines, come of themselves. */
const isOutside = ({ input }: ReplayableInput): boolean =>
  TIMER_OF[input.kind] === undefined && input.kind !== 'followed';

/** Acts on cases that are not followed are left out; their events are not, for they tell whose a ticket is. */
function groupsOf(
  rows: readonly ReplayableInput[],
  byCase: ReadonlyMap<string, readonly ReplayableInput[]>,
): InputGroup[] {
  const followed = rows.filter(
    ({ input, case: name }) => input.kind === 'event' || (name !== undefined && byCase.has(name)),
  );
  const groups: { at: Instant; order: number; rows: ReplayableInput[] }[] = [];
  let before: ReplayableInput | undefined;
  for (const row of inOrder(followed)) {
    const last = groups.at(-1);
    if (isOutside(row) && (last === undefined || before === undefined || !isOneStep(before, row)))
      groups.push({ at: row.at, order: row.id, rows: [row] });
    else if (isOutside(row)) last?.rows.push(row);
    before = row;
  }
  return groups;
}

/** Lines of transactions that ran beside each other have ids that alternate; they had nothing in common. */
function inOrder(rows: readonly ReplayableInput[]): ReplayableInput[] {
  const first = new Map<number, number>();
  for (const { tx, id } of rows) if (tx !== undefined) first.set(tx, Math.min(id, first.get(tx) ?? id));
  const placeOf = ({ tx, id }: ReplayableInput): number => (tx === undefined ? id : (first.get(tx) ?? id));
  return rows.toSorted((a, b) => a.at - b.at || placeOf(a) - placeOf(b) || a.id - b.id);
}

const isOneStep = (before: ReplayableInput, row: ReplayableInput): boolean =>
  before.at === row.at && before.tx === row.tx && TIMER_OF[before.input.kind] === undefined;
