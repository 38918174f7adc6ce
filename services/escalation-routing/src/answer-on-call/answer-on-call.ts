import { type Config, type Instant, isoOf, type OnCallPerson, type OnCallView } from '@tocsin/contracts';
import { type ReachedPerson, resolveTargets, startPlan, whoIsOnCall } from '@tocsin/rules';

interface Asked {
  readonly at: Instant;
  readonly schedule?: string | undefined;
  readonly policy?: string | undefined;
}

type PolicyAnswer = OnCallView['policies'][number];

/** Who is on call at an instant: every schedule and policy, or the named one. Names must exist. */
export function answerOnCall(
  { revision, config }: { readonly revision: number; readonly config: Config },
  { at, schedule, policy }: Asked,
): OnCallView {
  const all = schedule === undefined && policy === undefined;
  const schedules = all ? Object.keys(config.schedules) : schedule === undefined ? [] : [schedule];
  const policies = all ? Object.keys(config.policies) : policy === undefined ? [] : [policy];
  return {
    at: isoOf(at),
    revision,
    schedules: schedules.map((name) => scheduleAnswer(name, config, at)),
    policies: policies.flatMap((name) => policyAnswers(name, config, at)),
  };
}

function scheduleAnswer(name: string, config: Config, at: Instant): OnCallView['schedules'][number] {
  const schedule = config.schedules[name];
  const shift = schedule === undefined ? undefined : whoIsOnCall(schedule, at);
  if (shift === undefined) return { schedule: name };
  const { person, layer, from, until } = shift;
  return {
    schedule: name,
    person,
    name: nameOf(person, config),
    layer,
    from: isoOf(from),
    until: isoOf(until),
  };
}

/** A policy answers once per service that has it, because «of the service» differs; else once without a service. */
function policyAnswers(policy: string, config: Config, at: Instant): PolicyAnswer[] {
  const services = Object.keys(config.services).filter((name) => config.services[name]?.policy === policy);
  return services.length === 0
    ? [policyAnswer(policy, undefined, config, at)]
    : services.map((service) => policyAnswer(policy, service, config, at));
}

function policyAnswer(
  policy: string,
  service: string | undefined,
  config: Config,
  at: Instant,
): PolicyAnswer {
  let after = 0;
  const steps = startPlan(policy, config, service).steps.map((step) => {
    const { persons, empty } = resolveTargets(step.page, { config, service, at });
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
