import { costOf, roleOf, type SeenProcess } from '../system/process-tree.js';

export interface Cost {
  readonly role: string;
  readonly cpuSeconds: number;
  readonly pssMb: number;
}

/** CPU and memory per role, as of now. */
export function costByRole(processes: readonly SeenProcess[]): Map<string, Cost> {
  const roles = new Map<string, SeenProcess[]>();
  for (const seen of processes) roles.set(roleOf(seen), [...(roles.get(roleOf(seen)) ?? []), seen]);
  return new Map([...roles].map(([role, own]) => [role, { role, ...costOf(own) }]));
}

/** What was used between two readings; memory is that of the second. */
export function costBetween(before: ReadonlyMap<string, Cost>, after: ReadonlyMap<string, Cost>): Cost[] {
  return [...after.values()].map((cost) => ({
    ...cost,
    cpuSeconds: cost.cpuSeconds - (before.get(cost.role)?.cpuSeconds ?? 0),
  }));
}
