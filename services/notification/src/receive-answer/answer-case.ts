import { type CaseAnswered, type Instant, isoOf, type PageRequested } from '@tocsin/contracts';
import type { EventLog, Transactions } from '@tocsin/event-log';
import { deliveryEvent } from '../ledger/delivery-events.js';
import { stopPages } from '../ledger/stop-pages.js';
import type { StoppedEpochs } from '../ledger/stopped-epochs.js';
import { isToken, tokenHash } from './answer-token.js';
import type { AnsweredPage, AnswerStore } from './answer.store.js';
import type { RoutingAnswer } from './routing-client.js';

/** How an answer link stands, or what acting on it did. */
export type AnswerResult =
  | { readonly type: 'unknown' }
  | {
      /** `recorded`: routing could not be asked; the answer is kept, handed over, and our own pages are stopped. */
      readonly type: 'open' | 'acknowledged' | 'joined' | 'already' | 'recorded' | 'expired';
      readonly page: PageRequested;
    }
  | { readonly type: 'taken'; readonly page: PageRequested; readonly owner: string | undefined };

interface AnswerParts {
  readonly db: Transactions;
  readonly store: AnswerStore;
  readonly eventLog: EventLog;
  readonly stopped: StoppedEpochs;
  readonly routing: { acknowledge(page: PageRequested, via: string): Promise<RoutingAnswer> };
}

const VALID_HOURS = 24;
const VIA = 'link';

/** Answers to pages by their links. Looking changes nothing: mail scanners look at every link. */
export class AnswerCase {
  constructor(private readonly parts: AnswerParts) {}

  async look(token: string): Promise<AnswerResult> {
    const found = await this.find(token);
    return found === undefined ? { type: 'unknown' } : standing(found);
  }

  async act(token: string): Promise<AnswerResult> {
    const found = await this.find(token);
    if (found === undefined) return { type: 'unknown' };
    const before = standing(found);
    if (before.type !== 'open') return before;
    const { page } = found;
    const answer = await this.parts.routing.acknowledge(page, VIA);
    switch (answer.type) {
      case 'acknowledged':
      case 'joined':
        await this.stop(page);
        return { type: answer.type, page };
      case 'taken':
        return { type: 'taken', page, owner: answer.owner };
      case 'moved-on':
        return { type: 'expired', page };
      case 'unreachable':
        return this.keep(page, token);
    }
  }

  private async find(token: string): Promise<AnsweredPage | undefined> {
    return isToken(token) ? this.parts.store.find(tokenHash(token)) : undefined;
  }

  /** Routing will say so too; doing it here saves the way through the log. */
  private async stop(page: PageRequested): Promise<void> {
    await this.parts.db.run('hot', (tx) => stopPages(tx, this.parts, [stopOf(page)]));
  }

  /** Keeps the answer until routing can take it: the first one only, in one transaction with what it stops. */
  private async keep(page: PageRequested, token: string): Promise<AnswerResult> {
    const first = await this.parts.db.run('hot', async (tx) => {
      const fresh = await stopPages(tx, this.parts, [stopOf(page)]);
      if (fresh.length === 0) return false;
      const [clock] = await tx.query<{ now: Instant }>({
        name: 'answer.now',
        text: 'SELECT (extract(epoch FROM event_log.tocsin_now()) * 1000)::float8 AS now',
        values: [],
      });
      await this.parts.eventLog.append(tx, [deliveryEvent(answered(page, clock?.now ?? 0), 'hot')]);
      return true;
    });
    if (first) return { type: 'recorded', page };
    // Somebody's answer came in between; it says who has the case.
    return this.look(token);
  }
}

const stopOf = ({ tenant, caseId, epoch, person }: PageRequested) =>
  ({ tenant, caseId, epoch, reason: 'acknowledged', by: person }) as const;

function answered({ tenant, caseId, epoch, person }: PageRequested, at: Instant): CaseAnswered {
  return { type: 'CaseAnswered', tenant, caseId, epoch, person, act: 'acknowledge', via: VIA, at: isoOf(at) };
}

function standing({ page, age, stop }: AnsweredPage): AnswerResult {
  if (age > VALID_HOURS) return { type: 'expired', page };
  if (stop === undefined) return { type: 'open', page };
  if (stop.reason !== 'acknowledged') return { type: 'expired', page };
  return stop.by === page.person
    ? { type: page.asked?.as === 'responder' ? 'joined' : 'already', page }
    : { type: 'taken', page, owner: stop.by ?? undefined };
}
