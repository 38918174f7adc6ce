import type { Config, PolicyTest } from '@tocsin/contracts';
import type { Reference } from './reference-faults.js';

type Place = readonly (string | number)[];

/** Names in tests must name something too; but a test uses nothing: what only it names is unused. */
export function* testReferences({ tests }: Config): Generator<Reference> {
  for (const [i, test] of tests.entries()) {
    for (const [n, step] of test.when.entries()) yield* ofAct(step, ['tests', i, 'when', n, step.key]);
    for (const [n, step] of test.then.entries())
      yield* ofExpectation(step, ['tests', i, 'then', n, step.key]);
  }
}

function* ofAct({ what }: PolicyTest['when'][number], place: Place): Generator<Reference> {
  if ('event' in what) {
    yield { place: [...place, 'event', 'source'], kind: 'source', name: what.event.source };
    return;
  }
  const [act, name] = 'acknowledge' in what ? ['acknowledge', what.acknowledge] : ['resolve', what.resolve];
  yield { place: [...place, act], kind: 'person', name };
}

function* ofExpectation({ what }: PolicyTest['then'][number], place: Place): Generator<Reference> {
  const { service } = what.case ?? {};
  if (service !== undefined) yield { place: [...place, 'case', 'service'], kind: 'service', name: service };
  for (const key of ['paged', 'paged-never'] as const) {
    for (const [n, name] of (what[key] ?? []).entries())
      yield { place: [...place, key, n], kind: 'person', name };
  }
}
