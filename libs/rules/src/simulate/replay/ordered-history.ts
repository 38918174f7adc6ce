import { type CaseTimer, EngineInput, type Instant, type RecordedInput } from '@tocsin/contracts';

/** A line of the recording whose input is understood. */
export interface ReplayableInput extends Omit<RecordedInput, 'input'> {
  readonly input: EngineInput;
}

/** When a timer was really served. `order` tells what of one instant came first. */
export interface Served {
  readonly at: Instant;
  readonly order: number;
  /** The line of the timer itself; absent when something else came while the timer waited to be served. */
  readonly row?: ReplayableInput;
}

/** What one transaction did to one case. */
export interface InputGroup {
  readonly case: string;
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
  /** All lines of cases that opened in it, by case. */
  readonly byCase: ReadonlyMap<string, readonly ReplayableInput[]>;
  /** What came from outside, in the order in which it is replayed. */
  readonly groups: readonly InputGroup[];
  readonly servedAt: (name: string, timer: CaseTimer, due: Instant) => Served | undefined;
  /** The revision that a case had pinned when it really made a page; undefined when it never did. */
  readonly pageThen: (name: string, page: PagePlace) => number | undefined;
  readonly unreadable: readonly UnreadableInput[];
  /** Lines of cases that had opened before the recording begins: they are left out. */
  readonly openedBefore: number;
}

const TIMER_OF: Readonly<Partial<Record<EngineInput['kind'], CaseTimer>>> = {
  woke: 'wake',
  'sla-woke': 'sla',
  reweighed: 'weigh',
};

const OPENERS: readonly string[] = ['opened', 'paged-by-hand'];

/**
 * Brings a recording into the one order in which it is replayed: by instant, then by id. Lines may come in any order and
 * more than once. Within a case the ids are the order, for each was written under the lock of its case; a clock that
 * was set back must not turn it round.
 */
export function orderHistory(inputs: Iterable<RecordedInput>): OrderedHistory {
  const lines = new Map<number, RecordedInput>();
  for (const input of inputs) lines.set(input.id, input);
  const byId = [...lines.values()].sort((a, b) => a.id - b.id);
  const { byCase, unreadable, openedBefore } = readLines(byId);
  const served = servedTimers(byCase);
  const pages = pagesThen(byCase);
  return {
    byCase,
    groups: groupsOf(byCase),
    servedAt: (name, timer, due) => served.get(timerKey(name, timer, due)),
    pageThen: (name, page) => pages.get(pageKey(name, page)),
    unreadable,
    openedBefore,
  };
}

function readLines(byId: readonly RecordedInput[]): Pick<OrderedHistory, 'unreadable' | 'openedBefore'> & {
  readonly byCase: Map<string, ReplayableInput[]>;
} {
  const byCase = new Map<string, ReplayableInput[]>();
  const bad = new Map<string, UnreadableInput>();
  let openedBefore = 0;
  for (const line of byId) {
    const known = byCase.get(line.case) ?? [];
    if (known.length === 0 && !OPENERS.includes(line.input.kind) && isKnownKind(line)) {
      openedBefore += 1;
      continue;
    }
    const read = EngineInput.safeParse(line.input);
    if (!read.success) {
      bad.set(`${line.case} ${whatOf(line)}`, { case: line.case, what: whatOf(line) });
      continue;
    }
    known.push({ ...line, at: Math.max(line.at, known.at(-1)?.at ?? line.at), input: read.data });
    byCase.set(line.case, known);
  }
  for (const { case: name } of bad.values()) byCase.delete(name);
  return { byCase, unreadable: [...bad.values()], openedBefore };
}

const KINDS: readonly string[] = EngineInput.options.map((option) => option.shape.kind.value);
const isKnownKind = ({ input }: RecordedInput): boolean => KINDS.includes(input.kind);

function whatOf({ input }: RecordedInput): string {
  const type = (input['act'] as { readonly type?: unknown } | undefined)?.type;
  return typeof type === 'string' ? `${input.kind} ${type}` : input.kind;
}

const timerKey = (name: string, timer: CaseTimer, due: Instant): string => `${name} ${timer} ${due}`;

function servedTimers(byCase: ReadonlyMap<string, readonly ReplayableInput[]>): ReadonlyMap<string, Served> {
  const served = new Map<string, Served>();
  for (const row of [...byCase.values()].flat())
    for (const [timer, due] of Object.entries(row.due ?? {}) as [CaseTimer, Instant][]) {
      const key = timerKey(row.case, timer, due);
      if (TIMER_OF[row.input.kind] === timer) served.set(key, { at: row.at, order: row.id, row });
      else if (served.get(key)?.row === undefined) served.set(key, { at: row.at, order: row.id + 0.5 });
    }
  return served;
}

const pageKey = (name: string, { epoch, round, step, person }: PagePlace): string =>
  `${name} ${epoch}.${round}.${step} ${person}`;

const PINNERS: readonly EngineInput['kind'][] = ['opened', 'paged-by-hand', 'migrated'];

function pagesThen(byCase: ReadonlyMap<string, readonly ReplayableInput[]>): ReadonlyMap<string, number> {
  const pages = new Map<string, number>();
  for (const [name, rows] of byCase) {
    let pinned = 0;
    for (const { input, revision, came } of rows) {
      if (PINNERS.includes(input.kind)) pinned = revision;
      const made = (came.pages ?? []).flatMap(({ persons, ...place }) =>
        persons.map((person) => pageKey(name, { ...place, person })),
      );
      for (const key of made) pages.set(key, pinned);
    }
  }
  return pages;
}

function groupsOf(byCase: ReadonlyMap<string, readonly ReplayableInput[]>): InputGroup[] {
  const groups: InputGroup[] = [];
  for (const [name, rows] of byCase) {
    const outside = rows.filter(({ input }) => TIMER_OF[input.kind] === undefined);
    for (const [at, together] of Map.groupBy(outside, (row) => row.at))
      groups.push({ case: name, at, order: together[0]?.id ?? 0, rows: together });
  }
  return groups.sort((a, b) => a.at - b.at || a.order - b.order);
}
