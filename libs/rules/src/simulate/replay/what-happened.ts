import type { Instant } from '@tocsin/contracts';
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
  for (const { at, input, came } of rows) {
    if (came.priority !== undefined) writer.priority(at, came.priority);
    if (came.status === 'acknowledged' && input.kind === 'act' && 'by' in input.act)
      writer.answer(at, input.act.by);
    writer.nobody(came.empty ?? []);
    for (const page of came.pages ?? []) writer.page(at, page);
  }
  return writer.story;
}
