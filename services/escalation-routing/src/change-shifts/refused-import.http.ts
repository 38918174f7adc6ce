import { ROUTING_MESSAGES, say, SHIFT_TEXTS } from '@tocsin/contracts';
import { ProblemError } from '@tocsin/runtime';
import type { ImportRefused } from './import-leave.js';

/** Refusals of imports as problem+json; each fault of the file says its line. */
export function refusedImport(refused: ImportRefused): ProblemError {
  if (refused.reason === 'not-yours') return new ProblemError(403, ROUTING_MESSAGES.changesForOthers.en);
  const faults = detailsOf(refused);
  return new ProblemError(422, SHIFT_TEXTS.importDoesNotFit.en, {
    errors: faults.map((detail) => ({ pointer: refused.reason === 'whose' ? '/person' : '/text', detail })),
  });
}

function detailsOf(refused: Exclude<ImportRefused, { reason: 'not-yours' }>): string[] {
  switch (refused.reason) {
    case 'whose':
      return [SHIFT_TEXTS.importWhose.en];
    case 'too-much':
      return [say(SHIFT_TEXTS.importTooMuch, 'en', refused)];
    case 'too-long':
      return [`${refused.leave.key}: ${ROUTING_MESSAGES.lastsTooLong.en}`];
    case 'faults':
      return refused.faults.map(({ line, message, facts }) =>
        say(SHIFT_TEXTS.importAtLine, 'en', { line, fault: say(SHIFT_TEXTS[message], 'en', facts) }),
      );
  }
}
