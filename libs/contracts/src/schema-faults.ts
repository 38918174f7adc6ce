import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
export type SchemaPlace = readonly PropertyKey[];

/** One thing that is wrong, at the place where it stands. */
export interface SchemaFault {
  readonly place: SchemaPlace;
  readonly issue: Issue;
}

/** What zod found, down to what is really wrong: of the alternatives of a union the one that got furthest was meant. */
export const schemaFaults = (issues: readonly Issue[]): SchemaFault[] =>
  issues.flatMap((issue) => leaves(issue, []));

function leaves(issue: Issue, above: SchemaPlace): SchemaFault[] {
  const place = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ place: [...place, key], issue: { ...issue, keys: [key] } }));
  }
  if (issue.code === 'invalid_key') return issue.issues.flatMap((inner) => leaves(inner, place));
  if (issue.code !== 'invalid_union') return [{ place, issue }];
  const alternatives = issue.errors.map((issues) => issues.flatMap((inner) => leaves(inner, place)));
  const meant = alternatives
    .filter((found) => found.length > 0)
    .toSorted((a, b) => progress(b) - progress(a))[0];
  return meant ?? [{ place, issue }];
}

/** The wrong type of the whole thing says least; a wrong key says more, a wrong value inside most. */
function progress(found: readonly SchemaFault[]): number {
  const rank = { invalid_type: 0, unrecognized_keys: 1 } as Partial<Record<Issue['code'], number>>;
  return Math.min(...found.map(({ place, issue }) => place.length * 3 + (rank[issue.code] ?? 2)));
}
