import {
  type CaseEvent,
  type CaseId,
  type Config,
  type ExplainView,
  type Instant,
  instantOf,
  isoOf,
  LANGUAGES,
  type Priority,
  ROUTING_MESSAGES,
  say,
  type Target,
  type Texts,
} from '@tocsin/contracts';
import { z } from 'zod';
import type { EscalationContext } from '../escalation/escalation-context.js';
import type { PolicyPlan } from '../escalation/policy-plan.js';
import type { ChangeBook } from '../on-call/changes/change-book.js';
import { own } from '../own.js';
import { personsPaged } from './persons-paged.js';
import { type Stage, stagesOf } from './stages-of.js';
import { whatStops } from './what-stops.js';

/** A case, a person, and what is known of both. */
export interface ExplainAsked {
  readonly caseId: CaseId;
  readonly priority: Priority;
  readonly service?: string | undefined;
  readonly openedAt: Instant;
  readonly person: string;
  /** In the order in which it happened. */
  readonly timeline: readonly CaseEvent[];
  readonly config: Config;
  readonly plan: PolicyPlan;
  readonly resolve: EscalationContext['resolve'];
  readonly changes: ChangeBook;
  readonly now: Instant;
}

type Reason = Pick<ExplainView, 'reason' | 'at' | 'text'>;

/**
 * Exactly one reason why a person was or was not paged for a case. The first of these that holds, so the reasons
 * exclude each other: paged, or by no way reached · no escalation · what became of the first step that means them ·
 * on leave · off shift · no target.
 */
export function explainPage(asked: ExplainAsked): ExplainView {
  const reason =
    paged(asked) ?? noEscalation(asked) ?? stepOfTheirs(asked) ?? onSchedule(asked) ?? notATarget(asked);
  return { caseId: asked.caseId, person: asked.person, ...reason };
}

/** One page that reached them is enough; without any, the last one says why. */
function paged({ timeline, person }: ExplainAsked): Reason | undefined {
  const pages = timeline.filter((e) => personsPaged(e).includes(person));
  const failures = timeline.filter((e) => e.type === 'PageUnreachable' && text(e.facts['person']) === person);
  const failureOf = (page: CaseEvent): CaseEvent | undefined => failures.find((e) => isOfPage(e, page));
  const event = pages.find((page) => failureOf(page) === undefined) ?? pages.at(-1);
  if (event === undefined) return undefined;
  const step = text(event.facts['stepName'] ?? 'fallback');
  const failed = failureOf(event);
  if (failed !== undefined) {
    const facts = { person, step, at: failed.at, why: text(failed.facts['reason']) };
    return { reason: 'page-failed', at: failed.at, text: said('pageFailed', facts) };
  }
  const facts = { person, at: event.at, step, round: text(event.facts['round']) };
  return { reason: 'paged', at: event.at, text: said('pagedAt', facts) };
}

const isOfPage = (failed: CaseEvent, page: CaseEvent): boolean =>
  failed.epoch === page.epoch &&
  failed.facts['round'] === page.facts['round'] &&
  failed.facts['step'] === page.facts['step'];

function noEscalation({ priority, plan: { policy }, timeline }: ExplainAsked): Reason | undefined {
  if (timeline.some((e) => e.type === 'EscalationStarted')) return undefined;
  const told = timeline.find((e) => e.type === 'EscalationNotStarted');
  const at = told === undefined ? {} : { at: told.at };
  if (policy === undefined) return { reason: 'no-policy', ...at, text: said('nobodyByPolicy', {}) };
  return { reason: 'no-escalation', ...at, text: said('belowBand', { priority, policy }) };
}

/** The first step that means this person, and what became of it. */
function stepOfTheirs(asked: ExplainAsked): Reason | undefined {
  const { person, timeline, plan, resolve, now } = asked;
  const stops = whatStops(timeline);
  const at = stops === undefined ? now : instantOf(stops.at);
  const theirs = stagesOf(plan, timeline).find(({ asks, left }) => {
    const asked = left === undefined ? at : instantOf(left.at);
    return asks.some((targets) => resolve(targets, asked).persons.some((p) => p.person === person));
  });
  if (theirs === undefined) return undefined;
  return theirs.left === undefined
    ? notReached(asked, theirs, stops)
    : leftWithout(theirs.left, person, theirs);
}

/** A step that has come and gone. */
function leftWithout(left: CaseEvent, person: string, { name }: Stage): Reason | undefined {
  const told = { person, step: name, at: left.at };
  if (left.type === 'StepSkipped')
    return left.facts['reason'] === 'step.condition'
      ? { reason: 'step-condition', at: left.at, text: said('stepCondition', told) }
      : { reason: 'step-empty', at: left.at, text: said('stepEmpty', told) };
  if (left.facts['inTurn'] === undefined) return undefined;
  const others = personsPaged(left).join(', ');
  return { reason: 'turn-of-another', at: left.at, text: said('turnOfAnother', { ...told, others }) };
}

