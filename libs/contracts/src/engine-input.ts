import { z } from 'zod';
import { TicketEvent } from './events/ticket-event.js';
import { RESOLUTION_MEMBERS } from './config/resolution.js';
import { SlaKind } from './config/sla.js';
import { Priority } from './priority.js';

/** Milliseconds since 1970, as the engine counts. */
const At = z.number();

/** A target as the engine has it, not as people write it. */
const ReadTarget = z.union([
  z.object({ kind: z.enum(['person', 'team', 'schedule']), name: z.string() }),
  z.object({ kind: z.literal('ladder'), level: z.enum(['tier1', 'tier2', 'manager', 'executive']) }),
  z.object({ kind: z.literal('everyone') }),
]);

/** Facts that may hold personal text: recorded only where a rule of the config in force reads them. */
export const PERSONAL_FACTS = ['subject', 'body', 'attributes', 'requester.id'] as const;
export type PersonalFact = (typeof PERSONAL_FACTS)[number];

const { shape } = TicketEvent;

/** What a ticket event said, as far as the engine looks at it. */
export const RecordedEvent = z.object({
  source: shape.source,
  kind: shape.kind,
  type: shape.type,
  ticketKey: shape.ticketKey,
  version: shape.version,
  receivedAt: shape.receivedAt,
  occurredAt: shape.occurredAt,
  subject: shape.subject.optional(),
  body: shape.body,
  category: shape.category,
  market: shape.market,
  language: shape.language,
  channel: shape.channel,
  severity: shape.severity,
  status: shape.status,
  service: shape.service,
  affected: shape.affected,
  tags: shape.tags.optional(),
  requester: shape.requester,
  /** Who wrote a comment, without their name. */
  author: z.object({ role: z.enum(['agent', 'customer']), internal: z.boolean().optional() }).optional(),
  /** Role of the first party. */
  party: z.string().optional(),
  attributes: shape.attributes.optional(),
  restricted: z.boolean().optional(),
  flags: shape.flags,
  /** What was said and is not recorded, because no rule of that time read it. */
  left: z.array(z.enum(PERSONAL_FACTS)).optional(),
});
export type RecordedEvent = z.infer<typeof RecordedEvent>;

const version = z.object({ at: z.number(), tie: z.string() }).optional();

/** What was known of a ticket that came into another case: a recording may begin in between. */
const RecordedTicket = z.object({
  versionBy: shape.version.shape.by.optional(),
  seen: version,
  opened: version,
  resolved: version,
  status: shape.status,
});

const epoch = z.int().optional();

/** What persons want of a case, and what is told of its pages: inputs that the engine takes as they are. */
export const RecordedAct = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Acknowledged'), by: z.string(), epoch }),
  z.object({
    type: z.literal('Resolved'),
    by: z.string(),
    /** The code, and which members were said; their words are nobody's business. */
    code: z.string().optional(),
    said: z.array(z.enum(RESOLUTION_MEMBERS)).optional(),
  }),
  z.object({ type: z.literal('Reopened'), by: z.string() }),
  z.object({ type: z.literal('EscalateNow'), by: z.string(), epoch }),
  z.object({ type: z.literal('Snoozed'), by: z.string(), until: At, reason: z.string() }),
  z.object({
    type: z.literal('OwnerTimesChanged'),
    by: z.string(),
    remind: z.number().optional(),
    reopen: z.number().optional(),
    until: At,
    reason: z.string(),
  }),
  z.object({ type: z.literal('Reassigned'), by: z.string(), to: z.array(ReadTarget) }),
  z.object({ type: z.literal('ResponderAdded'), by: z.string(), person: z.string() }),
  z.object({
    type: z.literal('StepUnreachable'),
    epoch: z.int(),
    round: z.int(),
    step: z.int(),
    person: z.string().optional(),
  }),
]);

export type RecordedAct = z.infer<typeof RecordedAct>;

/**
 * What reached the engine. A further kind is a further member here and in the replay (`takeOne` of `replayed-world.ts`);
 * what a replay does not know, such as tickets that somebody moves between cases by hand, is a fault that it names.
 */
