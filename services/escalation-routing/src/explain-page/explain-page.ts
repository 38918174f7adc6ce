import {
  type CaseEvent,
  type Config,
  caseIdText,
  type ExplainView,
  type Instant,
  instantOf,
  isoOf,
  LANGUAGES,
  ROUTING_MESSAGES,
  say,
  type Target,
  type Texts,
} from '@tocsin/contracts';
import { z } from 'zod';
import type { DecisionContext } from '../pinned-configs.js';
import type { RoutedCase } from '../routed-case.js';
import { personsPaged } from '../timeline.store.js';

interface Asked {
  readonly routed: RoutedCase;
  readonly person: string;
  readonly timeline: readonly CaseEvent[];
  readonly config: Config;
  readonly context: DecisionContext;
  readonly now: Instant;
}

type Reason = Pick<ExplainView, 'reason' | 'at' | 'text'>;

/**
 * Exactly one reason why a person was or was not paged for a case. The first of these that holds, so the reasons
 * exclude each other: paged · no escalation · a step of theirs was not reached, or led to nobody · on leave · off shift · no target.
 */
export function explainPage(asked: Asked): ExplainView {
  const reason =
    paged(asked) ?? noEscalation(asked) ?? stepOfTheirs(asked) ?? onSchedule(asked) ?? notATarget(asked);
  return { caseId: caseIdText(asked.routed.id), person: asked.person, ...reason };
}

function paged({ timeline, person }: Asked): Reason | undefined {
  const event = timeline.find((e) => personsPaged(e).includes(person));
  if (event === undefined) return undefined;
  const step = text(event.facts['stepName'] ?? 'fallback');
  const facts = { person, at: event.at, step, round: text(event.facts['round']) };
  return { reason: 'paged', at: event.at, text: said('pagedAt', facts) };
}

function noEscalation({ routed, context, timeline }: Asked): Reason | undefined {
  if (timeline.some((e) => e.type === 'EscalationStarted')) return undefined;
  const told = timeline.find((e) => e.type === 'EscalationNotStarted');
  const at = told === undefined ? {} : { at: told.at };
  const { policy } = context.plan;
  if (policy === undefined) return { reason: 'no-policy', ...at, text: said('nobodyByPolicy', {}) };
  return { reason: 'no-escalation', ...at, text: said('belowBand', { priority: routed.priority, policy }) };
}

/** A step that would page this person by what the config says, and why it did not. */
function stepOfTheirs({ routed, person, timeline, context, now }: Asked): Reason | undefined {
  const { steps, fallback } = context.plan;
  const stages = [...steps.map(({ name, page }) => ({ name, page })), { name: 'fallback', page: fallback }];
  const ended = timeline.findLast((e) => e.type === 'CaseAcknowledged' || e.type === 'CaseResolved');
  const at = ended === undefined ? now : instantOf(ended.at);
  const theirs = stages.find(({ page }) =>
    context.resolve(page, at).persons.some((p) => p.person === person),
  );
  if (theirs === undefined) return undefined;
  const step = theirs.name;
  const skipped = timeline.find((e) => e.type === 'StepSkipped' && e.facts['stepName'] === step);
  if (skipped !== undefined) return skippedStep(skipped, person, step);
  const muted = mutedStep(timeline, person, step);
  if (muted !== undefined) return muted;
  const { escalation } = routed;
  if (escalation.status === 'cancelled') return mergedBefore(escalation, person, step);
  if (ended === undefined || routed.state === 'open')
    return { reason: 'not-yet', text: said('notYet', { person, step }) };
  const facts = { person, step, by: ended.by, at: ended.at };
  return ended.type === 'CaseAcknowledged'
    ? { reason: 'acknowledged-before', at: ended.at, text: said('acknowledgedBefore', facts) }
    : { reason: 'resolved-before', at: ended.at, text: said('resolvedBefore', facts) };
}

