import { describe, expect, it } from '@jest/globals';
import {
  type CaseEvent,
  caseIdText,
  EXPLAIN_REASONS,
  isoOf,
  PRIORITIES,
  type Target,
} from '@tocsin/contracts';
import { fc, runs, triesAll } from '@tocsin/test-rig/worlds';
import { changedTree } from '../config/changed-tree.given.js';
import { readConfig } from '../config/read-config.js';
import type { CaseInput } from '../escalation/case-input.js';
import { decide } from '../escalation/decide.js';
import type { RequestPages, Tell } from '../escalation/effect.js';
import { type EscalationCase, NOT_OPENED, wakeAtOf } from '../escalation/escalation-case.js';
import type { EscalationContext } from '../escalation/escalation-context.js';
import type { PlannedStep, PolicyPlan } from '../escalation/policy-plan.js';
import { NO_CHANGES } from '../on-call/changes/change-book.js';
import { explainPage } from './explain-page.js';

const START = 1_795_424_400_000;
const PEOPLE = ['bo', 'chen', 'dee', 'eve'] as const;
const ROTA: Target = { kind: 'schedule', name: 'rota' };
const read = readConfig(
  changedTree({
    '/schedules/rota': {
      timeZone: 'UTC',
      layers: [{ people: ['bo', 'chen'], every: '1w', handover: 'Mon 09:00', from: '2026-01-05' }],
    },
  }),
);
if (!read.ok) throw new Error(JSON.stringify(read.faults));
const { config } = read;

