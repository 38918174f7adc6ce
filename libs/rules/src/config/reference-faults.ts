import { CONFIG_TEXTS, type Config, type PolicyTarget, type Target } from '@tocsin/contracts';
import type { ConfigFault } from './config-fault.js';
import { dangling, faultAt } from './faults.js';
import type { Names } from './names.js';
import { testReferences } from './test-references.js';

type Place = readonly (string | number)[];

/** A name that stands somewhere and must name something. */
export interface Reference {
  readonly place: Place;
  readonly kind: keyof Names;
  readonly name: string;
}

/** Names that name nothing. */
export function referenceFaults(config: Config, names: Names): ConfigFault[] {
  const dangles = [...references(config), ...testReferences(config)]
    .filter(({ kind, name }) => !names[kind].includes(name))
    .map(({ place, kind, name }) => dangling(place, kind, name, names[kind]));
  return [...dangles, ...methodFaults(config), ...rungFaults(config)];
}

/** Every name that refers to an object of the tree. */
export function* references(config: Config): Generator<Reference> {
  yield* teamReferences(config);
  yield* policyReferences(config);
  yield* serviceReferences(config);
  yield* weightReferences(config);
  yield* windowReferences(config);
  for (const [name, { services = [] }] of Object.entries(config.webhooks))
    yield* each('service', services, ['webhooks', name, 'services']);
  for (const [name, { person }] of Object.entries(config.tokens))
    if (person !== undefined) yield { place: ['tokens', name, 'person'], kind: 'person', name: person };
  for (const [name, schedule] of Object.entries(config.schedules)) {
    const { requires } = schedule;
    if (requires !== '24x7')
      yield { place: ['schedules', name, 'requires'], kind: 'calendar', name: requires.calendar };
    for (const [i, layer] of schedule.layers.entries()) {
      yield* each('person', layer.people, ['schedules', name, 'layers', i, 'people']);
    }
  }
}

function* teamReferences({ teams }: Config): Generator<Reference> {
  for (const [name, team] of Object.entries(teams)) {
    yield* each('person', team.members, ['teams', name, 'members']);
    for (const [level, rung] of Object.entries(team.ladder)) {
      yield* targetReferences(rung ?? [], ['teams', name, 'ladder', level]);
    }
  }
}

function* policyReferences({ policies }: Config): Generator<Reference> {
  for (const [name, { steps, fallback, 'round-robin': roundRobin }] of Object.entries(policies)) {
    if (roundRobin !== undefined)
      yield { place: ['policies', name, 'round-robin', 'of'], kind: 'team', name: roundRobin.of };
    for (const [i, step] of steps.entries())
      yield* targetReferences(step.page, ['policies', name, 'steps', i, 'page']);
    yield* targetReferences(fallback?.page ?? [], ['policies', name, 'fallback', 'page']);
  }
}

function* serviceReferences({ services, sources, routing, heartbeats }: Config): Generator<Reference> {
  for (const [name, service] of Object.entries(services)) {
    const place = ['services', name];
    yield { place: [...place, 'team'], kind: 'team', name: service.team };
    yield { place: [...place, 'policy'], kind: 'policy', name: service.policy };
    yield* each('category', service.handles, [...place, 'handles']);
    yield* each('service', service['depends-on'] ?? [], [...place, 'depends-on']);
  }
  for (const [name, { service }] of Object.entries(sources)) {
    if (service !== undefined) yield { place: ['sources', name, 'service'], kind: 'service', name: service };
  }
  for (const [name, { to }] of Object.entries(heartbeats))
    yield { place: ['heartbeats', name, 'to'], kind: 'service', name: to };
  for (const [i, { to }] of routing.entries())
    yield { place: ['routing', i, 'to'], kind: 'service', name: to };
}

/** A weight of a name that is not there would never weigh anything. */
function* weightReferences({ priority: { weights } }: Config): Generator<Reference> {
  for (const kind of ['category', 'source'] as const) {
    for (const name of Object.keys(weights[kind] ?? {}))
      yield { place: ['priority', 'weights', kind, name], kind, name };
  }
}

function* windowReferences({ maintenance }: Config): Generator<Reference> {
  for (const [i, { services = [], sources = [] }] of maintenance.entries()) {
    yield* each('service', services, ['maintenance', i, 'services']);
    yield* each('source', sources, ['maintenance', i, 'sources']);
  }
}

function* each(kind: keyof Names, names: readonly string[], place: Place): Generator<Reference> {
  for (const [i, name] of names.entries()) yield { place: [...place, i], kind, name };
}

/** A single target may be written without a list; the list's own place is near enough to find it. */
function* targetReferences(targets: readonly (Target | PolicyTarget)[], place: Place): Generator<Reference> {
  for (const [i, target] of targets.entries()) {
    if ('name' in target) {
      yield { place: targets.length === 1 ? place : [...place, i], kind: target.kind, name: target.name };
    }
  }
}

/** Personal rules name the person's own contact methods. */
const methodFaults = ({ people }: Config): ConfigFault[] =>
  Object.entries(people).flatMap(([name, { contact, notify }]) =>
    Object.entries(notify).flatMap(([band, steps]) =>
      steps.flatMap(({ via }, i) =>
        via
          .filter((method) => !Object.hasOwn(contact, method))
          .map((method) =>
            dangling(['people', name, 'notify', band, i, 'via'], 'method', method, Object.keys(contact)),
          ),
      ),
    ),
  );

const rungFaults = ({ teams }: Config): ConfigFault[] =>
  Object.entries(teams).flatMap(([name, { ladder }]) =>
    Object.entries(ladder)
      .filter(([, rung]) => rung?.some((target) => target.kind === 'ladder'))
      .map(([level]) => faultAt(['teams', name, 'ladder', level], CONFIG_TEXTS.rungOnLadder)),
  );
