import {
  type CaseBrief,
  CaseEvent,
  type Instant,
  isoOf,
  MaintenanceEvent,
  TEST_TYPE,
} from '@tocsin/contracts';

/** What a delivery tells. */
export interface OutgoingMessage {
  readonly type: string;
  /** Its event, as JSON text. */
  readonly event: string;
  readonly at: Instant;
  /** Something has said that its case is restricted. */
  readonly restricted: boolean;
}

/** Receivers may refuse more than 20 KB (Standard Webhooks 1.0.0). */
export const BODY_LIMIT = 20_000;
const TEXT_LIMIT = 1_000;
const NAME_LIMIT = 200;

/**
 * The body of every request of a delivery. What does not fit is left out, and the body says where it can be read.
 * @param publicUrl where this installation is reached
 */
export function outgoingBody(message: OutgoingMessage, publicUrl: string): string {
  const event: unknown = JSON.parse(message.event);
  const base = publicUrl.replace(/\/$/, '');
  if (message.type === TEST_TYPE) return bodyOf(message, event as object);
  const window = MaintenanceEvent.safeParse(event);
  return window.success
    ? windowBody(message, window.data, base)
    : caseBody(message, CaseEvent.parse(event), base);
}

function windowBody(message: OutgoingMessage, told: MaintenanceEvent, base: string): string {
  const { window } = told;
  // What the body says itself is left out of its data.
  const whole = bodyOf(message, { ...told, type: undefined, tenant: undefined, at: undefined });
  if (fits(whole)) return whole;
  const { id, name, origin, safety, times } = window;
  const trimmed = { leftOut: ['window.scope', 'before'], read: `${base}/v1/maintenance` };
  const { cause, late } = told;
  return bodyOf(message, {
    window: { id, name, origin, safety, times },
    late,
    cause: { kind: cause.kind },
    trimmed,
  });
}

/**
 * Of a restricted case nothing leaves but category, priority and link; a case of which nothing is known is treated as
 * one.
 */
function caseBody(message: OutgoingMessage, event: CaseEvent, base: string): string {
  const { caseId, by, epoch, facts, case: known } = event;
  const api = `${base}/v1/cases/${caseId}`;
  if (known === undefined || known.restricted || message.restricted)
    return bodyOf(message, {
      case: { id: caseId, ...restrictedCase(known), api },
      by,
      epoch,
      restricted: true,
    });
  const about = { id: caseId, ...openCase(known), api };
  const whole = bodyOf(message, { case: about, by, epoch, facts });
  if (fits(whole)) return whole;
  return bodyOf(message, {
    case: about,
    by,
    epoch,
    trimmed: { leftOut: ['facts'], read: `${api}/timeline` },
  });
}

const fits = (body: string): boolean => Buffer.byteLength(body) < BODY_LIMIT;

const bodyOf = ({ type, at }: OutgoingMessage, data: object): string =>
  JSON.stringify({ type, timestamp: isoOf(at), data });

const restrictedCase = (known: CaseBrief | undefined): object =>
  known === undefined
    ? {}
    : { state: known.state, priority: known.priority, ...linked(known), category: known.category };

function openCase(known: CaseBrief): object {
  const { state, priority, category, service, market, language, source, version, openedAt } = known;
  const { policy, acknowledgedBy } = known;
  return {
    ...{ state, priority, category, service, market, language, source },
    ticketKey: short(known.ticketKey, NAME_LIMIT),
    subject: short(known.subject, TEXT_LIMIT),
    ...linked(known),
    ...(policy === undefined ? {} : { policy }),
    ...(acknowledgedBy === undefined ? {} : { acknowledgedBy }),
    ...{ openedAt, version },
  };
}

/** A link that was cut would lead nowhere. */
const linked = ({ link }: CaseBrief): object =>
  link === undefined || link.length > TEXT_LIMIT ? {} : { link };

/** By whole characters: half a character is none. */
function short(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}
