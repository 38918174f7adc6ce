import { caseIdText, type Config, type Instant, rankOf, type RecordedInput } from '@tocsin/contracts';
import type { Happening, HeardTicket, Stimulus } from './happening.js';
import type { CaseStory, StoryPage } from './replay/case-story.js';
import { isMute } from './replay/led-to-nobody.js';
import { orderHistory } from './replay/ordered-history.js';
import { type Replay, replayHistory } from './replay/replay-history.js';
import { recordedStimulus } from './recorded-stimulus.js';

/** What a small world has gone through. */
export interface Lived {
  readonly happenings: readonly Happening[];
  /** Every ticket and alert, in the order in which they came. */
  readonly heard: readonly HeardTicket[];
}

/**
 * A small world on a virtual clock, until `until` (inclusive): what comes from outside is written as a recording, and the
 * engine of `tocsin simulate` replays it. So everything happens that happens in earnest: tickets are grouped, windows
 * hush, cases close and return, clocks run out. What comes from outside at an instant is taken before the timers of that
 * instant: an answer in the very second in which the next step is due still counts.
 *
 * The same arguments give the same world: nothing is read but them.
 */
export function liveThrough(config: Config, stimuli: readonly Stimulus[], until: Instant): Lived {
  const ordered = stimuli.toSorted((a, b) => a.at - b.at);
  const lines = linesOf(ordered, config);
  const replay = replayHistory(
    {
      ...{ history: orderHistory(lines), changes: [], windows: [], until, isRevised: false },
      configThen: () => config,
    },
    () => ({ revision: REVISION, config }),
  );
  const names = namesOf(replay, ordered);
  const nameOf = (of: string): string => names.get(of) ?? of;
  return { happenings: happeningsOf(replay, config, nameOf), heard: heardIn(replay, ordered, until, nameOf) };
}

const REVISION = 1;

/** Each event has a case name of its own, by which acts find whatever case it has come to. */
const caseOfLine = (n: number): string => caseIdText(BigInt(n + 1));

function linesOf(stimuli: readonly Stimulus[], config: Config): RecordedInput[] {
  const cases = new Map<string, string>();
  return stimuli.flatMap(({ at, act }, n): RecordedInput[] => {
    if (act.type === 'event') cases.set(act.event.ticketKey, caseOfLine(n));
    const found = cases.get(act.type === 'event' ? act.event.ticketKey : act.ticketKey);
    if (found === undefined) return [];
    const came = act.type === 'event' ? { went: 'open' } : {};
    return [
      { id: n, at, case: found, revision: REVISION, tx: n, input: recordedStimulus(act, config), came },
    ];
  });
}

/** The ticket that has opened a case, and which of its cases that is. */
function namesOf({ stories }: Replay, stimuli: readonly Stimulus[]): Map<string, string> {
  const numbers = new Map<string, number>();
  const names = new Map<string, string>();
  stimuli.forEach(({ act }, n) => {
    const name = caseOfLine(n);
    if (act.type !== 'event' || !stories.has(name)) return;
    const { ticketKey } = act.event;
    const number = (numbers.get(ticketKey) ?? 0) + 1;
    numbers.set(ticketKey, number);
    names.set(name, `${ticketKey}#${number}`);
  });
  return names;
}

function heardIn(
  { heardBy }: Replay,
  stimuli: readonly Stimulus[],
  until: Instant,
  nameOf: (of: string) => string,
): HeardTicket[] {
  return stimuli.flatMap(({ at, act }, n): HeardTicket[] => {
    if (act.type !== 'event' || at > until) return [];
    const found = heardBy.get(n);
    const { ticketKey } = act.event;
    return [{ at, ticketKey, ...(found === undefined ? {} : { case: nameOf(found) }) }];
  });
}

function happeningsOf(
  { stories, joins }: Replay,
  config: Config,
  nameOf: (of: string) => string,
): Happening[] {
  const told = [...stories.values()].flatMap((story) => happeningsIn(story, nameOf(story.case), config));
  const joined = joins.map(({ at, case: of, into }): Happening => {
    return { type: 'joined', at, case: nameOf(of), into: nameOf(into) };
  });
  return [...told, ...joined].sort((a, b) => a.at - b.at || ORDER[a.type] - ORDER[b.type]);
}

/** Of what happens at one instant. */
const ORDER: Readonly<Record<Happening['type'], number>> = {
  ...{ opened: 0, raised: 1, lowered: 1, joined: 2, unreachable: 3, paged: 3 },
  ...{ exhausted: 4, acknowledged: 4, resolved: 4, reopened: 4 },
};

function happeningsIn(story: CaseStory, name: string, config: Config): Happening[] {
  const of = { case: name };
  const { openedAt, service, priorities, pages, answers, turns } = story;
  const [first] = priorities;
  return [
    ...(first === undefined
      ? []
      : [{ type: 'opened' as const, at: openedAt, ...of, priority: first.priority, service }]),
    ...priorities.slice(1).map(({ at, priority }, n) => {
      const isRaised = rankOf(priority) < rankOf(priorities[n]?.priority ?? priority);
      return { type: isRaised ? ('raised' as const) : ('lowered' as const), at, ...of, priority };
    }),
    ...pages.map((page) => ({ ...of, ...pageIn(page, config) })),
    ...answers.map(({ at }) => ({ type: 'acknowledged' as const, at, ...of })),
    ...turns.map(({ at, to }) => ({ type: to, at, ...of })),
  ];
}

const pageIn = ({ at, person, stepName, round }: StoryPage, config: Config) =>
  isMute(config, person)
    ? { type: 'unreachable' as const, at, person, stepName }
    : { type: 'paged' as const, at, person, stepName, round };
