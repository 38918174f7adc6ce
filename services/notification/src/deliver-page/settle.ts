import { type AttemptState, isoOf, type Instant } from '@tocsin/contracts';
import type { EventLog, NewEvent, Tx } from '@tocsin/event-log';
import { type AttemptFacts, type AttemptId, type PageId, pageIdText } from '../ledger/attempt.js';
import { attemptRecorded, deliveryEvent, pageUnreachable } from '../ledger/delivery-events.js';
import { afterFailure, type Aftermath, type Failure } from './after-failure.js';
import type { Ending } from './delivery.js';
import {
  bringForward,
  closeAttempts,
  type FurtherTry,
  insertTries,
  lockPages,
  markUnreachable,
  type PageState,
} from './settle.store.js';

/** An attempt that has ended, and the token that may say so. */
export interface Ended {
  readonly attempt: AttemptFacts;
  readonly token: string;
  readonly ending: Ending;
  /** The mark of an address at which nothing will ever arrive. */
  readonly deadAddress?: string | undefined;
  readonly traceparent?: string | undefined;
}

const STATE_OF = {
  delivered: 'delivered',
  accepted: 'accepted',
  retryable: 'failed',
  permanent: 'failed',
  unknown: 'unknown',
  cancelled: 'cancelled',
  abandoned: 'unknown',
} as const satisfies Record<Ending['type'], AttemptState>;

export interface Settled {
  /** Attempts whose end was recorded, with their states; the rest had been overtaken. */
  readonly recorded: readonly { readonly channel: string; readonly state: AttemptState }[];
  /** Something may be due now. */
  readonly wake: boolean;
}

/** Writes how attempts ended, what that sets off, and the events, all in the given transaction. */
export async function settle(tx: Tx, eventLog: EventLog, ended: readonly Ended[]): Promise<Settled> {
  const closed = await closeAttempts(tx, ended.map(rowOf));
  const won = closed.flatMap(({ n, now }) => {
    const e = ended[n];
    return e === undefined ? [] : [{ ...e, now, state: STATE_OF[e.ending.type] }];
  });
  const failures = won.filter(({ ending }) => failureOf(ending) !== undefined);
  const now = won[0]?.now ?? 0;
  const consequences = failures.length === 0 ? NOTHING : await judge(tx, failures, now);
  const events = [
    ...won.map((e) =>
      deliveryEvent(
        attemptRecorded(e.attempt, e.state, e.now, {
          reason: reasonOf(e.ending),
          deadAddress: e.deadAddress,
        }),
        e.attempt.priority,
        e.traceparent,
      ),
    ),
    ...consequences.events,
  ];
  if (events.length > 0) await eventLog.append(tx, events);
  return {
    recorded: won.map(({ attempt, state }) => ({ channel: attempt.channel, state })),
    wake: consequences.wake,
  };
}

const rowOf = ({ attempt, token, ending }: Ended) => ({
  ...attempt,
  token,
  state: STATE_OF[ending.type],
  reason: reasonOf(ending) ?? null,
  externalId: ('externalId' in ending ? ending.externalId : undefined) ?? null,
});

const reasonOf = (ending: Ending): string | undefined =>
  'reason' in ending ? ending.reason.slice(0, 500) : undefined;

function failureOf(ending: Ending): Pick<Failure, 'outcome' | 'retryAfter' | 'abandoned'> | undefined {
  switch (ending.type) {
    case 'retryable':
      return { outcome: 'retryable', retryAfter: ending.after };
    case 'permanent':
    case 'unknown':
      return { outcome: ending.type };
    case 'abandoned':
      return { outcome: 'unknown', abandoned: true };
    case 'delivered':
    case 'accepted':
    case 'cancelled':
      return undefined;
  }
}

interface Consequences {
  readonly events: readonly NewEvent[];
  readonly wake: boolean;
}
const NOTHING: Consequences = { events: [], wake: false };

async function judge(tx: Tx, failures: readonly Ended[], now: Instant): Promise<Consequences> {
  const pages = new Map((await lockPages(tx, uniquePages(failures))).map((p) => [pageIdText(p), p]));
  const judged = failures.flatMap((failed) => {
    const page = pages.get(pageIdText(failed.attempt));
    const aftermath = page === undefined ? undefined : judgeOne(failed, page, now);
    return aftermath === undefined ? [] : [{ failed, aftermath }];
  });
  const tries = judged.flatMap(({ failed, aftermath }): FurtherTry[] =>
    aftermath.type === 'try-again' ? [furtherTry(failed.attempt, aftermath)] : [],
  );
  const forward = judged.flatMap(({ failed, aftermath }): AttemptId[] =>
    aftermath.type === 'next-method'
      ? [{ ...failed.attempt, method: aftermath.method, try: aftermath.try }]
      : [],
  );
  const lost = judged.flatMap(({ failed, aftermath }) => (aftermath.type === 'unreachable' ? [failed] : []));
  if (tries.length > 0) await insertTries(tx, tries);
  if (forward.length > 0) await bringForward(tx, forward);
  const events = lost.length > 0 ? await giveUp(tx, lost, now) : [];
  return { events, wake: tries.length + forward.length > 0 };
}

/** Marks pages that nothing can deliver any more. @returns the events, once per page */
async function giveUp(tx: Tx, lost: readonly Ended[], now: Instant): Promise<NewEvent[]> {
  const last = new Map(lost.map((failed) => [pageIdText(failed.attempt), failed]));
  const told = await markUnreachable(tx, uniquePages(lost));
  return told.flatMap((page): NewEvent[] => {
    const failed = last.get(pageIdText(page));
    if (failed === undefined) return [];
    const reason = reasonOf(failed.ending) ?? 'all ways failed';
    return [deliveryEvent(pageUnreachable(page, now, reason), failed.attempt.priority, failed.traceparent)];
  });
}

/** Judges one failure and lets the page know of it, so that the next failure of the same page sees it. */
function judgeOne(failed: Ended, page: PageState, now: Instant): Aftermath | undefined {
  const failure = failureOf(failed.ending);
  if (failure === undefined || page.stopped !== null) return undefined;
  const { method, priority } = failed.attempt;
  const aftermath = afterFailure(
    { ...failure, method, priority, try: failed.attempt.try },
    page.attempts,
    now,
    Math.random(),
  );
  if (aftermath.type === 'try-again')
    page.attempts.push({ method, try: aftermath.try, state: 'planned', dueAt: aftermath.dueAt });
  return aftermath;
}

function furtherTry(attempt: AttemptFacts, again: Extract<Aftermath, { type: 'try-again' }>): FurtherTry {
  return { ...attempt, try: again.try, dueAt: isoOf(again.dueAt), repeat: attempt.repeat || again.repeat };
}

function uniquePages(ended: readonly Ended[]): PageId[] {
  return [...new Map(ended.map(({ attempt }) => [pageIdText(attempt), attempt])).values()];
}
