import { describe, expect, it } from '@jest/globals';
import { Config, MaintenanceRule } from '@tocsin/contracts';
import { type CaseFacts, EMPTY_CASE_FACTS } from '../conditions/case-facts.js';
import { configWindows, windowOfRule } from './config-windows.js';
import { quietAt } from './quiet-at.js';
import { dependedOn, dependenciesOf, type OpenParent, quietByParent } from './quiet-by-parent.js';
import { quietOfCase } from './quiet-of-case.js';
import type { QuietWindow, Weekly } from './quiet-window.js';
import { spanFrom, spansIn, weekdayOf } from './window-times.js';

const once = (name: string, from: number, until: number, id?: string): QuietWindow => ({
  ...{ name, scope: {}, safety: 'exempt', times: { kind: 'once', from, until } },
  ...(id === undefined ? {} : { id }),
});
const facts = (more: Partial<CaseFacts> = {}): CaseFacts => ({
  ...EMPTY_CASE_FACTS,
  ...{ priority: 'P3', service: 'app', market: 'SG', ...more },
});
const service = (...needs: string[]) => ({
  ...{ team: 't', policy: 'p', handles: [] },
  ...(needs.length === 0 ? {} : { 'depends-on': needs }),
});
const config = Config.parse({
  services: {
    core: service(),
    app: service('login', 'core'),
    login: service('store'),
    store: service('app'),
  },
});
const parent = (more: Partial<OpenParent> = {}): OpenParent => ({
  caseId: '4F7',
  service: 'core',
  priority: 'P2',
  ...more,
});

describe('windows that follow each other', () => {
  it.each<[string, readonly QuietWindow[], number, object | undefined]>([
    ['none is on', [once('a', 10, 20)], 9, undefined],
    ['one begins', [once('a', 10, 20)], 10, { by: { kind: 'window', name: 'a' }, until: 20 }],
    ['it is over', [once('a', 10, 20)], 20, undefined],
    [
      'one of run time is on',
      [once('a', 10, 20, 'w1')],
      15,
      { by: { kind: 'window', name: 'a', id: 'w1' }, until: 20 },
    ],
    [
      'two are on: the longer',
      [once('a', 0, 20), once('b', 0, 30)],
      5,
      { by: { kind: 'window', name: 'b' }, until: 30 },
    ],
    [
      'two are on as long: the first',
      [once('a', 0, 20), once('b', 0, 20)],
      5,
      { by: { kind: 'window', name: 'a' }, until: 20 },
    ],
    [
      'the next touches',
      [once('a', 0, 20), once('b', 20, 30)],
      5,
      { by: { kind: 'window', name: 'a' }, until: 30 },
    ],
    [
      'the next overlaps',
      [once('b', 15, 30), once('a', 0, 20)],
      5,
      { by: { kind: 'window', name: 'a' }, until: 30 },
    ],
    [
      'the next leaves a gap',
      [once('a', 0, 20), once('b', 21, 30)],
      5,
      { by: { kind: 'window', name: 'a' }, until: 20 },
    ],
  ])('%s', (_, windows, at, quiet) => {
    expect(quietAt(windows, at)).toEqual(quiet);
  });

  it('are one silence of at most 32 of them, which is then looked at again', () => {
    const chain = Array.from({ length: 40 }, (_, n) => once(`w${n}`, n, n + 1));
    expect(quietAt(chain, 0)?.until).toBe(32);
    expect(quietAt(chain.slice(0, 20), 0)?.until).toBe(20);
  });
});

describe('what keeps a case quiet', () => {
  const times = (more: Partial<Parameters<typeof quietOfCase>[1]>) => ({
    windows: [],
    parents: [],
    config,
    ...more,
  });
  const at = 1_000_000;

  it('is before all that its source has said that it is over, until it closes, or soon if it should have', () => {
    const resolving = { by: 'desk' };
    const busy = times({ windows: [once('w', 0, at + 1)], parents: [parent()] });
    const by = { kind: 'resolving', name: 'desk' };
    expect(quietOfCase({ resolving, closeAt: at + 60_000, facts: facts() }, busy, at)).toEqual({
      by,
      until: at + 60_000,
    });
    expect(quietOfCase({ resolving, closeAt: at - 1, facts: facts() }, busy, at)).toEqual({
      by,
      until: at + 5000,
    });
    expect(quietOfCase({ resolving, facts: facts() }, busy, at)).toEqual({ by, until: at + 5000 });
  });

  it('is then a window, then a parent, then nothing', () => {
    const hushed = (more: Parameters<typeof times>[0]) =>
      quietOfCase({ facts: facts() }, times(more), at)?.by.kind;
    const windows = [once('w', 0, at + 1)];
    expect(hushed({ windows, parents: [parent()] })).toBe('window');
    expect(hushed({ windows: [once('w', 0, at)], parents: [parent()] })).toBe('parent');
    expect(hushed({ parents: [parent()] })).toBe('parent');
    expect(hushed({})).toBeUndefined();
  });
});

