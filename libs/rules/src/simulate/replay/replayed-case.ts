import {
  type CaseState,
  type Config,
  type Instant,
  parseCaseId,
  type Priority,
  type Target,
  type TicketEvent,
} from '@tocsin/contracts';
import { caseFactsOf, type CaseFacts } from '../../conditions/case-facts.js';
import { EMPTY_FACTS, factsOf } from '../../conditions/facts-of-event.js';
import { type EscalationCase, NOT_OPENED } from '../../escalation/escalation-case.js';
import type { PolicyPlan } from '../../escalation/policy-plan.js';
import type { CaseGroup } from '../../grouping/case-group.js';
import { firstWeighing, givenWeighing } from '../../priority/reweigh.js';
import type { Weighing } from '../../priority/weighing.js';
import { pickService } from '../../routing/pick-service.js';
import type { ReplayClocks } from './replay-clocks.js';
import { StoryWriter } from './case-story.js';

/** A config with its number. */
export interface ReplayConfig {
  readonly revision: number;
  readonly config: Config;
}

/** What the newest event of its own ticket said of a case. */
type Said = Pick<TicketEvent, 'category' | 'market' | 'language' | 'status'>;

/** A case of a replayed world. It is changed in place: a hundred thousand events make no copies. */
export interface ReplayedCase {
  readonly name: string;
  readonly id: bigint;
  readonly source: string;
  readonly ticketKey: string;
  readonly openedAt: Instant;
  readonly service: string | undefined;
  /** Whom a page made by hand is for. */
  readonly targets?: readonly Target[] | undefined;
  pinned: ReplayConfig;
  plan: PolicyPlan;
  priority: Priority;
  weighing: Weighing;
  said: Said;
  restricted: boolean;
  events: number;
  escalation: EscalationCase;
  clocks?: ReplayClocks | undefined;
  group?: CaseGroup | undefined;
  resolving?: { readonly by: string } | undefined;
  closeAt?: Instant | undefined;
  resolvedAt?: Instant | undefined;
  joinedInto?: ReplayedCase | undefined;
  joinedAt?: Instant | undefined;
  /** When anybody last said anything of it. */
  heardAt: Instant;
  /** When it was last looked at whether it is still hushed. */
  lookedAt?: Instant | undefined;
  /** The case that it is quiet for. */
  quietFor?: string | undefined;
  /** When that one last let go of it, until it is looked at. */
  letGoAt?: Instant | undefined;
  readonly story: StoryWriter;
}

/** What a case opens with. */
export interface Opening {
  readonly name: string;
  readonly at: Instant;
  readonly config: ReplayConfig;
  readonly planOf: (service: string | undefined, targets?: readonly Target[]) => PolicyPlan;
}

/** As triage opens a case. */
export function openedByEvent(event: TicketEvent, { name, at, config, planOf }: Opening): ReplayedCase {
  const weighing = firstWeighing(factsOf(event), { ...config, unexplained: true }, at);
  const { priority } = weighing.standing;
  const { service } = pickService(event, config.config);
  const plan = planOf(service);
  const { source, ticketKey, restricted } = event;
  const story = new StoryWriter({ case: name, openedAt: at, service, policy: plan.policy });
  story.breached(at, []);
  return {
    ...{ name, id: idOf(name), source, ticketKey, openedAt: at, heardAt: at, service, pinned: config, plan },
    ...{ priority, weighing, story, restricted, events: 1, said: said({}, event) },
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
  story.breached(at, []);
  const weighing = givenWeighing({ priority, because }, { ...EMPTY_FACTS, source: BY_HAND }, config.revision);
  return {
    ...{ name, id: idOf(name), source: BY_HAND, ticketKey: '', openedAt: at, heardAt: at, targets },
    ...{ service: undefined, pinned: config, plan, priority, weighing, story },
    ...{ restricted: false, events: 0, said: {} },
    escalation: { ...NOT_OPENED, priority },
  };
}

/** The source that routing gives to such cases. */
const BY_HAND = 'by hand';

/** A case that was never really opened is named by the line that opens it: it comes after all real ones. */
export const unrealName = (line: number): string => `new-${line}`;
const UNREAL = 1n << 80n;

const idOf = (name: string): bigint => parseCaseId(name) ?? UNREAL + BigInt(name.replace(/\D/g, '') || '0');

/** What stands after the newest event of the case's own ticket; what it does not mention is kept. */
export function said(before: Said, { category, market, language, status }: TicketEvent): Said {
  const present = Object.entries({ category, market, language, status }).filter(
    ([, value]) => value !== undefined,
  );
  return { ...before, ...Object.fromEntries(present) };
}

/** As people see it. */
export function stateOf({ escalation: { status } }: ReplayedCase): CaseState {
  return status === 'acknowledged' || status === 'resolved' || status === 'snoozed' ? status : 'open';
}

export const isOver = ({ escalation }: ReplayedCase): boolean => escalation.status === 'resolved';

/** What the conditions of steps see of it. */
export function stepFacts(found: ReplayedCase): CaseFacts {
  const { source, restricted, priority, service = '', events, weighing } = found;
  const { category = '', market = '', language = '', status = '' } = found.said;
  const own = { category, market, language, status, source, restricted };
  const facts = { ...EMPTY_FACTS, ...weighing.facts, ...own };
  return caseFactsOf(facts, { priority, service, events, round: 1 });
}

/** A case that goes on as part of another. */
export interface CaseJoin {
  readonly at: Instant;
  readonly case: string;
  readonly into: string;
}

export const joinOf = ({ name, joinedInto, joinedAt }: ReplayedCase): CaseJoin[] =>
  joinedInto === undefined || joinedAt === undefined
    ? []
    : [{ at: joinedAt, case: name, into: joinedInto.name }];
