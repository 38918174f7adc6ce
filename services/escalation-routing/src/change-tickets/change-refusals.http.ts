import { caseIdText, isoOf, ROUTING_MESSAGES, say, TICKET_CHANGE_TEXTS } from '@tocsin/contracts';
import { notFound, ProblemError } from '@tocsin/runtime';
import type { TicketRefusal } from './change-tickets.js';

/** Why tickets stay where they are, as problem+json: a conflict names the case or ticket that is in the way. */
export function ticketProblem(refused: TicketRefusal, target: string): ProblemError {
  switch (refused.reason) {
    case 'unknown-case':
      return notFound();
    case 'unknown-target':
      return new ProblemError(422, 'The request does not fit its schema', {
        errors: [{ pointer: `/${target}`, detail: TICKET_CHANGE_TEXTS['unknown-target'].en }],
      });
    case 'other-version':
      return new ProblemError(412, ROUTING_MESSAGES.otherVersion.en, {
        type: 'other-version',
        headers: { etag: `"${refused.version}"` },
      });
    case 'other-request':
      return new ProblemError(409, ROUTING_MESSAGES.otherRequest.en, { type: 'other-request' });
    default:
      return new ProblemError(409, say(TICKET_CHANGE_TEXTS[refused.reason], 'en', factsOf(refused)), {
        type: refused.reason,
      });
  }
}

function factsOf(refused: TicketRefusal): Readonly<Record<string, string>> {
  if ('caseId' in refused) {
    const into = 'into' in refused && refused.into !== undefined ? { into: caseIdText(refused.into) } : {};
    return { case: caseIdText(refused.caseId), ...into };
  }
  if ('ticket' in refused) return { ticket: refused.ticket.ticketKey, source: refused.ticket.source };
  if ('until' in refused) return { until: isoOf(refused.until) };
  return refused.reason === 'less-urgent' ? { from: refused.from, to: refused.to } : {};
}
