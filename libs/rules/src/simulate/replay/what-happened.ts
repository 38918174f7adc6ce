import { type Instant, isIgnored } from '@tocsin/contracts';
import { type CaseStory, StoryWriter } from './case-story.js';
import type { OrderedHistory, ReplayableInput } from './ordered-history.js';

/** The stories that the recording itself tells: what really came of each input. */
export function whatHappened({ byCase }: OrderedHistory, until: Instant): ReadonlyMap<string, CaseStory> {
  const stories = new Map<string, CaseStory>();
  for (const name of [...byCase.keys()].sort()) {
    const rows = (byCase.get(name) ?? []).filter(({ at }) => at <= until);
    const [first] = rows;
    if (first !== undefined) stories.set(name, storyOf(name, first, rows));
  }
  return stories;
}

function storyOf(name: string, first: ReplayableInput, rows: readonly ReplayableInput[]): CaseStory {
  const { service, policy } = first.came;
  const writer = new StoryWriter({ case: name, openedAt: first.at, service, policy });
  if (first.came.breached !== undefined) writer.breached(first.at, []);
  for (const row of rows) writeRow(writer, row);
  return writer.story;
}

function writeRow(writer: StoryWriter, row: ReplayableInput): void {
  const { at, input, came } = row;
  const { priorities = [], empty = [], status, answeredBy } = came;
  for (const priority of priorities) writer.priority(at, priority);
  if (input.kind === 'event' && !isIgnored(came)) writer.ticket(input.event);
  if (status !== undefined) writer.status(at, status);
  if (answeredBy !== undefined) writer.answer(at, answeredBy);
  writer.nobody(empty);
  writeEffects(writer, row);
}

function writeEffects(
  writer: StoryWriter,
  { at, came: { pages = [], breached = [] } }: ReplayableInput,
): void {
  if (writer.tellsBreaches) writer.breached(at, breached);
  for (const page of pages) writer.page(at, page);
}
