import { type Config, type Instant, PLAN_TEXTS, type Seconds, type Texts } from '@tocsin/contracts';
import { type Coverage, COVERED_WITHIN, type ProvedPriority } from '../coverage/coverage-of-config.js';
import { coverageText } from '../coverage/coverage-texts.js';
import type { Span } from '../coverage/interval-set.js';
import { type CoverageHole, coverageHoles } from '../coverage/prove-coverage.js';
import { firstDelay } from '../coverage/reach.js';
import { escalates } from '../escalation/start-escalation.js';
import { startPlan } from '../escalation/start-plan.js';
import { durationWords } from '../lint/duration-words.js';
import { DAY_MS } from '../on-call/zone-clock.js';
import { own } from '../own.js';
import { filled } from '../texts-of.js';
import { pagingOf } from './paging-of.js';
import { sampleInstants } from './sample-instants.js';

/** Something that a plan makes worse for one service, or with an empty name for all together. */
export interface PlanRisk {
  readonly kind: 'coverage' | 'time-to-page' | 'replayed-time-to-page' | 'second-person' | 'service-removed';
  readonly service: string;
  /** `blocks`: only break-glass passes it; `second-approver`: two persons do; `warning`: one person does. */
  readonly weight: 'blocks' | 'second-approver' | 'warning';
  readonly texts: Texts;
}

const COVERED_DAYS = 90;
const SAMPLED_DAYS = 30;

/** What decides who is paged when; a change of anything else makes nothing worse. */
const RELEVANT = ['people', 'teams', 'schedules', 'policies', 'services'] as const;

/**
 * What gets worse for P1 and P2 cases by a change of config: new or longer coverage holes within 90 days, a later
 * median first page or a later second person of a P1 within 30 days, a service that is gone without another for what
 * it handled. A hole that stood as long before is a warning: who mends one of two must be able to apply.
 *
 * Gives way between services, because a large world takes seconds and the process may have pages to send.
 */
export function* weighPlan(before: Config, after: Config, now: Instant): Generator<undefined, PlanRisk[]> {
  if (RELEVANT.every((kind) => JSON.stringify(before[kind]) === JSON.stringify(after[kind]))) return [];
  const scene = {
    before,
    after,
    span: { from: now, until: now + COVERED_DAYS * DAY_MS },
    instants: sampleInstants([before, after], now, now + SAMPLED_DAYS * DAY_MS),
  };
  const risks = goneServices(before, after);
  const weighed = new Map<string, readonly Omit<PlanRisk, 'service'>[]>();
  for (const service of Object.keys(after.services).sort()) {
    yield undefined;
    // Services that one team answers by one policy fare alike, unless a step looks at the service.
    const alike = JSON.stringify([own(before.services, service), own(after.services, service)]);
    const known = readsService(after) || readsService(before) ? undefined : weighed.get(alike);
    const found = known ?? risksOf(service, scene);
    weighed.set(alike, found);
    risks.push(...found.map((risk) => ({ service, ...risk })));
  }
  return risks;
}

/** The same at once, for clients that have nothing else to do. */
export function planRisks(before: Config, after: Config, now: Instant): PlanRisk[] {
  const weighing = weighPlan(before, after, now);
  for (let step = weighing.next(); ; step = weighing.next()) if (step.done === true) return step.value;
}

const readsService = ({ policies }: Config): boolean =>
  Object.values(policies).some(({ steps }) => steps.some(({ when }) => when?.includes('service') === true));

interface Weighed {
  readonly before: Config;
  readonly after: Config;
  readonly span: Span;
  readonly instants: readonly Instant[];
}

type Found = Omit<PlanRisk, 'service'>;

function risksOf(service: string, scene: Weighed): Found[] {
  const { before, after, instants } = scene;
  const holes = [...coverageRisks(service, 'P1', scene), ...coverageRisks(service, 'P2', scene)];
  if (own(before.services, service) === undefined) return holes;
  const [old, next] = [before, after].map((config) => pacesOf(config, service, instants));
  return [...holes, ...paceRisks(service, old as Paces, next as Paces)];
}