/** What kept the case quiet to its present state, or to its end. */
function openSuppression(timeline: readonly CaseEvent[]): CaseEvent | undefined {
  const last = timeline.findLast((e) => SUPPRESSION.includes(e.type));
  return last?.type === 'EscalationSuppressed' ? last : undefined;
}

/** An escalation that goes on, or begins anew, was hushed no more; how it closed does not change why it was silent. */
const SUPPRESSION: readonly CaseEvent['type'][] = [
  ...(['EscalationSuppressed', 'SuppressionEnded', 'StepStarted', 'FallbackPaged', 'CaseSnoozed'] as const),
];

/** What its source had said to be over was resolved, not muted. */
function mutedStep(timeline: readonly CaseEvent[], person: string, step: string): Reason | undefined {
  const hushed = openSuppression(timeline);
  if (hushed === undefined) return undefined;
  const { by, until } = Hushed.parse(hushed.facts);
  const closed = timeline.slice(timeline.indexOf(hushed)).some(({ type }) => type === 'CaseResolved');
  if (by.kind === 'resolving' && closed) return undefined;
  const told = { person, step, window: by.name, by: by.name, parent: by.id ?? '' };
  const text = said(HUSHED_BY[by.kind], { ...told, from: hushed.at, until: isoOf(until) });
  return { reason: by.kind === 'parent' ? 'suppressed-by-parent' : 'muted', at: hushed.at, text };
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

function mergedBefore(
  { by, at, into }: Extract<RoutedCase['escalation'], { status: 'cancelled' }>,
  person: string,
  step: string,
): Reason {
  const facts = { person, step, by, into, at: isoOf(at) };
  return { reason: 'merged-before', at: isoOf(at), text: said('mergedBefore', facts) };
}

function skippedStep({ at, facts }: CaseEvent, person: string, step: string): Reason {
  const told = { person, step, at };
  return facts['reason'] === 'step.condition'
    ? { reason: 'step-condition', at, text: said('stepCondition', told) }
    : { reason: 'step-empty', at, text: said('stepEmpty', told) };
}

function onSchedule({ person, config, context, routed, timeline, now }: Asked): Reason | undefined {
  const targets: readonly Target[] = [
    ...context.plan.steps.flatMap(({ page }) => page),
    ...context.plan.fallback,
  ];
  const team = routed.service === undefined ? undefined : config.services[routed.service]?.team;
  const ladder = team === undefined ? {} : (config.teams[team]?.ladder ?? {});
  const all = targets.flatMap((target) =>
    target.kind === 'ladder' ? (ladder[target.level] ?? []) : [target],
  );
  const schedule = all.find(
    (t) =>
      t.kind === 'schedule' &&
      [
        ...(config.schedules[t.name]?.layers ?? []),
        ...context.changes.of(t.name, 'primary').temporary.flatMap(({ layers }) => layers),
      ].some(({ people }) => people.includes(person)),
  );
  if (schedule?.kind !== 'schedule') return undefined;
  const ended = timeline.findLast((e) => e.type === 'CaseAcknowledged' || e.type === 'CaseResolved');
  const at = ended === undefined ? now : instantOf(ended.at);
  const leave = context.changes
    .leaveOf(person)
    .find(({ from, until }) => from <= at && routed.openedAt < until);
  if (leave !== undefined) {
    const facts = { person, schedule: schedule.name, from: isoOf(leave.from), until: isoOf(leave.until) };
    return { reason: 'on-leave', at: isoOf(leave.from), text: said('onLeave', facts) };
  }
  return { reason: 'off-shift', text: said('offShift', { person, schedule: schedule.name }) };
}

const notATarget = ({ person }: Asked): Reason => ({
  reason: 'not-a-target',
  text: said('notATarget', { person }),
});

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function said(message: keyof typeof ROUTING_MESSAGES, facts: Readonly<Record<string, string>>): Texts {
  const [en, zh] = LANGUAGES.map((language) => say(ROUTING_MESSAGES[message], language, facts));
  return { en: en ?? '', 'zh-CN': zh ?? '' };
}
