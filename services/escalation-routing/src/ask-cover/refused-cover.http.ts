import { say, SHIFT_TEXTS } from '@tocsin/contracts';
import { notFound, ProblemError } from '@tocsin/runtime';
import type { CoverRefused } from './ask-cover.js';

/** Refusals of requests for cover and of answers to them as problem+json. */
export function refusedCover(refused: CoverRefused): ProblemError {
  switch (refused.reason) {
    case 'unknown-request':
      return notFound();
    case 'not-yours':
      return new ProblemError(403, SHIFT_TEXTS.coverForOthers.en);
    case 'who-answers':
      return new ProblemError(422, SHIFT_TEXTS.whoAnswers.en, {
        errors: [{ pointer: '/person', detail: SHIFT_TEXTS.whoAnswers.en }],
      });
    case 'faults':
      return new ProblemError(422, SHIFT_TEXTS.coverDoesNotFit.en, {
        errors: refused.faults.map(({ pointer, texts, facts }) => ({
          pointer,
          detail: say(texts, 'en', facts),
        })),
      });
    default:
      return new ProblemError(409, SHIFT_TEXTS[TEXT_OF[refused.reason]].en, {
        type: refused.reason,
        members: refused.coveredBy === undefined ? {} : { owner: refused.coveredBy },
      });
  }
}

const TEXT_OF = {
  'own-turn': 'coverTheirOwn',
  'already-covered': 'coverTaken',
  closed: 'coverClosed',
  'not-eligible': 'coverNotEligible',
  outdated: 'coverOutdated',
} as const satisfies Record<string, keyof typeof SHIFT_TEXTS>;
