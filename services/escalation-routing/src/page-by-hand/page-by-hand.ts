import {
  type NewEscalation,
  ROUTING_MESSAGES,
  say,
  type StartedEscalation,
  type Target,
} from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';
import { NOT_OPENED, type ResolvedTargets } from '@tocsin/rules';
import type { CaseIds } from '../case-ids.js';
import { viewOf } from '../case-view.js';
import { CaseWork } from '../case-work.js';
import type { CaseWorkStore } from '../case-work.store.js';
import { NOW } from '../json-rows.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { KeptAnswerStore, RequestKey } from '../respond-to-case/kept-answer.store.js';
import type { RoutedCase } from '../routed-case.js';
import type { RoutingMetrics } from '../routing-metrics.js';

/** Whose wish it is to page somebody, outside of any ticket. */
export interface PageRequest {
  readonly tenant: string;
  readonly by: string;
  readonly body: NewEscalation;
  readonly key?: RequestKey | undefined;
  readonly traceparent: string;
}

interface PageParts {
  readonly transactions: Transactions;
  readonly ids: CaseIds;
  readonly works: CaseWorkStore;
  readonly configs: PinnedConfigs;
  readonly kept: KeptAnswerStore;
  readonly metrics: RoutingMetrics;
}

/** Source of cases that people open; intake's sources are names of the config and hold no space. */
const BY_HAND = 'by hand';

/** Opens a case whose only step is the target: it escalates to the fallback, is answered and told like any other. */
export class PageByHand {
  constructor(private readonly parts: PageParts) {}

  /** @returns `other-request` when the Idempotency-Key was used for something else */
  page(request: PageRequest): Promise<StartedEscalation | 'other-request'> {
    const { kept, transactions } = this.parts;
    const { key } = request;
    return transactions.run('hot', async (tx) => {
      const before = key === undefined ? undefined : await kept.take(tx, key);
      if (before === 'other-request') return before;
      if (before !== undefined) return JSON.parse(before.answer) as StartedEscalation;
      const started = await this.open(tx, request);
      if (key !== undefined) await kept.keep(tx, key, { status: 201, answer: JSON.stringify(started) });
      return started;
    });
  }

  private async open(tx: Tx, { tenant, by, body, traceparent }: PageRequest): Promise<StartedEscalation> {
    const { ids, configs, works, metrics } = this.parts;
    const [clock] = await tx.query<{ now: number }>({
      name: 'routing.now',
      text: `SELECT ${NOW} AS now`,
      values: [],
    });
    const [id] = await ids.draw(tx, 1);
    if (clock === undefined || id === undefined) throw new Error('no clock or no case id');
    const { current, contextOf } = await configs.load(tx, []);
    const work = new CaseWork(clock.now, contextOf);
    const routed = work.put(caseByHand({ id, tenant, by, body, revision: current.revision, now: clock.now }));
    const { subject, priority } = body;
    work.hear(routed, { kind: 'paged-by-hand', by, priority, targets: body.target });
    work.record.opened(routed);
    const { because } = routed;
    const facts = { byHand: true, subject, priority, because, targets: body.target } as const;
    work.tell(routed, { type: 'CaseOpened', by, facts, traceparent });
    work.act(routed, { type: 'Opened', priority }, { traceparent, follows: true });
    await works.save(tx, work);
    tx.afterCommit(() => metrics.opened.inc({ priority }));
    const reached = contextOf(routed).resolve(body.target, clock.now);
    const people = current.config.people;
    const warnings = warningsOf(
      body.target,
      reached,
      (person) => Object.keys(people[person]?.contact ?? {}).length > 0,
    );
    return { case: viewOf(work.latest(routed)), warnings };
  }
}

interface HandFacts {
  readonly id: bigint;
  readonly tenant: string;
  readonly by: string;
  readonly body: NewEscalation;
  readonly revision: number;
  readonly now: number;
}

const caseByHand = ({ id, tenant, by, body, revision, now }: HandFacts): RoutedCase => ({
  id,
  tenant,
  source: BY_HAND,
  ticketKey: `hand:${id}`,
  state: 'open',
  priority: body.priority,
  because: {
    en: say(ROUTING_MESSAGES.pagedByHand, 'en', { by }),
    'zh-CN': say(ROUTING_MESSAGES.pagedByHand, 'zh-CN', { by }),
  },
  subject: body.subject,
  sensitivity: 'normal',
  ...(body.link === undefined ? {} : { link: body.link }),
  targets: body.target,
  revision,
  events: 0,
  version: 0,
  openedAt: now,
  escalation: { ...NOT_OPENED, priority: body.priority },
  fence: 0,
});

/** Off shift or without a way to be reached: paged all the same, the fallback follows, and the caller is told. */
function warningsOf(
  targets: readonly Target[],
  { persons, empty }: ResolvedTargets,
  isReachable: (person: string) => boolean,
): string[] {
  const nobody =
    targets.length > 0 ? empty.map((target) => say(ROUTING_MESSAGES.notOnShift, 'en', { target })) : [];
  const mute = persons.filter(({ person }) => !isReachable(person));
  return [...nobody, ...mute.map(({ person }) => say(ROUTING_MESSAGES.unreachablePerson, 'en', { person }))];
}
