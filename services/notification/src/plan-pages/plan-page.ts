import { type Instant, instantOf, isoOf, type PageRequested, type Person } from '@tocsin/contracts';
import { type NamedMethod, planAttempts } from '@tocsin/rules';
import type { NewAttempt } from './plan.store.js';

export type PagePlan =
  | { readonly attempts: readonly NewAttempt[] }
  /** Nobody can be reached by this page: the step must not wait out its time (L2). */
  | { readonly unreachable: string };

/** Expands a page into attempts by the person's own rules. What is due by `now` is handed at once. */
export function planPage(
  page: PageRequested,
  person: Person | undefined,
  methods: readonly NamedMethod[],
  now: Instant,
): PagePlan {
  const plan = planAttempts(
    { priority: page.priority, dueAt: instantOf(page.dueAt) },
    person?.notify ?? {},
    methods,
  );
  if (plan.attempts.length === 0)
    return { unreachable: person === undefined ? 'not in the config' : (plan.reason ?? 'no-methods') };
  const { tenant, caseId, epoch, round, step, priority } = page;
  return {
    attempts: plan.attempts.map(({ method, channel, dueAt }) => ({
      tenant,
      caseId,
      epoch,
      round,
      step,
      person: page.person,
      method,
      try: 1,
      channel,
      priority,
      repeat: false,
      dueAt: isoOf(dueAt),
      state: dueAt <= now ? 'handed' : 'planned',
    })),
  };
}
