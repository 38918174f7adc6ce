import { z } from 'zod';
import { EscalationState } from '../../http/case-view.js';
import { CaseId } from '../../ids.js';
import { Priority } from '../../priority.js';
import { Texts } from '../../texts.js';
import { IsoInstant } from '../../time.js';
import { EVENT_FACTS, EXPLAINED, KeyPart, Millis, PLACE } from './told-facts.js';

const ALSO_EVENT = z.object(EVENT_FACTS).partial().shape;

/** Whom a page by hand is for. */
const HandTarget = z.object({
  kind: z.enum(['person', 'team', 'schedule', 'ladder', 'everyone']),
  name: z.string().optional(),
  level: z.string().optional(),
});

const MovedTickets = {
  tickets: z.int(),
  /** The first of them. */
  named: z.array(z.object({ source: z.string(), ticketKey: z.string() })),
  via: z.string().optional(),
  undo: z.boolean().optional(),
};

/** Of a resolution: what a person said of how it ended. */
export const RESOLVED_FACTS = {
  code: z.string().optional(),
  codeLabel: Texts.optional(),
  cause: z.string().optional(),
  reply: z.string().optional(),
  /** The grace after the source's own resolve is over, or nobody has cared for long. */
  reason: z.enum(['grace.over', 'inactive']).optional(),
  /** When the grace began. */
  since: Millis.optional(),
  /** When anybody was last heard of it. */
  heardAt: Millis.optional(),
  /** A rule found that it is the same case as this one. */
  joinedInto: CaseId.optional(),
};

/** What is told of a case's tickets, its priority and its end. */
export const TICKET_FACTS = {
  CaseOpened: {
    ...ALSO_EVENT,
    ...EXPLAINED,
    service: z.string().optional(),
    servicePicked: z.object({ by: z.string(), detail: z.string() }).optional(),
    group: z.object({ rule: z.string(), by: z.array(KeyPart), because: Texts }).optional(),
    /** Why no rule groups it, where there are rules. */
    ungrouped: z.string().optional(),
    /** The case that its tickets were taken out of. */
    splitFrom: CaseId.optional(),
    byHand: z.literal(true).optional(),
    subject: z.string().optional(),
    targets: z.array(HandTarget).optional(),
  },
  CaseUpdated: {
    events: z.int(),
    /** Of these, older than what was known. */
    late: z.int(),
    /** The first of them. */
    eventIds: z.array(z.string()),
  },
  EventIgnored: {
    ...ALSO_EVENT,
    /** `late`, `after-resolve`, `no-open-case`; of an answer that came too late, why it was refused. */
    reason: z.string(),
    person: z.string().optional(),
    act: z.enum(['acknowledge', 'escalate', 'resolve']).optional(),
    via: z.string().optional(),
    answeredAt: IsoInstant.optional(),
  },
  PriorityChanged: { from: Priority, to: Priority },
  PriorityPinned: { priority: Priority, reason: z.string(), until: IsoInstant.optional() },
  PriorityUnpinned: { cause: z.enum(['unpinned', 'pin-ended']) },
  CaseResolved: { ...PLACE, was: EscalationState, ...RESOLVED_FACTS },
  NoteAdded: { note: z.string(), via: z.string().optional() },
  ResolveAwaited: { ...EVENT_FACTS, closesAt: Millis },
  ResolveWithdrawn: { ...EVENT_FACTS, since: Millis },
  TicketJoined: {
    ...EVENT_FACTS,
    tickets: z.int(),
    source: z.string(),
    ticketKey: z.string(),
    rule: z.string(),
    by: z.array(KeyPart),
    because: Texts,
  },
  GroupFull: { ...EVENT_FACTS, tickets: z.int(), because: Texts },
  TicketCleared: {
    ...EVENT_FACTS,
    source: z.string(),
    ticketKey: z.string(),
    /** Tickets of the case that are not over. */
    open: z.int().optional(),
    /** Why the case goes on. */
    held: z.enum(['others-open', 'flapping']),
  },
  CaseJoined: {
    eventId: z.string(),
    because: Texts,
    case: CaseId,
    events: z.int(),
    tickets: z.int().optional(),
  },
  FlapStarted: { rule: z.string(), because: Texts, eventId: z.string() },
  FlapEnded: { rule: z.string(), because: Texts, since: Millis.optional() },
  TicketsJoined: { from: CaseId, ...MovedTickets },
  CaseRefiled: { from: z.string(), to: z.string(), revision: z.int() },
  TicketsLeft: { to: CaseId, ...MovedTickets },
};
