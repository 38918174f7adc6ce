import {
  type Config,
  type Instant,
  type Priority,
  type RecordedEvent,
  type Target,
  type TicketEvent,
} from '@tocsin/contracts';
import { EMPTY_FACTS, factsOf } from '../../conditions/facts-of-event.js';
import { type EscalationCase, NOT_OPENED } from '../../escalation/escalation-case.js';
import type { EscalationContext } from '../../escalation/escalation-context.js';
import type { PolicyPlan } from '../../escalation/policy-plan.js';
import { firstWeighing, givenWeighing } from '../../priority/reweigh.js';
import type { Weighing } from '../../priority/weighing.js';
import { pickService } from '../../routing/pick-service.js';
import type { ReplayClocks } from './replay-clocks.js';
import { StoryWriter } from './case-story.js';
import { ticketOf } from './recorded-event.js';

/** A config with its number. */
export interface ReplayConfig {
  readonly revision: number;
  readonly config: Config;
}

type StepFacts = NonNullable<EscalationContext['facts']>;

/** A case of a replayed world. It is changed in place: a hundred thousand events make no copies. */
export interface ReplayedCase {
  readonly name: string;
  readonly service: string | undefined;
  /** Whom a page made by hand is for. */
  readonly targets?: readonly Target[] | undefined;
  pinned: ReplayConfig;
  plan: PolicyPlan;
  priority: Priority;
  weighing: Weighing;
  facts: StepFacts;
  escalation: EscalationCase;
  clocks?: ReplayClocks | undefined;
  readonly story: StoryWriter;
}

interface Opening {
  readonly name: string;
  readonly at: Instant;
  readonly config: ReplayConfig;
  readonly planOf: (service: string | undefined, targets?: readonly Target[]) => PolicyPlan;
}

/** As triage opens a case. */
export function openedByEvent(event: RecordedEvent, { name, at, config, planOf }: Opening): ReplayedCase {
  const ticket = ticketOf(event);
  const weighing = firstWeighing(factsOf(ticket), { ...config, unexplained: true }, at);
  const { priority } = weighing.standing;
  const { service } = pickService(ticket, config.config);
  const plan = planOf(service);
  const { category = '', market = '', language = '', status, source, restricted } = ticket;
  const facts = { category, market, language, status: status ?? '', source, restricted };
  const story = new StoryWriter({ case: name, openedAt: at, service, policy: plan.policy });
  return {
    ...{ name, service, pinned: config, plan, priority, weighing, story },
    facts: { ...facts, service: service ?? '', events: 1 },
    escalation: { ...NOT_OPENED, priority },
  };
}

/** As a page made by hand opens one. */
export function openedByHand(
  { priority, targets }: { readonly priority: Priority; readonly targets: readonly Target[] },
  { name, at, config, planOf }: Opening,
): ReplayedCase {
  const plan = planOf(undefined, targets);
  const because = { en: '', 'zh-CN': '' };
  const story = new StoryWriter({ case: name, openedAt: at, service: undefined, policy: plan.policy });
  const weighing = givenWeighing({ priority, because }, { ...EMPTY_FACTS, source: BY_HAND }, config.revision);
  return {
    ...{ name, service: undefined, targets, pinned: config, plan, priority, weighing, story },
    facts: {
      ...{ category: '', market: '', language: '', service: '', status: '' },
      ...{ source: BY_HAND, restricted: false, events: 0 },
    },
    escalation: { ...NOT_OPENED, priority },
  };
}

/** The source that routing gives to such cases. */
const BY_HAND = 'by hand';

/** What stands after an event; only the newest one changes facts. */
export function heard(facts: StepFacts, event: TicketEvent, newest: boolean): StepFacts {
  const { category, market, language, status } = event;
  const said = newest ? { category, market, language, status } : {};
  const present = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return { ...facts, ...present, restricted: facts.restricted || event.restricted, events: facts.events + 1 };
}
