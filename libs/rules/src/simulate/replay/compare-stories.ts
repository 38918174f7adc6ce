import type { Instant, Priority } from '@tocsin/contracts';
import type { CaseStory, StoryAnswer, StoryBreach, StoryPage } from './case-story.js';

/** What may differ of a case. */
export const DIFFERENCES = [
  'grouping',
  'priority',
  'target',
  'first-page',
  'pages',
  'acknowledgement',
  'closing',
  'promise',
] as const;
export type DifferenceKind = (typeof DIFFERENCES)[number];

/** A case that would have gone another way. */
export interface CaseDifference {
  readonly case: string;
  readonly kinds: readonly DifferenceKind[];
  /** Absent for a case that was never really opened. */
  readonly before?: CaseStory | undefined;
  /** Absent for one that would not be: its tickets are part of another. */
  readonly after?: CaseStory | undefined;
}

/** A due step is attempted within a second (L1): what differs by less is no difference. */
const TOLERANCE_MS = 1000;

/** The cases whose stories differ, in the order of their opening. */
export function compareStories(
  before: ReadonlyMap<string, CaseStory>,
  after: ReadonlyMap<string, CaseStory>,
): CaseDifference[] {
  const found: CaseDifference[] = [];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, would] = [before.get(name), after.get(name)];
    const kinds = kindsOf(was, would);
    if (kinds.length > 0) found.push({ case: name, kinds, before: was, after: would });
  }
  return found.sort((a, b) => openingOf(a) - openingOf(b) || (a.case < b.case ? -1 : 1));
}

const openingOf = ({ before, after }: CaseDifference): Instant => (before ?? after)?.openedAt ?? 0;

function kindsOf(was: CaseStory | undefined, would: CaseStory | undefined): readonly DifferenceKind[] {
  if (was === undefined || would === undefined) return ['grouping'];
  return DIFFERENCES.filter((kind) => DIFFERS[kind](was, would));
}

/**
 * `grouping`: whether there is such a case, and which tickets are part of it. `priority`: the priorities it went through. `target`: the service, or whom the first step reached. `first-page`: when,
 * or whether at all. `pages`: who was asked after that, or when. `acknowledgement`: who answered, after which step, and
 * whether that person had been paged. `closing`: when it ended and was open again. `promise`: which SLA clocks ran out, or
 * when; nothing is said where the recording does not tell.
 */
const DIFFERS: Readonly<Record<DifferenceKind, (a: CaseStory, b: CaseStory) => boolean>> = {
  grouping: (a, b) => a.tickets.join('\n') !== b.tickets.join('\n'),
  priority: (a, b) => prioritiesOf(a).join() !== prioritiesOf(b).join(),
  target: (a, b) => a.service !== b.service || firstReached(a).join() !== firstReached(b).join(),
  'first-page': (a, b) => isApart(firstPageAt(a), firstPageAt(b)),
  pages: (a, b) => {
    const [later, others] = [laterPages(a), laterPages(b)];
    return later.length !== others.length || later.some((page, n) => isOther(page, others[n]));
  },
  acknowledgement: (a, b) => a.answers.map(pathOf).join() !== b.answers.map(pathOf).join(),
  closing: (a, b) =>
    a.turns.length !== b.turns.length || a.turns.some(({ at }, n) => isApart(at, b.turns[n]?.at)),
  promise: ({ breaches: was }, { breaches: would }) => {
    if (was === undefined || would === undefined) return false;
    const [a, b] = [was, would].map((breaches) => breaches.toSorted(byClock)) as [
      StoryBreach[],
      StoryBreach[],
    ];
    return a.length !== b.length || a.some((one, n) => isOtherBreach(one, b[n]));
  },
};

export const prioritiesOf = ({ priorities }: CaseStory): Priority[] =>
  priorities.map(({ priority }) => priority);

export const firstPageAt = ({ pages }: CaseStory): Instant | undefined => pages[0]?.at;

const isOfFirst = ({ pages: [first] }: CaseStory, page: StoryPage): boolean =>
  first !== undefined &&
  page.at === first.at &&
  page.stepName === first.stepName &&
  page.round === first.round;

/** Whom the first step that paged anybody reached. */
export const firstReached = (story: CaseStory): string[] =>
  story.pages.filter((page) => isOfFirst(story, page)).map(({ person }) => person);

const laterPages = (story: CaseStory): readonly StoryPage[] =>
  story.pages.filter((page) => !isOfFirst(story, page));

const isApart = (a: Instant | undefined, b: Instant | undefined): boolean =>
  a === undefined || b === undefined ? a !== b : Math.abs(a - b) >= TOLERANCE_MS;

const isOther = (a: StoryPage, b: StoryPage | undefined): boolean =>
  b === undefined || a.person !== b.person || a.stepName !== b.stepName || isApart(a.at, b.at);

/** Several clocks that run out at one instant are told in no order. */
const byClock = (a: StoryBreach, b: StoryBreach): number =>
  a.clock === b.clock ? a.at - b.at : a.clock < b.clock ? -1 : 1;

const isOtherBreach = (a: StoryBreach, b: StoryBreach | undefined): boolean =>
  b === undefined || a.clock !== b.clock || isApart(a.at, b.at);

const pathOf = ({ by, after = '', paged }: StoryAnswer): string => JSON.stringify([by, after, paged]);
