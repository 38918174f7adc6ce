import { describe, expect, it } from '@jest/globals';
import type { Service } from '@tocsin/contracts';
import { fc } from '@tocsin/test-rig/worlds';
import { type CaseFacts, EMPTY_CASE_FACTS } from '../conditions/case-facts.js';
import { dependenciesOf, type OpenParent, quietByParent } from './quiet-by-parent.js';

const service = (...needs: readonly string[]): Service => ({
  ...{ team: 'x', policy: 'y', handles: [] },
  ...(needs.length === 0 ? {} : { 'depends-on': [...needs] }),
});
const SERVICES = {
  web: service('api'),
  api: service('db', 'cache'),
  db: service(),
  cache: service(),
  mail: service(),
};
const child = (more: Partial<CaseFacts> = {}): CaseFacts => ({
  ...EMPTY_CASE_FACTS,
  ...{ service: 'web', priority: 'P2', market: 'SG' },
  ...more,
});
const parent = (more: Partial<OpenParent> = {}): OpenParent => ({
  ...{ caseId: '4F7', service: 'db', market: 'SG', priority: 'P2' },
  ...more,
});

describe('a case whose service depends on one that has an open case', () => {
  it('is quiet, linked to that case, and looked at again even if no word of it comes', () => {
    expect(quietByParent(child(), [parent()], SERVICES, 0)).toEqual({
      by: { kind: 'parent', name: 'db', id: '4F7' },
      until: 900_000,
    });
  });

  it.each<[string, Partial<CaseFacts>, Partial<OpenParent>]>([
    ['of a service that it does not need', {}, { service: 'mail' }],
    ['of its own service', {}, { service: 'web' }],
    ['that is less urgent', {}, { priority: 'P3' }],
    ['of another market', {}, { market: 'MY' }],
    ['that may not quiet a P1, however urgent itself', { priority: 'P1' }, { priority: 'P1' }],
  ])('is loud beside one %s', (_, facts, other) => {
    expect(quietByParent(child(facts), [parent(other)], SERVICES, 0)).toBeUndefined();
  });

  it('takes the most urgent of several, and one without a market for all', () => {
    const parents = [parent(), parent({ caseId: '5', priority: 'P1', market: undefined })];
    expect(quietByParent(child(), parents, SERVICES, 0)?.by.id).toBe('5');
  });

  it('needs what can be reached over what it depends on, itself apart, in any graph', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const edges = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { maxLength: 12 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const services = Object.fromEntries(
          names.map((name) => [name, service(...pairs.filter(([a]) => a === name).map(([, b]) => b))]),
        );
        let reached = pairs.map(([a, b]) => `${a}${b}`);
        for (let n = 0; n < names.length; n += 1)
          reached = [
            ...new Set([
              ...reached,
              ...reached.flatMap((one) =>
                pairs.filter(([a]) => a === one[1]).map(([, b]) => `${one[0] ?? ''}${b}`),
              ),
            ]),
          ];
        const expected = names.filter((name) => name !== 'a' && reached.includes(`a${name}`));
        expect([...dependenciesOf('a', services)].toSorted()).toEqual(expected);
      }),
    );
  });
});