const targets = fc
  .array(
    fc.constantFrom<Target>(
      ...(['bo', 'chen', 'dee', 'nobody'] as const).map((name) => ({ kind: 'person', name }) as const),
      ROTA,
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((all) => [...new Set(all)]);
const steps = fc.array(
  fc.record({
    page: targets,
    wait: fc.integer({ min: 1, max: 300 }),
    kind: fc.constantFrom('plain', 'plain', 'plain', 'never', 'urgent', 'turn', 'jump'),
  }),
  { minLength: 1, maxLength: 4 },
);
const plans = fc
  .record({
    steps,
    fallback: targets,
    repeats: fc.boolean(),
    escalatesDownTo: fc.constantFrom(...PRIORITIES),
    policy: fc.constantFrom('live-pay', 'live-pay', undefined),
  })
  .map(
    ({ steps: all, repeats, ...plan }): PolicyPlan => ({
      ...plan,
      steps: all.map(({ page, wait, kind }, i): PlannedStep => {
        const step = { name: `s${i}`, page, wait };
        if (kind === 'never') return { ...step, when: 'false', timeZone: 'UTC' };
        if (kind === 'jump') return { ...step, when: 'false', timeZone: 'UTC', otherwise: { goTo: i + 2 } };
        if (kind === 'urgent')
          return { ...step, when: 'case.priority == "P1"', timeZone: 'UTC', otherwise: 'hold' };
        return kind === 'turn' ? { ...step, inTurn: { policy: 'live-pay', of: 'crew', prefer: [] } } : step;
      }),
      ...(repeats ? { repeat: { from: 0, times: 1 } } : {}),
    }),
  );

const by = fc.constantFrom('bo', 'chen', 'ops');
const inputs: fc.Arbitrary<CaseInput> = fc.oneof(
  { arbitrary: fc.constant<CaseInput>({ type: 'Woke' }), weight: 8 },
  fc.record({ type: fc.constant('PriorityChanged' as const), to: fc.constantFrom(...PRIORITIES) }),
  fc.record({ type: fc.constant('Acknowledged' as const), by }),
  fc.record({ type: fc.constant('Resolved' as const), by }),
  fc.record({ type: fc.constant('Reopened' as const), by }),
  fc.record({ type: fc.constant('EscalateNow' as const), by }),
  fc.record({
    ...{ type: fc.constant('Snoozed' as const), by, reason: fc.constant('later') },
    until: fc.integer({ min: START, max: START + 4_000_000 }),
  }),
  fc.record({ type: fc.constant('Reassigned' as const), by, to: targets }),
  fc.record({ type: fc.constant('ResponderAdded' as const), by, person: fc.constantFrom('bo', 'dee') }),
  fc.constant<CaseInput>({ type: 'QuietChanged' }),
  fc.record({ type: fc.constant('Merged' as const), by, into: fc.constant('4F8') }),
  fc.record({ type: fc.constant('Unmerged' as const), by }),
);
const story = fc.array(
  fc.record({
    input: inputs,
    seconds: fc.integer({ min: 0, max: 400 }),
    punctual: fc.boolean(),
    /** Which of the pages so far turns out to reach nobody; mostly none. */
    fails: fc.option(fc.nat(9), { nil: undefined, freq: 4 }),
  }),
  { maxLength: 20 },
);
const worlds = fc.record({
  plan: plans,
  story,
  priority: fc.constantFrom(...PRIORITIES),
  /** Seconds after which chen, no longer bo, is on call. */
  handover: fc.integer({ min: 0, max: 1500 }),
  quiet: fc.record({
    from: fc.integer({ min: 0, max: 1500 }),
    lasts: fc.constantFrom(0, 0, 300, 1500),
    kind: fc.constantFrom('window' as const, 'parent' as const),
  }),
});
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

/** What a bystander notes who sees every decision as it is made, and never the timeline. */
class Bystander {
  readonly pages: { page: RequestPages; person: string; failed: boolean }[] = [];
  /** How each stage was left since the case last began at its first step, and when. */
  left = new Map<string, { how: string; at: number }>();
  silent: { why: string; since: number } | undefined;
  begun = false;
  /** The fallback's turn has come: no step comes any more. */
  private ended = false;

  /** The same page key is one page, however often it is asked for (S5). */
  see(page: RequestPages): void {
    for (const { person } of page.persons) {
      const same = this.pages.some((other) => other.person === person && keyOf(other.page) === keyOf(page));
      if (!same) this.pages.push({ page, person, failed: false });
    }
  }

  note(before: EscalationCase, state: EscalationCase, told: readonly Tell[], at: number): void {
    for (const one of told) this.noteRow(one, at);
    this.ended ||= state.status === 'exhausted';
    const why = this.whyIn(before, state);
    const anew = told.some(({ event }) => event === 'CaseSnoozed' || event === 'EscalationSuppressed');
    if (why === this.silent?.why && !anew) return;
    this.silent = why === undefined ? undefined : { why, since: at };
  }

  private noteRow(one: Tell, at: number): void {
    if (one.event === 'EscalationStarted' || one.event === 'CaseReopened') {
      this.left = new Map();
      this.ended = false;
    }
    this.begun ||= one.event === 'EscalationStarted';
    const left = leftBy(one);
    if (left !== undefined) this.left.set(left.name, { how: left.how, at });
  }

  private whyIn(before: EscalationCase, state: EscalationCase): string | undefined {
    if (state.status === 'suppressed') return BY[state.by.kind];
    if (state.status === 'snoozed') return 'snoozed-before';
    if (state.status === 'cancelled') return this.whyMerged();
    if (state.status === 'acknowledged' || state.status === 'resolved')
      return this.whyClosed(before, state.status);
    return this.ended ? 'step-passed' : undefined;
  }

  /** What had silenced it before goes on being the reason. */
  private whyMerged(): string {
    const { why = 'step-passed' } = this.silent ?? {};
    return why === 'step-passed' ? 'merged-before' : why;
  }

  private whyClosed(before: EscalationCase, status: 'acknowledged' | 'resolved'): string {
    const { why } = this.silent ?? {};
    const wasQuiet = why === BY.window || why === BY.parent;
    if (wasQuiet && QUIET_TO_THE_END.includes(before.status)) return why;
    return why === 'acknowledged-before' ? why : `${status}-before`;
  }
}

const BY = { window: 'muted', resolving: 'muted', parent: 'suppressed-by-parent' } as const;
const QUIET_TO_THE_END: readonly string[] = ['suppressed', 'acknowledged', 'resolved', 'cancelled'];

/** How a row leaves its step. */
function leftBy({ event, facts }: Tell): { name: string; how: string } | undefined {
  if (event === 'FallbackPaged') return { name: 'fallback', how: 'started' };
  if (event === 'StepStarted') return { name: facts.stepName, how: 'started' };
  if (event !== 'StepSkipped' || facts.reason === 'step.unreachable') return undefined;
  return { name: String(facts.stepName), how: facts.reason };
}

const keyOf = ({ epoch, round, step }: RequestPages): string => `${epoch}/${round}/${step}`;

interface Lived {
  readonly timeline: readonly CaseEvent[];
  readonly bystander: Bystander;
  readonly resolve: EscalationContext['resolve'];
  readonly now: number;
  readonly priority: EscalationCase['priority'];
}

function live({ plan, story: happenings, priority, handover, quiet }: World): Lived {
  const onCall = (at: number): string => (at < START + handover * 1000 ? 'bo' : 'chen');
  const resolve = (asked: readonly Target[], at: number) => {
    const names = asked.flatMap((t) => {
      if (t.kind === 'schedule') return [onCall(at)];
      if (t.kind === 'team') return ['chen', 'dee'];
      return t.kind === 'person' ? [t.name] : [...PEOPLE];
    });
    const known = [...new Set(names)].filter((name) => name !== 'nobody');
    return { persons: known.map((person) => ({ person, via: '' })), empty: [] };
  };
  const from = START + quiet.from * 1000;
  const until = from + quiet.lasts * 1000;
  const isQuiet: EscalationContext['quiet'] = (_, at) =>
    from <= at && at < until ? { by: { kind: quiet.kind, name: 'core', id: '4F7' }, until } : undefined;
  const timeline: CaseEvent[] = [];
  const bystander = new Bystander();
  let state: EscalationCase = NOT_OPENED;
  let now = START;
  const tell = (type: CaseEvent['type'], epoch: number, who: string, facts: Tell['facts']): void => {
    timeline.push({ type, tenant: 'default', caseId: caseIdText(1n), epoch, at: isoOf(now), by: who, facts });
  };
  const step = (input: CaseInput): void => {
    const before = state;
    const decision = decide(before, input, { plan, resolve, quiet: isQuiet }, now);
    state = decision.state;
    const told = decision.effects.filter((effect): effect is Tell => effect.type === 'Tell');
    for (const { event, epoch, by: who, facts } of told) tell(event, epoch, who, facts);
    for (const effect of decision.effects) if (effect.type === 'RequestPages') bystander.see(effect);
    bystander.note(before, state, told, now);
  };
  step({ type: 'Opened', priority });
  for (const { input, seconds, punctual, fails } of happenings) {
    const due = wakeAtOf(state);
    now = punctual && due !== undefined ? Math.max(now, due) : now + seconds * 1000;
    step(input);
    const failing = fails === undefined ? undefined : bystander.pages[fails];
    if (failing === undefined || failing.failed) continue;
    const { epoch, round, step: at } = failing.page;
    failing.failed = true;
    tell('PageUnreachable', epoch, 'tocsin', {
      round,
      step: at,
      person: failing.person,
      reason: 'no-methods',
    });
    step({ type: 'StepUnreachable', epoch, round, step: at, person: failing.person });
  }
  return { timeline, bystander, resolve, now, priority: state.priority };
}

/** What must have been the reason, by what the bystander noted. */
function expectedReason(person: string, { plan }: World, lived: Lived): string {
  const { bystander } = lived;
  const theirs = bystander.pages.filter((page) => page.person === person);
  if (theirs.length > 0) return theirs.every(({ failed }) => failed) ? 'page-failed' : 'paged';
  if (!bystander.begun) return plan.policy === undefined ? 'no-policy' : 'no-escalation';
  const scheduled = [...plan.steps.flatMap(({ page }) => page), ...plan.fallback].includes(ROTA);
  const offShift = scheduled && (person === 'bo' || person === 'chen');
  return reasonOfStep(person, plan, lived) ?? (offShift ? 'off-shift' : 'not-a-target');
}

function reasonOfStep(
  person: string,
  plan: PolicyPlan,
  { bystander, resolve, now }: Lived,
): string | undefined {
  const { silent, left } = bystander;
  const since = silent === undefined || silent.why === 'step-passed' ? now : silent.since;
  const stages = [...plan.steps, { name: 'fallback', page: plan.fallback, inTurn: undefined }];
  const first = stages.find(({ name, page, inTurn }) => {
    const team: Target[] = inTurn === undefined ? [] : [{ kind: 'team', name: inTurn.of }];
    const at = left.get(name)?.at ?? since;
    return [page, team].some((asked) => resolve(asked, at).persons.some((p) => p.person === person));
  });
  if (first === undefined) return undefined;
  const how = left.get(first.name)?.how;
  if (how === undefined) return silent?.why ?? 'not-yet';
  if (how !== 'started') return how.replace('.', '-');
  return first.inTurn === undefined ? undefined : 'turn-of-another';
}

describe('X6: why somebody was or was not paged', () => {
  it('has exactly one reason of the closed list for every case and person, and it is the true one', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(worlds, (world) => {
        const lived = live(world);
        for (const person of PEOPLE) {
          const { timeline, resolve, now, priority } = lived;
          const view = explainPage({
            ...{ caseId: caseIdText(1n), priority, openedAt: START, person, timeline, config },
            ...{ plan: world.plan, resolve, changes: NO_CHANGES, now },
          });
          if (view.reason !== expectedReason(person, world, lived))
            throw new Error(
              JSON.stringify({ person, view, expected: expectedReason(person, world, lived), timeline }),
            );
          seen.add(view.reason);
        }
      }),
      { numRuns: runs(3000) },
    );
    if (!triesAll) return;
    const onlyElsewhere = ['on-leave', 'step-empty'];
    expect([...seen].toSorted()).toEqual(
      EXPLAIN_REASONS.filter((reason) => !onlyElsewhere.includes(reason)).toSorted(),
    );
  });
});
