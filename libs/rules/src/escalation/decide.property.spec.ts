import { describe, it } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import { CASE_FACTS, PRIORITIES, type Priority, type Target } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import type { CaseInput } from './case-input.js';
import { decide } from './decide.js';
import type { Decision } from './decision.js';
import type { RequestPages } from './effect.js';
import { type EscalationCase, NOT_OPENED, wakeAtOf } from './escalation-case.js';
import type { EscalationContext } from './escalation-context.js';
import type { PlannedStep, PolicyPlan } from './policy-plan.js';

const START = 1_795_424_400_000;
const NAMES = ['ana', 'bo', 'chen', 'nobody'] as const;
const targets = fc.array(
  fc.oneof(
    fc.constantFrom(...NAMES).map((name): Target => ({ kind: 'person', name })),
    fc.constant<Target>({ kind: 'everyone' }),
  ),
  { minLength: 1, maxLength: 2 },
);

const step = fc.record({ name: fc.string(), page: targets, wait: fc.integer({ min: 1, max: 600 }) });
/** Met or not by the priority, the round or the minute; one that errs; one that is never met. */
const condition = fc.record({
  when: fc.constantFrom(
    ...[
      'case.priority in ["P1", "P2"]',
      'case.round == 1',
      'now.minute % 2 == 0',
      '1 / case.events > 0',
      'false',
    ],
  ),
  timeZone: fc.constantFrom('UTC', 'Asia/Kathmandu'),
  otherwise: fc.constantFrom(undefined, 'hold' as const, { goTo: 0 }, { goTo: 2 }, { goTo: 9 }),
});
const conditionalStep = fc.oneof(
  step,
  fc.tuple(step, condition).map(([plain, when]): PlannedStep => ({ ...plain, ...when })),
);
const seconds = fc.option(fc.integer({ min: 1, max: 3000 }), { nil: undefined });
const acknowledged = fc.record({
  remind: seconds,
  reopen: seconds,
  restart: fc.constantFrom(undefined, 0, 3),
});

const plansOf = (steps: fc.Arbitrary<PlannedStep>): fc.Arbitrary<PolicyPlan> =>
  fc
    .record({
      policy: fc.constantFrom('live-pay', undefined),
      steps: fc.array(steps, { maxLength: 4 }),
      acknowledged: fc.record({ P1: acknowledged, P4: acknowledged }, { requiredKeys: [] }),
      from: fc.nat(3),
      times: fc.integer({ min: 1, max: 3 }),
      repeats: fc.boolean(),
      fallback: fc.oneof(targets, fc.constant([])),
      escalatesDownTo: fc.constantFrom(...PRIORITIES),
    })
    .map(({ from, times, repeats, ...plan }) => ({
      ...plan,
      repeat: repeats && plan.steps.length > 0 ? { from: from % plan.steps.length, times } : undefined,
    }));

const plans = plansOf(conditionalStep);
const plainPlans = plansOf(step);

const who = fc.constantFrom('ana', 'bo', 'chen');
const epoch = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined });
const priority = fc.constantFrom(...PRIORITIES);
const woke = fc.constant<CaseInput>({ type: 'Woke' });
const inputs: fc.Arbitrary<CaseInput> = fc.oneof(
  { arbitrary: woke, weight: 8 },
  fc.record({ type: fc.constant('Opened' as const), priority }),
  fc.record({ type: fc.constant('PriorityChanged' as const), to: priority }),
  fc.record({ type: fc.constant('Acknowledged' as const), by: who, epoch }),
  fc.record({ type: fc.constant('Resolved' as const), by: who }),
  fc.record({ type: fc.constant('Reopened' as const), by: who }),
  fc.record({
    type: fc.constant('Snoozed' as const),
    by: who,
    until: fc.integer({ min: START, max: START + 20_000_000 }),
    reason: fc.constant('later'),
  }),
  fc.record(
    {
      type: fc.constant('OwnerTimesChanged' as const),
      by: who,
      until: fc.integer({ min: START, max: START + 20_000_000 }),
      reason: fc.constant('a long repair'),
      remind: fc.integer({ min: 1, max: 9000 }),
      reopen: fc.integer({ min: 1, max: 9000 }),
    },
    { requiredKeys: ['type', 'by', 'until', 'reason'] },
  ),
  fc.record({ type: fc.constant('Reassigned' as const), by: who, to: targets }),
  fc.record({ type: fc.constant('Merged' as const), by: who, into: fc.constant('4F7K2') }),
  { arbitrary: fc.record({ type: fc.constant('Unmerged' as const), by: who }), weight: 3 },
  fc.record({ type: fc.constant('ResponderAdded' as const), by: who, person: fc.constantFrom(...NAMES) }),
  fc.record({
    type: fc.constant('Migrated' as const),
    by: who,
    from: fc.record({ revision: fc.constantFrom(1, 2), plan: plans }),
    revision: fc.constant(2),
  }),
  { arbitrary: fc.record({ type: fc.constant('EscalateNow' as const), by: who, epoch }), weight: 2 },
);