function notReached(
  { person, timeline }: ExplainAsked,
  { name: step }: Stage,
  stops: CaseEvent | undefined,
): Reason {
  if (stops === undefined) {
    const last = timeline.findLast(({ type }) => BEGINS_OR_ENDS.includes(type));
    return last?.type === 'EscalationExhausted'
      ? { reason: 'step-passed', at: last.at, text: said('stepPassed', { person, step, at: last.at }) }
      : { reason: 'not-yet', text: said('notYet', { person, step }) };
  }
  if (stops.type === 'EscalationSuppressed') return hushed(stops, person, step);
  const { reason, message } = STOPPED[stops.type as keyof typeof STOPPED];
  const until = stops.facts['until'];
  const facts = {
    person,
    step,
    by: stops.by,
    at: stops.at,
    into: text(stops.facts['into']),
    until: typeof until === 'number' ? isoOf(until) : '',
  };
  return { reason, at: stops.at, text: said(message, facts) };
}

const BEGINS_OR_ENDS: readonly CaseEvent['type'][] = [
  ...(['EscalationStarted', 'CaseReopened', 'EscalationExhausted'] as const),
];

const STOPPED = {
  CaseAcknowledged: { reason: 'acknowledged-before', message: 'acknowledgedBefore' },
  CaseResolved: { reason: 'resolved-before', message: 'resolvedBefore' },
  CaseSnoozed: { reason: 'snoozed-before', message: 'snoozedBefore' },
  CaseMerged: { reason: 'merged-before', message: 'mergedBefore' },
} as const;

function hushed({ at, facts }: CaseEvent, person: string, step: string): Reason {
  const { by, until } = Hushed.parse(facts);
  const told = { person, step, window: by.name, by: by.name, parent: by.id ?? '' };
  const words = said(HUSHED_BY[by.kind], { ...told, from: at, until: isoOf(until) });
  return { reason: by.kind === 'parent' ? 'suppressed-by-parent' : 'muted', at, text: words };
}

const HUSHED_BY = {
  window: 'mutedByWindow',
  resolving: 'mutedByResolve',
  parent: 'mutedByParent',
} as const satisfies Record<string, keyof typeof ROUTING_MESSAGES>;

const Hushed = z.object({
  by: z.object({
    kind: z.enum(['window', 'resolving', 'parent']),
    name: z.string(),
    id: z.string().optional(),
  }),
  until: z.number(),
});

function onSchedule(asked: ExplainAsked): Reason | undefined {
  const { person, timeline, openedAt, now } = asked;
  const schedule = scheduleOf(asked);
  if (schedule === undefined) return undefined;
  const stops = whatStops(timeline);
  const at = stops === undefined ? now : instantOf(stops.at);
  const leave = asked.changes.leaveOf(person).find(({ from, until }) => from <= at && openedAt < until);
  if (leave !== undefined) {
    const facts = { person, schedule, from: isoOf(leave.from), until: isoOf(leave.until) };
    return { reason: 'on-leave', at: isoOf(leave.from), text: said('onLeave', facts) };
  }
  return { reason: 'off-shift', text: said('offShift', { person, schedule }) };
}

/** The first schedule that the plan pages and this person has a place in. */
function scheduleOf({ person, config, plan, service, changes }: ExplainAsked): string | undefined {
  const team = service === undefined ? undefined : own(config.services, service)?.team;
  const ladder = team === undefined ? {} : (own(config.teams, team)?.ladder ?? {});
  const all = [...plan.steps.flatMap(({ page }) => page), ...plan.fallback].flatMap(
    (target): readonly Target[] => (target.kind === 'ladder' ? (ladder[target.level] ?? []) : [target]),
  );
  const names = all.flatMap((target) => (target.kind === 'schedule' ? [target.name] : []));
  return names.find((name) =>
    [
      ...(own(config.schedules, name)?.layers ?? []),
      ...changes.of(name, 'primary').temporary.flatMap(({ layers }) => layers),
    ].some(({ people }) => people.includes(person)),
  );
}

const notATarget = ({ person }: ExplainAsked): Reason => ({
  reason: 'not-a-target',
  text: said('notATarget', { person }),
});

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function said(message: keyof typeof ROUTING_MESSAGES, facts: Readonly<Record<string, string>>): Texts {
  const [en, zh] = LANGUAGES.map((language) => say(ROUTING_MESSAGES[message], language, facts));
  return { en: en ?? '', 'zh-CN': zh ?? '' };
}
