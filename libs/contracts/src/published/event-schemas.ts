import { z } from 'zod';
import { Envelope } from '../envelope.js';
import { AlertEvent } from '../events/alert-event.js';
import { CASE_EVENT_TYPES, CaseEvent } from '../events/case-event.js';
import { CASE_FACTS, type CaseEventType } from '../events/case-facts/case-facts.js';
import { ContactMethodChanged } from '../events/contact-event.js';
import { ConfigPublished } from '../events/config-event.js';
import { AttemptRecorded, CaseAnswered, PageUnreachable } from '../events/delivery-event.js';
import {
  MaintenanceCancelled,
  MaintenanceChanged,
  MaintenanceCreated,
  MaintenanceEnded,
  MaintenanceStarted,
} from '../events/maintenance-event.js';
import { PageRequested, PagesStopped } from '../events/page-event.js';
import { TicketEvent } from '../events/ticket-event.js';
import { Counterfactual } from '../http/counterfactual.js';
import { SlaPauseView } from '../http/sla-view.js';
import { CaseId, Tenant } from '../ids.js';
import { Priority } from '../priority.js';
import { Texts } from '../texts.js';
import { IsoInstant } from '../time.js';
import { TOPICS, type Topic } from '../topics.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What `data` of a message of a topic may be, by the name of its type. */
const PAYLOADS: Readonly<Record<Topic, Readonly<Record<string, z.ZodType>>>> = {
  tickets: { TicketEvent },
  alerts: { AlertEvent },
  cases: Object.fromEntries(CASE_EVENT_TYPES.map((type) => [type, caseEventOf(type)])),
  pages: { PageRequested, PagesStopped },
  deliveries: { AttemptRecorded, PageUnreachable, CaseAnswered },
  contacts: { ContactMethodChanged },
  maintenance: {
    MaintenanceCreated,
    MaintenanceStarted,
    MaintenanceEnded,
    MaintenanceChanged,
    MaintenanceCancelled,
  },
  config: { ConfigPublished },
};

function caseEventOf(type: CaseEventType): z.ZodType {
  return CaseEvent.extend({ type: z.literal(type), facts: CASE_FACTS[type] });
}

/** Shapes that many payloads have stand once, by their names. */
const SHARED = {
  CaseId,
  Counterfactual,
  Instant: IsoInstant,
  Priority,
  SlaPause: SlaPauseView,
  Tenant,
  Texts,
};

/** JSON Schema (2020-12) of the payloads of a topic; where it has several types, `type` tells them apart. */
export function eventSchema(topic: Topic): JsonSchema {
  const types = PAYLOADS[topic];
  const names = z.registry<{ id: string }>();
  for (const [id, shape] of Object.entries(SHARED)) names.add(shape, { id });
  const all = Object.values(types);
  const [only] = all;
  if (all.length > 1) for (const [id, payload] of Object.entries(types)) names.add(payload, { id });
  const payload = all.length === 1 && only !== undefined ? only : z.xor(all);
  return {
    title: `data of ${TOPICS[topic].name}`,
    ...z.toJSONSchema(payload, { ...OPTIONS, metadata: names }),
  };
}

/** A reader ignores members that it does not know, so none is forbidden: `input` says so. */
const OPTIONS = { io: 'input' } as const;

/** The message around it. */
export function envelopeSchema(): JsonSchema {
  return { title: 'value of every message', ...z.toJSONSchema(Envelope, OPTIONS) };
}