export const EngineInput = z.discriminatedUnion('kind', [
  /** A ticket or alert was heard; what it meant and where it went follows from it. */
  z.object({ kind: z.literal('event'), event: RecordedEvent, before: RecordedTicket.optional() }),
  /** Nothing by itself: what came to this case of the line before it, which is about another. */
  z.object({ kind: z.literal('followed') }),
  z.object({
    kind: z.literal('paged-by-hand'),
    by: z.string(),
    priority: Priority,
    targets: z.array(ReadTarget),
  }),
  z.object({ kind: z.literal('act'), act: RecordedAct }),
  /** To the plan of the revision that was then in force. */
  z.object({ kind: z.literal('migrated'), by: z.string() }),
  z.object({ kind: z.literal('pinned'), by: z.string(), priority: Priority, until: At.optional() }),
  z.object({ kind: z.literal('unpinned'), by: z.string() }),
  /** Timers: of the escalation, of the SLA clocks, of the priority, of the closing, of the flap state. */
  z.object({ kind: z.literal('woke') }),
  z.object({ kind: z.literal('sla-woke') }),
  z.object({ kind: z.literal('reweighed') }),
  z.object({ kind: z.literal('closing-looked') }),
  z.object({ kind: z.literal('calmed') }),
]);
export type EngineInput = z.infer<typeof EngineInput>;

/** The timers of a case. */
export const CASE_TIMERS = ['wake', 'sla', 'weigh', 'close', 'calm'] as const;
export type CaseTimer = (typeof CASE_TIMERS)[number];

/** A page that a decision asked for: one per person. */
export const RecordedPage = z.object({
  epoch: z.int(),
  round: z.int(),
  step: z.int(),
  stepName: z.string(),
  persons: z.array(z.string()),
});
export type RecordedPage = z.infer<typeof RecordedPage>;

/** What came of an input; everything that did not change is absent. */
export const InputOutcome = z.object({
  /** Each that the case got, in order. */
  priorities: z.array(Priority).optional(),
  /** Where an event went, as triage says it. */
  went: z.string().optional(),
  /** When anybody had last said anything of a case that was looked at whether it is forgotten. */
  heardAt: At.optional(),
  /** Of a case that was opened. */
  service: z.string().optional(),
  policy: z.string().optional(),
  /** The state of the escalation that began. */
  status: z
    .enum([
      ...(['none', 'running', 'exhausted', 'held', 'suppressed', 'snoozed'] as const),
      ...(['acknowledged', 'resolved', 'cancelled'] as const),
    ])
    .optional(),
  /** Who has acknowledged it, even if the same input has gone on to escalate it again. */
  answeredBy: z.string().optional(),
  /** The open case of another service that it was quiet for. */
  quietFor: z.string().optional(),
  /** The resolved case that an event would have reopened, had this one not been in its way. */
  beside: z.string().optional(),
  pages: z.array(RecordedPage).optional(),
  /** Targets that led to nobody, in the words of the config. */
  empty: z.array(z.string()).optional(),
  /** What a round robin looked at when it took a turn. */
  turns: z
    .array(z.object({ policy: z.string(), turn: z.int(), loads: z.record(z.string(), z.number()) }))
    .optional(),
  /** SLA clocks that ran out. An empty list where a case was opened: older recordings do not tell of breaches. */
  breached: z.array(SlaKind).optional(),
  /** Why nothing came of it. */
  refused: z.string().optional(),
});
export type InputOutcome = z.infer<typeof InputOutcome>;

/** Whether an event did nothing. */
export const isIgnored = ({ went = '' }: InputOutcome): boolean => went.startsWith('ignored');

/** One line of the recording. `input` is read on replay, so that one unknown kind spoils one case only. */
export const RecordedInput = z.object({
  /** Grows in the order in which a case was written. */
  id: z.int(),
  at: At,
  /** As people see it; absent for an event that no case heard. */
  case: z.string().optional(),
  /** The config revision in force when it was decided. */
  revision: z.int(),
  /** The transaction that has written it: its lines are one step. Older lines do not tell. */
  tx: z.int().optional(),
  /** Timers of the case that were due and had not been served: a timer's own line names the instant it served. */
  due: z.partialRecord(z.enum(CASE_TIMERS), At).optional(),
  input: z.looseObject({ kind: z.string() }),
  came: InputOutcome,
});
export type RecordedInput = z.infer<typeof RecordedInput>;