function coverageRisks(service: string, priority: ProvedPriority, { before, after, span }: Weighed): Found[] {
  const [hole, ...more] = holesOf(after, service, priority, span);
  if (hole === undefined) return [];
  const stood = lengthOf([hole, ...more]) <= lengthOf(holesOf(before, service, priority, span));
  const { policy = '' } = startPlan(undefined, after, service);
  const coverage: Coverage = { policy, service, priority, within: COVERED_WITHIN[priority], hole, muted: [] };
  const texts = coverageText(coverage, COVERED_DAYS, zoneOf(after, policy));
  return [{ kind: 'coverage', weight: priority === 'P1' && !stood ? 'blocks' : 'warning', texts }];
}

/** None for a service that is not there, or whose policy does not escalate the priority. */
function holesOf(config: Config, service: string, priority: ProvedPriority, span: Span): CoverageHole[] {
  if (own(config.services, service) === undefined) return [];
  const plan = startPlan(undefined, config, service);
  if (!escalates(plan, priority)) return [];
  return coverageHoles(plan, { config, service, priority }, { span, within: COVERED_WITHIN[priority] });
}

const lengthOf = (holes: readonly Span[]): number =>
  holes.reduce((sum, { from, until }) => sum + until - from, 0);

/** In whose clock a hole of the policy is told. */
export function zoneOf({ policies, schedules }: Config, policy: string): string {
  const targets = own(policies, policy)?.steps.flatMap(({ page }) => page) ?? [];
  const named = targets.find((target) => target.kind === 'schedule');
  const schedule = named?.kind === 'schedule' ? own(schedules, named.name) : Object.values(schedules)[0];
  return schedule?.timeZone ?? 'UTC';
}

/** Seconds from the opening of a P1 that nobody answers; Infinity: never. */
interface Paces {
  /** Median of the first attempt at anybody. */
  readonly first: Seconds;
  /** The longest that one person alone has it. */
  readonly alone: Seconds;
}

function pacesOf(config: Config, service: string, instants: readonly Instant[]): Paces {
  const samples = instants.map((at) => pagingOf(config, { service, priority: 'P1', at }));
  const firsts = samples.map((sample) =>
    Math.min(
      Infinity,
      ...sample.map(({ person, after }) => after + (firstDelay([person], config, 'P1') ?? Infinity)),
    ),
  );
  const alone = samples.map((sample) => {
    const [first] = sample;
    const second = sample.find(({ person }) => person !== first?.person);
    return first === undefined || second === undefined ? Infinity : second.after - first.after;
  });
  const sorted = firsts.toSorted((a, b) => a - b);
  return { first: sorted[Math.floor(sorted.length / 2)] ?? Infinity, alone: Math.max(...alone) };
}

function paceRisks(service: string, before: Paces, after: Paces): Found[] {
  const worse = (kind: 'time-to-page' | 'second-person', old: Seconds, next: Seconds): Found[] => {
    if (next <= old) return [];
    const facts = { service, before: wordsOf(old), after: wordsOf(next) };
    const texts = filled(kind === 'time-to-page' ? PLAN_TEXTS.firstPage : PLAN_TEXTS.secondPerson, facts);
    return [{ kind, weight: 'second-approver', texts }];
  };
  return [
    ...worse('time-to-page', before.first, after.first),
    ...worse('second-person', before.alone, after.alone),
  ];
}

const wordsOf = (seconds: Seconds): string | Texts =>
  seconds === Infinity ? PLAN_TEXTS.never : durationWords(seconds);

/** Services that are gone while no other handles their categories. */
function goneServices(before: Config, after: Config): PlanRisk[] {
  const handled = Object.values(after.services).flatMap(({ handles }) => handles);
  const isHandled = (category: string): boolean =>
    handled.some((one) => category === one || category.startsWith(`${one}.`));
  return Object.entries(before.services).flatMap(([service, { handles }]): PlanRisk[] => {
    if (own(after.services, service) !== undefined) return [];
    const lost = handles.filter((category) => !isHandled(category));
    if (lost.length === 0) return [];
    const texts = filled(PLAN_TEXTS.serviceGone, { service, categories: lost.join(', ') });
    return [{ kind: 'service-removed', service, weight: 'second-approver', texts }];
  });
}
