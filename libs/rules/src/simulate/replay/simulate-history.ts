import type { Config, Instant, PersonalFact, RecordedInput } from '@tocsin/contracts';
import type { ShiftChange } from '../../on-call/changes/shift-change.js';
import type { QuietWindowRecord } from '../../quiet/recorded-window.js';
import type { CaseStory } from './case-story.js';
import { type CaseDifference, compareStories } from './compare-stories.js';
import { type OrderedHistory, orderHistory, type UnreadableInput } from './ordered-history.js';
import { personalFactsRead } from './recorded-event.js';
import { replayHistory } from './replay-history.js';
import type { ConfigAt } from './replayed-world.js';
import { type P1Pace, p1Paces } from './p1-paces.js';
import { type Burden, burdenOf } from './weigh-difference.js';
import { whatHappened } from './what-happened.js';

/** A recording as it was read: the lines in any order. */
export interface RecordedHistory {
  readonly inputs: Iterable<RecordedInput>;
  readonly changes: readonly ShiftChange[];
  /** Maintenance windows made at run time. */
  readonly windows: readonly QuietWindowRecord[];
  /** Of all revisions that the lines name. */
  readonly configs: ReadonlyMap<number, Config>;
  /** The newest of them. */
  readonly newest: Config;
  /** What came later tells only how late timers were. */
  readonly until: Instant;
}

/** A replay beside what happened. */
export interface Simulation {
  readonly cases: number;
  /** Lines of cases that opened within it. */
  readonly inputs: number;
  readonly openedBefore: number;
  readonly differences: readonly CaseDifference[];
  readonly before: Burden;
  readonly after: Burden;
  /** What a rule of the other config reads and nobody recorded, by how many cases said it. */
  readonly notRecorded: Readonly<Partial<Record<PersonalFact, number>>>;
  /** What decides whether P1 cases wait longer for their first page. */
  readonly paces: readonly P1Pace[];
  /** Cases whose recording is too old to tell of breaches: theirs count on neither side. */
  readonly withoutBreaches: number;
  readonly actsLost: number;
  readonly unreadable: readonly UnreadableInput[];
  /** Revisions that nobody has any more, with the number of cases that need them. */
  readonly withoutConfig: Readonly<Record<string, number>>;
  /** The replayed stories in their order: what the hash of the output is taken over. */
  readonly stories: readonly CaseStory[];
}

/**
 * Replays a recording and compares it with what happened.
 *
 * @param candidate takes the place of every revision; without it each input is decided by the revision that was in
 *   force, and the difference is empty if the recording is faithful
 */
export function simulateHistory(recorded: RecordedHistory, candidate?: Config): Simulation {
  const { changes, windows, configs, newest, until } = recorded;
  const history = orderHistory(recorded.inputs);
  const configThen = (revision: number): Config | undefined => configs.get(revision);
  const configAt: ConfigAt = (revision) => {
    const config = candidate ?? configThen(revision);
    return config === undefined ? undefined : { revision: candidate === undefined ? revision : 0, config };
  };
  const replay = replayHistory(
    { history, changes, windows, until, configThen, isRevised: candidate === undefined },
    configAt,
  );
  const { lost } = replay;
  // Who cannot be followed in the replay counts on neither side.
  const happened = new Map([...whatHappened(history, until)].filter(([name]) => !lost.has(name)));
  const untold = new Set(
    [...happened].flatMap(([name, { breaches }]) => (breaches === undefined ? [name] : [])),
  );
  const stories = withoutBreaches(replay.stories, untold);
  return {
    cases: happened.size,
    inputs: [...history.byCase.values()].reduce((sum, rows) => sum + rows.length, 0),
    openedBefore: history.openedBefore,
    differences: compareStories(happened, stories),
    before: burdenOf(happened.values(), newest),
    after: burdenOf(stories.values(), candidate ?? newest),
    notRecorded: candidate === undefined ? {} : notRecorded(history, candidate),
    paces: p1Paces(happened, stories),
    withoutBreaches: untold.size,
    actsLost: replay.actsLost,
    unreadable: history.unreadable,
    withoutConfig: Object.fromEntries(
      [...replay.withoutConfig].map(([revision, cases]) => [String(revision), cases.length]),
    ),
    stories: [...stories.values()],
  };
}

function withoutBreaches(
  stories: ReadonlyMap<string, CaseStory>,
  untold: ReadonlySet<string>,
): ReadonlyMap<string, CaseStory> {
  if (untold.size === 0) return stories;
  const strip = (story: CaseStory): CaseStory => ({ ...story, breaches: undefined });
  return new Map([...stories].map(([name, story]) => [name, untold.has(name) ? strip(story) : story]));
}

function notRecorded({ byCase }: OrderedHistory, config: Config): Simulation['notRecorded'] {
  const counts: Partial<Record<PersonalFact, number>> = {};
  const reads = personalFactsRead(config);
  for (const rows of byCase.values()) {
    const left = rows.flatMap(({ input }) => (input.kind === 'event' ? (input.event.left ?? []) : []));
    for (const fact of new Set(left)) if (reads.has(fact)) counts[fact] = (counts[fact] ?? 0) + 1;
  }
  return counts;
}