/** An input, how long after the one before it, and whether it means the present step unreachable instead. */
const happenings = fc.array(
  fc.record({
    input: inputs,
    seconds: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 4000 })),
    /** Wakes exactly when due: the ordinary life of a case. */
    punctual: fc.boolean(),
    unreachable: fc.constantFrom('no', 'no', 'no', 'no', 'bo', 'all', 'late'),
  }),
  { minLength: 1, maxLength: 25 },
);

/** People ask for others again and again, within seconds of each other. */
const calls = fc.array(
  fc.record({
    input: fc.oneof(
      {
        arbitrary: fc.record({
          ...{ type: fc.constant('ResponderAdded' as const), by: who },
          person: fc.constantFrom(...NAMES),
        }),
        weight: 3,
      },
      inputs,
    ),
    seconds: fc.integer({ min: 0, max: 12 }),
    punctual: fc.boolean(),
    unreachable: fc.constant('no' as const),
  }),
  { minLength: 1, maxLength: 25 },
);

type QuietOf = NonNullable<EscalationContext['quiet']>;

/** Stretches in which all or some priorities are hushed; mostly there are none. */
const quiets: fc.Arbitrary<QuietOf> = fc
  .record({
    spans: fc.array(
      fc.record({ from: fc.integer({ min: -100, max: 8000 }), lasts: fc.integer({ min: 1, max: 5000 }) }),
      {
        maxLength: 3,
      },
    ),
    exempt: fc.constantFrom<readonly Priority[]>([], ['P1']),
  })
  .map(({ spans, exempt }) => (priority, at) => {
    const on = spans.find(({ from, lasts }) => {
      const second = (at - START) / 1000;
      return from <= second && second < from + lasts;
    });
    if (on === undefined || exempt.includes(priority)) return undefined;
    return { by: { kind: 'window', name: 'upload' }, until: START + (on.from + on.lasts) * 1000 };
  });

const loud: QuietOf = () => undefined;

interface Seen {
  readonly before: EscalationCase;
  readonly input: CaseInput;
  readonly now: number;
  readonly decision: Decision;
}

type Story = typeof happenings extends fc.Arbitrary<infer T> ? T : never;

function live(plan: PolicyPlan, story: Story, quiet: QuietOf = loud): Seen[] {
  const known = ['ana', 'bo', 'chen'];
  const resolve = (asked: readonly Target[]) => {
    const names = asked.flatMap((t) => (t.kind === 'everyone' ? known : 'name' in t ? [t.name] : []));
    const persons = [...new Set(names)]
      .filter((n) => known.includes(n))
      .map((person) => ({ person, via: '' }));
    return { persons, empty: [] };
  };
  const seen: Seen[] = [];
  let state: EscalationCase = NOT_OPENED;
  let now = START;
  const step = (input: CaseInput) => {
    const decision = decide(state, input, { plan, resolve, quiet }, now);
    seen.push({ before: state, input, now, decision });
    state = decision.state;
  };
  step({ type: 'Opened', priority: 'P1' });
  for (const { input, seconds, punctual, unreachable } of story) {
    const due = wakeAtOf(state);
    now = punctual && due !== undefined ? Math.max(now, due) : now + seconds * 1000;
    step(input);
    if (unreachable === 'no') continue;
    const round = unreachable === 'late' ? state.round - 1 : state.round;
    const person = unreachable === 'bo' ? 'bo' : undefined;
    step({ type: 'StepUnreachable', epoch: state.epoch, round, step: state.step, person });
  }
  return seen;
}

const pagesOf = (decision: Decision): RequestPages[] =>
  decision.effects.filter((effect): effect is RequestPages => effect.type === 'RequestPages');

/** Why this person is not paged. @param twice asked for within ten seconds */
function refusalOf(state: EscalationCase, person: string, twice: boolean): string | undefined {
  const closed = { resolved: 'already-resolved', snoozed: 'snoozed', cancelled: 'merged' }[
    String(state.status)
  ];
  if (closed !== undefined) return closed;
  if (twice) return 'just-asked';
  if ('paged' in state && state.paged.includes(person)) return 'already-paged';
  return person === 'nobody' ? 'nobody-there' : undefined;
}

