import {
  type Config,
  type Instant,
  isoOf,
  type OnCallPerson,
  type OnCallRole,
  type OnCallView,
} from '@tocsin/contracts';
import {
  type ChangeBook,
  type Lane,
  onCallAt,
  onCallPath,
  type ReachedPerson,
  resolveTargets,
  startPlan,
} from '@tocsin/rules';

interface Asked {
  readonly at: Instant;
  readonly asOf?: Instant | undefined;
  readonly schedule?: string | undefined;
  readonly policy?: string | undefined;
  readonly role: OnCallRole;
}

/** What was known: a revision of the config and the changes beside it. */
export interface Known {
  readonly revision: number;
  readonly config: Config;
  readonly changes: ChangeBook;
}

type PolicyAnswer = OnCallView['policies'][number];
type ScheduleAnswer = OnCallView['schedules'][number];

/** Who is on call at an instant: every schedule and policy, or the named one. Names must exist. */
export function answerOnCall(known: Known, { at, asOf, schedule, policy, role }: Asked): OnCallView {
  const { revision, config } = known;
  const all = schedule === undefined && policy === undefined;
  const schedules = all ? Object.keys(config.schedules) : schedule === undefined ? [] : [schedule];
  const policies = all ? Object.keys(config.policies) : policy === undefined ? [] : [policy];
  return {
    at: isoOf(at),
    ...(asOf === undefined ? {} : { asOf: isoOf(asOf) }),
    revision,
    schedules: schedules.flatMap((name) => scheduleAnswer(name, role, known, at)),
    policies: policies.flatMap((name) => policyAnswers(name, known, at)),
  };
}

function scheduleAnswer(
  name: string,
  role: OnCallRole,
  { config, changes }: Known,
  at: Instant,
): ScheduleAnswer[] {
  const schedule = config.schedules[name];
  if (schedule === undefined) return [];
  const lane: Lane = { role, changes: changes.of(name, role) };
  const found = onCallAt(schedule, at, lane);
  const person = 'person' in found ? found.person : undefined;
  return [
    {
      schedule: name,
      role,
      ...(person === undefined ? {} : { person, name: nameOf(person, config) }),
      by: found.why.by,
      ...('layer' in found.why ? { layer: found.why.layer } : {}),
      ...(Number.isFinite(found.from) ? { from: isoOf(found.from) } : {}),
      ...(Number.isFinite(found.until) ? { until: isoOf(found.until) } : {}),
      path: onCallPath(schedule, at, lane),
    },
  ];
}

/** A policy answers once per service that has it, because «of the service» differs; else once without a service. */
function policyAnswers(policy: string, known: Known, at: Instant): PolicyAnswer[] {
  const { services } = known.config;
  const having = Object.keys(services).filter((name) => services[name]?.policy === policy);
  return having.length === 0
    ? [policyAnswer(policy, undefined, known, at)]
    : having.map((service) => policyAnswer(policy, service, known, at));
}

function policyAnswer(
  policy: string,
  service: string | undefined,
  { config, changes }: Known,
  at: Instant,
): PolicyAnswer {
  let after = 0;
  const steps = startPlan(policy, config, service).steps.map((step) => {
    const { persons, empty } = resolveTargets(step.page, { config, service, at, changes });
    const answer = {
      step: step.name,
      after,
      persons: persons.map((p) => named(p, config)),
      empty: [...empty],
    };
    after += step.wait;
    return answer;
  });
  return { policy, ...(service === undefined ? {} : { service }), steps };
}

const nameOf = (person: string, config: Config): string => config.people[person]?.name ?? person;

const named = ({ person, via }: ReachedPerson, config: Config): OnCallPerson => ({
  person,
  name: nameOf(person, config),
  via,
});
