import { ROUTING_MESSAGES, say } from '@tocsin/contracts';
import { notFound, ProblemError } from '@tocsin/runtime';
import type { ShiftRefusal } from './shift-refusal.js';

/** Refusals of changes of shifts as problem+json; every fault with its place in the body. */
export function refusedChange(refused: ShiftRefusal): ProblemError {
  switch (refused.reason) {
    case 'unknown-change':
      return notFound();
    case 'not-yours':
      return new ProblemError(403, ROUTING_MESSAGES.changesForOthers.en);
    case 'faults':
      return new ProblemError(422, ROUTING_MESSAGES.changeDoesNotFit.en, {
        errors: refused.faults.map(({ pointer, message, facts }) => ({
          pointer,
          detail: say(ROUTING_MESSAGES[message], 'en', facts),
        })),
      });
  }
}
