import type { CaseEvent } from '@tocsin/contracts';
import { z } from 'zod';

/** The events that say whom they paged. */
export const PAGING_EVENTS: readonly CaseEvent['type'][] = [
  ...(['StepStarted', 'FallbackPaged', 'CaseReassigned', 'ResponderAdded'] as const),
  ...(['OwnerReminded', 'PagesRepeated'] as const),
];

const Paged = z.object({ persons: z.array(z.object({ person: z.string() })) });

/** Whom a row of the timeline says was paged. */
export const personsPaged = ({ type, facts }: CaseEvent): readonly string[] => {
  if (!PAGING_EVENTS.includes(type)) return [];
  return Paged.parse(facts).persons.map(({ person }) => person);
};