/** Cheaper than `expect` in these loops. */
function must(holds: boolean, ...what: readonly unknown[]): void {
  if (!holds) throw new Error(JSON.stringify(what));
}

const PAGING: readonly string[] = ['running', 'held', 'suppressed'];
const WAITING: readonly string[] = [...PAGING, 'exhausted', 'snoozed'];

/** What a person asks for by name. */
const BY_HAND: readonly string[] = ['EscalateNow', 'Reassigned', 'ResponderAdded'];
const WAITS_ON: readonly string[] = ['others-remain', 'still-held', 'still-suppressed'];

const order = ({ epoch: e, round, step }: RequestPages): number => e * 1e8 + round * 1e3 + step;

const always = (check: (seen: Seen[], plan: PolicyPlan, quiet: QuietOf) => void): void =>
  fc.assert(
    fc.property(plans, happenings, quiets, (plan, story, quiet) =>
      check(live(plan, story, quiet), plan, quiet),
    ),
    { numRuns: runs(2500) },
  );

describe('whatever happens to a case, in whatever order', () => {
  it('S4: a step of an epoch and round is planned at most once, and the escalation never walks back', () => {
    always((seen) => {
      const pages = seen.flatMap(({ decision }) => pagesOf(decision));
      const planned = pages.filter(({ beside }) => beside === undefined).map(order);
      for (let i = 1; i < planned.length; i += 1) must((planned[i] ?? 0) > (planned[i - 1] ?? 0), planned);
    });
  });

  it('S5: no two pages of a person share a place, so none is taken for a repeat of another', () => {
    always((seen) => {
      const places = seen.flatMap(({ decision }) =>
        pagesOf(decision).flatMap((page) => page.persons.map(({ person }) => `${order(page)} ${person}`)),
      );
      must(new Set(places).size === places.length, places);
    });
  });

  it('a responder is paged by every wish but those of people paged already and those that come twice', () => {
    const outcomes = new Set<string>();
    const check = (seen: readonly Seen[]): void => {
      const askedAt = new Map<string, number>();
      for (const { before, input, now, decision } of seen) {
        if (input.type !== 'ResponderAdded') continue;
        const { person } = input;
        const said = decision.stayed ?? decision.refused?.reason ?? 'paged';
        outcomes.add(said);
        const twice = now < (askedAt.get(person) ?? -Infinity) + 10_000;
        must(said === (refusalOf(before, person, twice) ?? 'paged'), before, input, said);
        if (said !== 'paged') continue;
        must(pagesOf(decision).length === 1, decision);
        askedAt.set(person, now);
      }
    };
    fc.assert(
      fc.property(plans, calls, (plan, story) => check(live(plan, story))),
      { numRuns: runs(1000) },
    );
    must(
      ['paged', 'just-asked', 'already-paged', 'nobody-there'].every((one) => outcomes.has(one)),
      [...outcomes],
    );
  });

  it('S7: nothing is planned in an epoch that was answered or resolved', () => {
    always((seen) => {
      const closed = new Set<number>();
      for (const { decision } of seen) {
        for (const page of pagesOf(decision)) must(!closed.has(page.epoch), page);
        for (const effect of decision.effects) if (effect.type === 'StopPages') closed.add(effect.epoch);
      }
    });
  });

  it('S8: a running or held escalation pauses or ends only by a person, a resolution, or exhausted with its alarm', () => {
    always((seen) => {
      for (const { before, input, decision } of seen) {
        if (!PAGING.includes(before.status) || PAGING.includes(decision.state.status)) continue;
        // Of an exhausted one only a reminder was held back: its alarm was told before.
        if (before.status === 'suppressed' && before.due === 'reminder') continue;
        const alarm = decision.effects.some((e) => e.type === 'Tell' && e.event === 'EscalationExhausted');
        const cause = {
          Acknowledged: 'acknowledged',
          Resolved: 'resolved',
          Snoozed: 'snoozed',
          Merged: 'cancelled',
        }[String(input.type)];
        must(decision.state.status === (cause ?? 'exhausted'), decision);
        must(alarm === (cause === undefined), decision);
      }
    });
  });

  it('S9: no wake-up plans anything before it is due, and a late one plans one step', () => {
    always((seen) => {
      for (const { before, input, now, decision } of seen) {
        const pages = pagesOf(decision);
        must(pages.length <= 1, pages);
        if (input.type === 'Woke' && pages.length > 0)
          must((wakeAtOf(before) ?? Infinity) <= now, before, now);
        for (const page of pages) must(page.dueAt === now, page, now);
      }
    });
  });

  it('L3: what waits has a wake-up ahead once woken; an owner may have one; nothing else has', () => {
    always((seen) => {
      for (const { input, now, decision } of seen) {
        const { state } = decision;
        const wakeAt = wakeAtOf(state);
        if (state.status !== 'acknowledged')
          must((wakeAt !== undefined) === WAITING.includes(state.status), state);
        if (
          wakeAt !== undefined &&
          (input.type === 'Woke' || pagesOf(decision).some(({ beside }) => !beside))
        ) {
          must(wakeAt > now, state, now);
        }
      }
    });
  });

  it('S7: a page beside an owner or a step moves neither step, timer nor owner', () => {
    always((seen) => {
      for (const { before, input, decision } of seen) {
        if (input.type !== 'ResponderAdded' || decision.effects.length === 0) continue;
        const { state } = decision;
        must(state.status === before.status && wakeAtOf(state) === wakeAtOf(before), before, state);
        must(state.step === before.step && state.round === before.round, before, state);
        must(
          decision.effects.every((effect) => effect.type !== 'StopPages'),
          decision,
        );
      }
    });
  });

  it('what is hushed pages only by a person’s own wish', () => {
    always((seen, _plan, quiet) => {
      for (const { input, now, decision } of seen) {
        if (quiet(decision.state.priority, now) === undefined || BY_HAND.includes(input.type)) continue;
        must(pagesOf(decision).length === 0, input, decision);
      }
    });
  });

  it('what is hushed is looked at when it is loud again, and pages on then', () => {
    always((seen, _plan, quiet) => {
      for (const { before, input, now, decision } of seen) {
        const { state, effects } = decision;
        const woken = before.status === 'suppressed' && input.type === 'Woke';
        const until = quiet(state.priority, now)?.until;
        if (woken && until === undefined) must(state.status !== 'suppressed' && effects.length > 1, decision);
        if (state.status === 'suppressed' && (woken || before.status !== 'suppressed'))
          must(state.wakeAt === until, decision, now);
      }
    });
  });

  it('a merge that is taken back leaves everything as it was but the epoch, whose pages are void', () => {
    always((seen, _plan, quiet) => {
      for (const { before, input, now, decision } of seen) {
        if (input.type !== 'Unmerged' || before.status !== 'cancelled') continue;
        const { state } = decision;
        const was = before.before;
        const escalates = ['running', 'held', 'exhausted', 'suppressed'].includes(was.status);
        must(state.epoch === was.epoch + (escalates ? 1 : 0), before, state);
        // What hushed it may be over, or another, by now.
        const changed = was.status === 'suppressed' && quiet(was.priority, now)?.until !== was.wakeAt;
        if (!changed) must(isDeepStrictEqual({ ...state, epoch: 0 }, { ...was, epoch: 0 }), before, state);
        for (const page of pagesOf(decision)) must((page.nextStepAt ?? Infinity) > now, page);
      }
    });
  });

  it('every decision has effects, or says why it has none', () => {
    always((seen) => {
      for (const { before, decision } of seen) {
        const said = decision.stayed ?? decision.refused;
        must((said === undefined) === decision.effects.length > 0, decision);
        if (typeof said === 'object' || (said !== undefined && !WAITS_ON.includes(said)))
          must(decision.state === before, decision);
      }
    });
  });

  it('what it tells has the facts of its type', () => {
    always((seen) => {
      const told = seen.flatMap(({ decision }) => decision.effects).filter((e) => e.type === 'Tell');
      for (const { event, facts } of told) {
        const read = CASE_FACTS[event].safeParse(JSON.parse(JSON.stringify(facts)));
        must(read.success, { event, facts, error: read.error?.issues });
      }
    });
  });

  it('left alone, an escalation is exhausted after every round, and its pages are as far apart as the waits', () => {
    fc.assert(
      fc.property(plainPlans, (plan) => {
        const rounds = 1 + (plan.repeat?.times ?? 0);
        const story = Array.from({ length: plan.steps.length * rounds + 1 }, () => ({
          input: { type: 'Woke' } as const,
          seconds: 0,
          punctual: true,
          unreachable: 'no' as const,
        }));
        const seen = live(plan, story);
        must(seen.at(-1)?.decision.state.status === 'exhausted', seen);
        const pages = seen.flatMap(({ decision }) => pagesOf(decision));
        pages.reduce((before, page) => {
          const wait = plan.steps[before.step]?.wait ?? 15 * 60;
          must(page === before || page.dueAt - before.dueAt === wait * 1000, page, before);
          return page;
        }, pages[0] as RequestPages);
      }),
      { numRuns: runs(2500) },
    );
  });
});
