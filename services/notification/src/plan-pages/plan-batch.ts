import { instantOf, laneOf, PageEvent, type PageRequested, type PagesStopped } from '@tocsin/contracts';
import { type EventLog, type LoggedEvent, type NewEvent, readPayload, type Tx } from '@tocsin/event-log';
import type { ContactBook } from '../contact-methods/contact-book.js';
import type { StoredContactMethod } from '../contact-methods/contact-method.store.js';
import type { Delivery } from '../deliver-page/delivery.js';
import { deliveryEvent, pageUnreachable } from '../ledger/delivery-events.js';
import { LEASE_SECONDS, pageIdText } from '../ledger/attempt.js';
import { stopPages } from '../ledger/stop-pages.js';
import { epochText, type StoppedEpochs } from '../ledger/stopped-epochs.js';
import { type PagePlan, planPage } from './plan-page.js';
import { insertPages, type NewAttempt, type PlanningFacts, readPlanningFacts } from './plan.store.js';

interface PlanParts {
  readonly eventLog: EventLog;
  readonly contacts: ContactBook;
  readonly stopped: StoppedEpochs;
  /** SHA-256 of the page's answer token, hex. */
  readonly answerHashOf: (page: PageRequested) => string;
  /** Our fence token. */
  readonly token: string;
  readonly monotonic: () => number;
  /** Called after the commit with the attempts that are ours to send now. */
  readonly take: (deliveries: readonly Delivery[]) => void;
  /** The newest config revision here, after looking for the wanted one. */
  readonly configRevision: (wanted: number) => Promise<number>;
  /** Called after the commit when attempts were planned for later. */
  readonly wake: () => void;
}

interface RequestedPage {
  readonly page: PageRequested;
  readonly traceparent: string | undefined;
}

const CONFIG_TRIES = 20;
const CONFIG_WAIT_MS = 50;

/** Handles one batch of page events inside its transaction: the ledger and the «handled» mark commit together. */
export class PlanBatch {
  constructor(private readonly parts: PlanParts) {}

  async handle(events: readonly LoggedEvent[], tx: Tx): Promise<void> {
    const { requested, stops } = sorted(events);
    await this.awaitConfig(Math.max(0, ...requested.map(({ page }) => page.revision)));
    const claimedAt = this.parts.monotonic();
    if (requested.length > 0) await this.plan(requested, stops, tx, claimedAt);
    if (stops.length > 0) await stopPages(tx, this.parts, stops);
  }

  /**
   * Routing may know a revision that has not arrived here yet: a person that it names would look unknown.
   * After this wait the page goes by what is known.
   */
  private async awaitConfig(wanted: number): Promise<void> {
    for (let tries = 0; tries < CONFIG_TRIES; tries++) {
      if ((await this.parts.configRevision(wanted)) >= wanted) return;
      await new Promise((resolve) => setTimeout(resolve, CONFIG_WAIT_MS));
    }
  }

  private async plan(
    requested: RequestedPage[],
    stops: PagesStopped[],
    tx: Tx,
    claimedAt: number,
  ): Promise<void> {
    const facts = await readPlanningFacts(
      tx,
      requested.map(({ page }) => page),
    );
    // A stop in the same batch is final for its epoch: what it stops must not even be handed.
    const stopped = new Set([...facts.stopped, ...stops].map(epochText));
    const wanted = requested.filter(({ page }) => !stopped.has(epochText(page)));
    const plans = new Map(
      wanted.map((r) => [pageIdText(r.page), { ...r, plan: this.planOne(r.page, facts) }]),
    );
    const fresh = await insertPages(
      tx,
      {
        pages: wanted.map(({ page, traceparent }) => ({
          ...page,
          facts: JSON.stringify(page),
          traceparent,
          answerHash: this.parts.answerHashOf(page),
        })),
        attempts: [...plans.values()].flatMap(({ plan }) => ('attempts' in plan ? plan.attempts : [])),
        stopped: requested.filter(({ page }) => stopped.has(epochText(page))).map(({ page }) => page.tenant),
      },
      this.parts.token,
    );
    const planned = fresh.flatMap((id) => plans.get(pageIdText(id)) ?? []);
    await this.tellUnreachable(planned, facts, tx);
    this.handOn(planned, facts, tx, claimedAt);
  }

  private planOne(page: PageRequested, facts: PlanningFacts): PagePlan {
    const { contacts } = this.parts;
    return planPage(
      page,
      contacts.person(page.person),
      contacts.methodsOf(page.person, addedTo(page, facts)),
      facts.now,
    );
  }

  private async tellUnreachable(planned: PlannedPage[], facts: PlanningFacts, tx: Tx): Promise<void> {
    const events = planned.flatMap(({ page, plan, traceparent }): NewEvent[] =>
      'unreachable' in plan
        ? [deliveryEvent(pageUnreachable(page, facts.now, plan.unreachable), page.priority, traceparent)]
        : [],
    );
    if (events.length > 0) await this.parts.eventLog.append(tx, events);
  }

  private handOn(planned: PlannedPage[], facts: PlanningFacts, tx: Tx, claimedAt: number): void {
    const attempts = planned.flatMap((p) =>
      'attempts' in p.plan ? p.plan.attempts.map((attempt) => ({ ...p, attempt })) : [],
    );
    const now = attempts.filter(({ attempt }) => attempt.state === 'handed');
    const deliveries = now.map((p) => this.deliveryOf(p, facts, claimedAt));
    const later = attempts.length > now.length;
    tx.afterCommit(() => {
      this.parts.take(deliveries);
      if (later) this.parts.wake();
    });
  }

  private deliveryOf(
    p: RequestedPage & { attempt: NewAttempt },
    facts: PlanningFacts,
    claimedAt: number,
  ): Delivery {
    const { page, attempt, traceparent } = p;
    const added = addedTo(page, facts).find(({ id }) => id === attempt.method);
    return {
      attempt,
      page,
      traceparent,
      lane: laneOf(page.priority),
      address: this.parts.contacts.addressOf(page.person, attempt.method, added),
      language: this.parts.contacts.languageOf(page.person),
      dueAt: instantOf(attempt.dueAt),
      claimedAt: facts.now,
      lease: { claimedAt, heldUntil: claimedAt + LEASE_SECONDS * 1000, begun: false },
    };
  }
}

type PlannedPage = RequestedPage & { readonly plan: PagePlan };

const addedTo = (page: PageRequested, facts: PlanningFacts): StoredContactMethod[] =>
  facts.methods.filter((m) => m.tenant === page.tenant && m.person === page.person);

function sorted(events: readonly LoggedEvent[]): { requested: RequestedPage[]; stops: PagesStopped[] } {
  const requested: RequestedPage[] = [];
  const stops: PagesStopped[] = [];
  for (const event of events) {
    const page = readPayload(PageEvent, event);
    if (page.type === 'PageRequested') requested.push({ page, traceparent: event.traceparent });
    else stops.push(page);
  }
  return { requested, stops };
}
