import { describe, expect, it } from '@jest/globals';
import { type Config, Targets } from '@tocsin/contracts';
import { readConfig } from '../config/read-config.js';
import { starterTree } from '../config/starter-tree.given.js';
import { changeBook } from '../on-call/changes/change-book.js';
import type { ShiftChange } from '../on-call/changes/shift-change.js';
import { resolveTargets } from './resolve-targets.js';

const read = readConfig(starterTree());
const config: Config = read.ok ? read.config : (undefined as never);

const resolved = (targets: string | string[], service: string | undefined = 'payouts') =>
  resolveTargets(Targets.parse(targets), { config, service, at: Date.parse('2026-11-23T09:00:00Z') });

describe('who the targets of a step are', () => {
  it.each([
    ['person chen', ['chen via person chen']],
    ['schedule primary', ['bo via schedule primary, layer 1']],
    ['team live', ['ana via team live', 'bo via team live']],
    [
      'manager of the service',
      ['dee via manager of payouts: person dee', 'chen via manager of payouts: person chen'],
    ],
    ['everyone', ['ana via everyone', 'bo via everyone', 'chen via everyone', 'dee via everyone']],
  ])('%s', (target, expected) => {
    expect(resolved(target).persons.map(({ person, via }) => `${person} via ${via}`)).toEqual(expected);
  });

  it('are those whom overrides, swaps and leave put on call, and no shadow', () => {
    const monday = { from: Date.parse('2026-11-23T00:00:00Z'), until: Date.parse('2026-11-24T00:00:00Z') };
    const recorded = { id: 'chg_1', recordedAt: 0, recordedBy: 'ops' };
    const lane = { schedule: 'primary', role: 'primary' } as const;
    const at = Date.parse('2026-11-23T09:00:00Z');
    const personsWith = (...changes: ShiftChange[]) => {
      const context = { config, service: 'payouts', at, changes: changeBook(changes) };
      return resolveTargets(Targets.parse('schedule primary'), context);
    };
    const covers: ShiftChange = { kind: 'override', ...recorded, ...lane, person: 'dee', ...monday };
    expect(personsWith(covers).persons).toEqual([{ person: 'dee', via: 'schedule primary, override chg_1' }]);
    expect(personsWith({ ...covers, role: 'shadow' }).persons).toMatchObject([{ person: 'bo' }]);
    const away: ShiftChange = { kind: 'leave', ...recorded, person: 'bo', ...monday };
    expect(personsWith(away)).toEqual({ persons: [], empty: ['schedule primary'] });
  });

  it('are each paged once, by the first words that lead there', () => {
    expect(
      resolved(['person bo', 'team live', 'everyone']).persons.map((p) => `${p.person} ${p.via}`),
    ).toEqual(['bo person bo', 'ana team live', 'chen everyone', 'dee everyone']);
  });

  it.each([
    ['person zoe', 'payouts'],
    ['executive of the service', 'payouts'],
    ['tier2 of the service', undefined],
    ['tier2 of the service', 'constructor'],
    ['schedule gone', 'payouts'],
  ])('%s of %s leads to nobody and is named', (target, service) => {
    const at = Date.parse('2026-11-23T09:00:00Z');
    expect(resolveTargets(Targets.parse(target), { config, service, at })).toEqual({
      persons: [],
      empty: [target],
    });
  });
});
