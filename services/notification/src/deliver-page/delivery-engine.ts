import type { Transactions } from '@tocsin/event-log';
import { pageKeyOf } from '@tocsin/rules';
import { failpoints, type HealthCheck, type Loop } from '@tocsin/runtime';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Channels } from '../channels/channel.js';
import type { ContactBook } from '../contact-methods/contact-book.js';
import { StoppedEpochs } from '../ledger/stopped-epochs.js';
import { PlanBatch } from '../plan-pages/plan-batch.js';
import type { AnswerTokens } from '../receive-answer/answer-token.js';
import type { InlineLog } from './arrival.store.js';
import { AttemptAuditor } from './auditor.loop.js';
import { claimDue } from './claim-due.js';
import { ClaimLoop } from './claim.loop.js';
import type { Delivery } from './delivery.js';
import { DELIVERY_FAILPOINTS } from './delivery-failpoints.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { Dispatcher } from './dispatcher.js';
import { Incarnation } from './incarnation.js';
import { LeaseKeeper } from './lease-keeper.loop.js';
import { pipeline } from './pipeline.js';
import { recordOutcomes } from './record-outcomes.js';
import { SessionLock } from './session-lock.store.js';
import { render, send, stillClaimed, stopIfAcknowledged } from './stages.js';

interface EngineParts {
  readonly databaseUrl: string;
  readonly db: Transactions;
  readonly eventLog: InlineLog;
  readonly contacts: ContactBook;
  readonly channels: Channels;
  readonly tokens: AnswerTokens;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly failpoint: string | undefined;
  /** Answer links begin with it. */
  readonly publicUrl: () => string;
  /** The newest config revision here, after looking for the given one. */
  readonly configRevision: (wanted: number) => Promise<number>;
}

const monotonic = (): number => performance.now();

/** A claim loop that has not come round for this long is stuck. */
const SILENT_MS = 10_000;

/** Everything between a page request and its recorded outcome, wired together. */
export class DeliveryEngine {
  private constructor(
    readonly stopped: StoppedEpochs,
    readonly planBatch: PlanBatch,
    readonly loops: readonly Loop[],
    readonly check: HealthCheck,
    private readonly incarnation: Incarnation,
  ) {}

  static async open(parts: EngineParts): Promise<DeliveryEngine> {
    const { db, eventLog, contacts, log, tokens } = parts;
    const incarnation = await Incarnation.begin(db, new SessionLock(parts.databaseUrl), log);
    const { token } = incarnation;
    const metrics = new DeliveryMetrics(parts.metrics);
    const stopped = new StoppedEpochs();
    const wake = (): void => claimLoop.wake();
    const record = recordOutcomes({ db, eventLog, token, metrics, wake });
    const deliver = deliverPage(parts, stopped, metrics, record);
    const dispatcher = new Dispatcher({ deliver, log });
    const claim = (dead: readonly string[]) => claimDue({ db, eventLog, contacts, token, monotonic }, dead);
    const claimLoop = new ClaimLoop({ db, claim, dispatcher, incarnation, log });
    const planBatch = new PlanBatch({
      ...{ eventLog, contacts, stopped, token, monotonic, wake },
      answerHashOf: (page) => tokens.hashOf(page),
      take: (deliveries) => dispatcher.take(deliveries),
      configRevision: parts.configRevision,
    });
    const loops = [
      claimLoop,
      new LeaseKeeper({ db, dispatcher, stopped, token, monotonic, log }),
      new AttemptAuditor(db, metrics, log, wake),
    ];
    return new DeliveryEngine(stopped, planBatch, loops, checkOf(claimLoop), incarnation);
  }

  async close(): Promise<void> {
    await this.incarnation.end();
  }
}

/** The way of one attempt, as a list. */
function deliverPage(
  { channels, tokens, failpoint, publicUrl }: EngineParts,
  stopped: StoppedEpochs,
  metrics: DeliveryMetrics,
  record: ReturnType<typeof recordOutcomes>,
): (delivery: Delivery, onSent: () => void) => Promise<void> {
  return pipeline({
    claimed: stillClaimed(monotonic),
    stop: stopIfAcknowledged(stopped),
    render: render({
      keyOf: ({ attempt }) => pageKeyOf({ ...attempt, channel: attempt.method }),
      answerUrlOf: ({ page }) => `${publicUrl().replace(/\/$/, '')}/a/${tokens.of(page)}`,
    }),
    send: send({
      channels,
      pass: failpoints(failpoint, DELIVERY_FAILPOINTS),
      onBegin: (delivery) => metrics.latency.observe({ lane: delivery.lane }, sinceDue(delivery)),
    }),
    record,
  });
}

/** Seconds from due to now, by the database's clock at the claim and our own since. */
function sinceDue({ claimedAt, dueAt, lease }: Delivery): number {
  const sinceClaim = monotonic() - lease.claimedAt;
  return Math.max(0, claimedAt - dueAt + sinceClaim) / 1000;
}

const checkOf = (claimLoop: ClaimLoop): HealthCheck => ({
  name: 'claim due attempts',
  required: true,
  check: () => {
    const silent = Math.round(claimLoop.silentFor());
    return Promise.resolve({ ok: silent < SILENT_MS, detail: `came round ${silent} ms ago` });
  },
});
