import { isoOf } from '@tocsin/contracts';
import type { PageMessage } from '../channel.js';

/** Receivers may refuse more than 20 KB (Standard Webhooks); only the subject can be long. */
const SUBJECT_LIMIT = 4_000;
const HEADLINE_LIMIT = 500;

/** The body of `page.requested`, the same for every try but for `try`, `repeat` and `timestamp`. */
export function webhookBody({ key, attempt, page, answerUrl, repeat, at, headline }: PageMessage): string {
  return JSON.stringify({
    type: 'page.requested',
    timestamp: isoOf(at),
    data: {
      key,
      try: attempt.try,
      repeat,
      text: headline.slice(0, HEADLINE_LIMIT),
      case: {
        id: page.caseId,
        priority: page.priority,
        // A restricted case leaves the building as category, priority and link only.
        ...(page.restricted
          ? { category: page.category }
          : {
              subject: page.subject.slice(0, SUBJECT_LIMIT),
              service: page.service,
              ticketKey: page.ticketKey,
              because: page.because,
            }),
        link: page.link,
      },
      person: page.person,
      // Why somebody is paged outside of the policy's own turn, and who wants it.
      ...(page.asked === undefined ? {} : { asked: page.asked }),
      epoch: page.epoch,
      round: page.round,
      step: { index: page.step, name: page.stepName, of: page.steps },
      answer: { acknowledge: answerUrl },
    },
  });
}
