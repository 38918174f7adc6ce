import type { Instant, Priority } from '@tocsin/contracts';
import type { CaseStory, StoryAnswer, StoryPage } from './case-story.js';

/** What may differ of a case. */
export const DIFFERENCES = ['priority', 'target', 'first-page', 'pages', 'acknowledgement'] as const;
export type DifferenceKind = (typeof DIFFERENCES)[number];

/** A case that would have gone another way. */
export interface CaseDifference {
  readonly case: string;
  readonly kinds: readonly DifferenceKind[];
  readonly before: CaseStory;
  readonly after: CaseStory;
}

/** A due step is attempted within a second (L1): what differs by less is no difference. */
const TOLERANCE_MS = 1000;

/** The cases whose stories differ, in the order of their opening. */
export function compareStories(
  before: ReadonlyMap<string, CaseStory>,
  after: ReadonlyMap<string, CaseStory>,
): CaseDifference[] {
  const found: CaseDifference[] = [];
  for (const [name, was] of before) {
    const would = after.get(name);
    if (would === undefined) continue;
    const kinds = DIFFERENCES.filter((kind) => DIFFERS[kind](was, would));
    if (kinds.length > 0) found.push({ case: name, kinds, before: was, after: would });
  }
  return found.sort((a, b) => a.before.openedAt - b.before.openedAt || (a.case < b.case ? -1 : 1));
}

/**
 * `priority`: the priorities it went through. `target`: the service, or whom the first step reached. `first-page`: when,
 * or whether at all. `pages`: who was asked after that, or when. `acknowledgement`: who answered, after which step, and
 * whether that person had been paged.
 */
const DIFFERS: Readonly<Record<DifferenceKind, (a: CaseStory, b: CaseStory) => boolean>> = {
  priority: (a, b) => prioritiesOf(a).join() !== prioritiesOf(b).join(),
  target: (a, b) => a.service !== b.service || firstReached(a).join() !== firstReached(b).join(),
  'first-page': (a, b) => isApart(firstPageAt(a), firstPageAt(b)),
  pages: (a, b) => {
    const [later, others] = [laterPages(a), laterPages(b)];
    return later.length !== others.length || later.some((page, n) => isOther(page, others[n]));
  },
  acknowledgement: (a, b) => a.answers.map(pathOf).join() !== b.answers.map(pathOf).join(),
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

const pathOf = ({ by, after = '', paged }: StoryAnswer): string => JSON.stringify([by, after, paged]);
