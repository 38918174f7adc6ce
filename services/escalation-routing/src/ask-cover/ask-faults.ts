import { type Config, type Instant, ROUTING_MESSAGES, SHIFT_TEXTS, type Texts } from '@tocsin/contracts';
import { type ChangeBook, type CoverRequest, holdingOf } from '@tocsin/rules';
import { changeFaults } from '../change-shifts/change-faults.js';

/** What is wrong with a request: where in the body, and what it says. */
export interface CoverFault {
  readonly pointer: string;
  readonly texts: Texts;
  readonly facts?: Readonly<Record<string, string>> | undefined;
}

interface Judged {
  readonly config: Config;
  readonly book: ChangeBook;
  readonly now: Instant;
}

/** What stands against asking; empty when nothing does. */
export function askFaults(request: CoverRequest, { config, book, now }: Judged): CoverFault[] {
  const { schedule, role, person, from, until } = request;
  const shape = changeFaults({ kind: 'override', schedule, role, person, from, until }, config, book).map(
    ({ pointer, message, facts }): CoverFault => ({ pointer, texts: ROUTING_MESSAGES[message], facts }),
  );
  if (shape.length > 0) return shape;
  if (from <= now) return [{ pointer: '/from', texts: SHIFT_TEXTS.coverTooLate }];
  if (request.expiresAt <= now || request.expiresAt > from)
    return [{ pointer: '/expires', texts: SHIFT_TEXTS.expiresTooLate }];
  const holding = holdingOf(config, book, request);
  if (holding === 'not-theirs')
    return [{ pointer: '/person', texts: ROUTING_MESSAGES.notTheirTurn, facts: { person, schedule } }];
  return holding === 'by-swap'
    ? [{ pointer: '/person', texts: SHIFT_TEXTS.hoursOfSwap, facts: { person } }]
    : [];
}
