import type { Instant, Person, Priority } from '@tocsin/contracts';
import { CHANNELS, PRIORITIES } from '@tocsin/contracts';
import type { AttemptPlan, NamedMethod, PlannedAttempt } from './attempt-plan.js';

/** The contact methods that stand in the config tree. */
export function methodsOf(person: Person): NamedMethod[] {
  return Object.entries(person.contact).flatMap(([name, method]) => {
    const channel = CHANNELS.find((kind) => kind in method);
    return channel === undefined ? [] : [{ name, channel }];
  });
}

/**
 * A page as the attempts of one person, by that person's own rules: each step's methods at the page's due time
 * plus `after`. Without a rule for the priority every method is used at once: a missing rule never silences a page.
 *
 * @param methods those that may be used; a rule's method that is not among them is left out
 */
export function planAttempts(
  page: { readonly priority: Priority; readonly dueAt: Instant },
  notify: Person['notify'],
  methods: readonly NamedMethod[],
): AttemptPlan {
  if (methods.length === 0) return { attempts: [], reason: 'no-methods' };
  const ruled = byRules(page, notify, methods);
  if (ruled.length > 0) return { attempts: ruled };
  const wanted = methods.filter(({ joins }) => joins === undefined || joins.includes(page.priority));
  const all = wanted.length > 0 ? wanted : methods;
  return { attempts: all.map((method) => attemptBy(method, page.dueAt)), reason: 'no-rule' };
}

function byRules(
  { priority, dueAt }: { readonly priority: Priority; readonly dueAt: Instant },
  notify: Person['notify'],
  methods: readonly NamedMethod[],
): PlannedAttempt[] {
  const steps = Object.entries(notify).find(([band]) => bandHas(band, priority))?.[1] ?? [];
  const joining = methods.filter((method) => method.joins?.includes(priority));
  const ruled = steps.flatMap((step) =>
    step.via.flatMap((name) => {
      const method = methods.find((known) => known.name === name);
      return method === undefined ? [] : [attemptBy(method, dueAt + (step.after ?? 0) * 1000)];
    }),
  );
  if (ruled.length === 0) return [];
  return onceEach([...joining.map((method) => attemptBy(method, dueAt)), ...ruled]);
}

/** One attempt per method, the earliest: a later step that names it again adds nothing to its page key (S5). */
function onceEach(attempts: readonly PlannedAttempt[]): PlannedAttempt[] {
  const inOrder = attempts.toSorted((a, b) => a.dueAt - b.dueAt);
  return inOrder.filter((attempt, index) => inOrder.findIndex((a) => a.method === attempt.method) === index);
}

const attemptBy = ({ name, channel }: NamedMethod, dueAt: Instant): PlannedAttempt => ({
  method: name,
  channel,
  dueAt,
});

/** `P1-P2` has P1 and P2. */
export function bandHas(band: string, priority: Priority): boolean {
  const [from = '', until = from] = band.split('-');
  const places: readonly string[] = PRIORITIES;
  const place = places.indexOf(priority);
  return places.indexOf(from) <= place && place <= places.indexOf(until);
}