describe('an open case of a service that others depend on', () => {
  const quiet = (of: Partial<CaseFacts>, ...parents: OpenParent[]) =>
    quietByParent(facts(of), parents, config.services, 1000);

  it('keeps them quiet, and is looked at again after a quarter of an hour', () => {
    expect(quiet({}, parent())).toEqual({
      by: { kind: 'parent', name: 'core', id: '4F7' },
      until: 1000 + 900_000,
    });
  });

  it.each<[string, Partial<CaseFacts>, OpenParent, boolean]>([
    ['of a P1', { priority: 'P1' }, parent({ priority: 'P1' }), false],
    ['less urgent', { priority: 'P2' }, parent({ priority: 'P3' }), false],
    ['as urgent', { priority: 'P2' }, parent({ priority: 'P2' }), true],
    ['of a service that is not needed', { service: 'core' }, parent({ service: 'app' }), false],
    ['needed by way of another', {}, parent({ service: 'store' }), true],
    ['of the service itself, though it is needed in a circle', {}, parent({ service: 'app' }), false],
    ['of another market', {}, parent({ market: 'CN' }), false],
    ['of the same market', {}, parent({ market: 'SG' }), true],
    ['of some market, where the case says none', { market: '' }, parent({ market: 'CN' }), true],
    ['of no market', {}, parent({ market: '' }), true],
    ['of a service that is not there', { service: 'gone' }, parent(), false],
  ])('or not: %s', (_, of, open, isQuiet) => {
    expect(quiet(of, open) !== undefined).toBe(isQuiet);
  });

  it('is the most urgent of several, and of as urgent ones the first', () => {
    const named = (...parents: OpenParent[]) => quiet({}, ...parents)?.by.id;
    expect(named(parent({ caseId: 'a', priority: 'P3' }), parent({ caseId: 'b', priority: 'P1' }))).toBe('b');
    expect(named(parent({ caseId: 'a' }), parent({ caseId: 'b' }))).toBe('a');
  });

  it('is of one of these', () => {
    expect([...dependenciesOf('app', config.services)].sort()).toEqual(['core', 'login', 'store']);
    expect([...dependedOn(config.services)].sort()).toEqual(['app', 'core', 'login', 'store']);
    expect(dependedOn({})).toEqual([]);
  });
});

describe('the times of windows', () => {
  const nightly: Weekly = { kind: 'weekly', timeZone: 'UTC', days: ['Mon'], from: 120, lasts: 3600 };
  const at = (text: string): number => Date.parse(`${text}Z`);
  const MONDAY = { from: at('2026-11-23T02:00'), until: at('2026-11-23T03:00') };

  it('of one stretch are that, while it goes on or is to come', () => {
    const { times } = once('a', 10, 20);
    expect([9, 10, 19].map((now) => spanFrom(times, now))).toEqual(Array(3).fill({ from: 10, until: 20 }));
    expect(spanFrom(times, 20)).toBeUndefined();
    const meets = (from: number, until: number) => spansIn(times, { from, until });
    expect([meets(0, 10), meets(20, 30)]).toEqual([[], []]);
    expect([meets(0, 11), meets(19, 30)]).toEqual(Array(2).fill([{ from: 10, until: 20 }]));
  });

  it('of a week are the one that goes on, or the next', () => {
    expect(spanFrom(nightly, at('2026-11-23T02:30'))).toEqual(MONDAY);
    expect(spanFrom(nightly, at('2026-11-22T12:00'))).toEqual(MONDAY);
    expect(spanFrom(nightly, MONDAY.until)).toEqual({
      from: at('2026-11-30T02:00'),
      until: at('2026-11-30T03:00'),
    });
  });

  it('that begin far in the future are found from their first day on, unless they have none', () => {
    const later = { ...nightly, since: '2028-11-20' };
    expect(spanFrom(later, MONDAY.from)).toEqual({
      from: at('2028-11-20T02:00'),
      until: at('2028-11-20T03:00'),
    });
    expect(spanFrom({ ...later, until: '2028-11-19' }, MONDAY.from)).toBeUndefined();
    expect(spanFrom({ ...nightly, until: '2026-11-22' }, at('2026-11-22T12:00'))).toBeUndefined();
    // One that began long ago goes on from now, not from its first day.
    expect(spanFrom({ ...nightly, since: '2020-01-01' }, MONDAY.from)).toEqual(MONDAY);
  });

  it('know the day of the week', () => {
    expect([0, 3, 4, -1, -4].map(weekdayOf)).toEqual(['Thu', 'Sun', 'Mon', 'Wed', 'Sun']);
  });
});

describe('a window of the config', () => {
  const rule = (more: object) =>
    MaintenanceRule.parse({
      ...{ name: 'w', from: '02:00', for: '1h', timeZone: 'UTC', services: ['app'] },
      ...more,
    });

  it('of one day is a week of which only that day comes', () => {
    expect(windowOfRule(rule({ on: '2026-11-24' }))).toEqual({
      ...{ name: 'w', safety: 'exempt', scope: { services: ['app'] } },
      times: {
        ...{ kind: 'weekly', timeZone: 'UTC', days: ['Tue'], from: 120, lasts: 3600 },
        ...{ since: '2026-11-24', until: '2026-11-24' },
      },
    });
  });

  it('of some days has their first and last, and nothing but what it says of its scope', () => {
    const more = {
      every: ['Mon', 'Sat'],
      since: '2026-11-01',
      until: '2026-12-01',
      markets: ['SG'],
      sources: ['desk'],
      when: 'true',
    };
    const [window] = configWindows({ ...config, maintenance: [rule({ ...more, services: undefined })] });
    expect(window?.scope).toEqual({ markets: ['SG'], sources: ['desk'], when: 'true' });
    expect(window?.times).toMatchObject({ days: ['Mon', 'Sat'], since: '2026-11-01', until: '2026-12-01' });
  });
});
