import { describe, expect, it } from '@jest/globals';
import { changedTree } from './changed-tree.given.js';
import { readConfig } from './read-config.js';

const WINDOW = {
  ...{ name: 'upload weekly', services: ['payouts'], every: 'Sun', from: '01:00', for: '60m' },
  ...{ timeZone: 'Europe/London', until: '2027-01-31' },
};
const NOW = Date.parse('2026-12-01T00:00:00Z');

const read = (...windows: readonly object[]) => readConfig(changedTree({ '/maintenance': windows }), NOW);
const said = (faults: readonly { pointer: string; message: string }[]): string[] =>
  faults.map(({ pointer, message }) => `${pointer}: ${message}`);
const faultsOf = (...windows: readonly object[]): string[] => {
  const found = read(...windows);
  return found.ok ? [] : said(found.faults);
};
const warningsOf = (...windows: readonly object[]): string[] => said(read(...windows).warnings);

describe('maintenance windows of a config tree', () => {
  it('are read with units resolved, urgent safety exempt', () => {
    const found = read(WINDOW);
    if (!found.ok) throw new Error(JSON.stringify(found.faults));
    expect(found.config.maintenance).toEqual([
      { ...WINDOW, every: ['Sun'], from: 60, for: 3600, safety: 'exempt' },
    ]);
    expect(found.warnings).toEqual([]);
  });

  it.each<[string, object, string]>([
    [
      'a service that is none',
      { services: ['payout'] },
      '/maintenance/0/services/0: «payout» is no service; did you mean «payouts»?',
    ],
    [
      'a source that is none',
      { sources: ['dema'] },
      '/maintenance/0/sources/0: «dema» is no source; did you mean «demo»?',
    ],
    ['both forms', { on: '2026-12-05' }, '/maintenance/0: write either «on: 2026-12-05» or «every: Sun»'],
    ['neither form', { every: undefined }, '/maintenance/0: write either «on: 2026-12-05» or «every: Sun»'],
    [
      'an end of one day',
      { every: undefined, on: '2026-12-05' },
      '/maintenance/0/on: «on» is one day; «since» and «until» go with «every»',
    ],
    ['a length that is none', { for: '8d' }, '/maintenance/0/for: a window lasts between 1m and 7d'],
    [
      'a condition that does not type-check',
      { when: 'case.markt == "SG"' },
      '/maintenance/0/when: condition: No such key: markt',
    ],
    [
      'a condition that looks at the clock',
      { when: 'now.hour < 3' },
      '/maintenance/0/when: a window has its own clock: «when» may look at «case», not at «now»',
    ],
    [
      'days that never come',
      { since: '2026-12-01', until: '2026-12-04' },
      '/maintenance/0: this window never happens: no day of «every» lies between «since» and «until»',
    ],
    [
      'a zone that is none',
      { timeZone: 'Europe/Londn' },
      '/maintenance/0/timeZone: an IANA time zone such as Asia/Singapore',
    ],
    [
      'a key that is none',
      { market: ['SG'] },
      '/maintenance/0/market: «market» is no key here; the keys are',
    ],
  ])('are refused with %s', (_, more, expected) => {
    expect(faultsOf({ ...WINDOW, ...more })[0]).toContain(expected);
  });

  it('have names of their own', () => {
    const other = { ...WINDOW, every: 'Mon' };
    expect(faultsOf(WINDOW, other)).toEqual([
      '/maintenance/1/name: «upload weekly» is used twice; give each its own name',
    ]);
  });

  it.each<[string, object, string]>([
    [
      'one that is over',
      { until: '2026-11-20' },
      '/maintenance/0: this window is over since 2026-11-20; remove it',
    ],
    [
      'one without an end',
      { until: undefined, timeZone: 'Asia/Singapore' },
      '/maintenance/0: this window comes back for ever; say until when: «until: 2027-01-31»',
    ],
    [
      'one without a scope',
      { services: undefined },
      '/maintenance/0: this window hushes every case of every service; name services, markets, sources or a condition',
    ],
    [
      'one that hushes safety',
      { safety: 'muted' },
      '/maintenance/0: this window hushes urgent safety cases too; leave «safety: muted» out unless that is meant',
    ],
    [
      'one that is never loud',
      { every: 'Mon-Sun', for: '24h', since: '2026-12-01', until: '2026-12-31' },
      '/maintenance/0: one day of this window begins before the last is over, so it is never loud from 2026-12-01 on; make «for» shorter',
    ],
    [
      'the night on which its hour is skipped',
      { until: '2027-04-30' },
      '/maintenance/0: on 2027-03-28 the clock of Europe/London skips this time; the window then begins at 02:00',
    ],
  ])('are warned of: %s', (_, more, expected) => {
    expect(warningsOf({ ...WINDOW, ...more })).toEqual([expected]);
  });

  it('are warned of where one hushes what another hushes then', () => {
    const wider = { ...WINDOW, name: 'all of SG', services: ['payouts'], from: '01:30', for: '10m' };
    const apart = { ...WINDOW, name: 'later', from: '03:00' };
    expect(warningsOf(WINDOW, wider, apart)).toEqual([
      '/maintenance/1: window «upload weekly» hushes the same cases at the same time; keep one, or part their times',
    ]);
  });
});

describe('services that depend on others', () => {
  const dependent = (needs: Readonly<Record<string, readonly string[]>>): string[] => {
    const changes = Object.entries(needs).map(([name, on]) => [`/services/${name}/depends-on`, on] as const);
    const found = readConfig(changedTree(Object.fromEntries(changes)));
    return found.ok ? [] : said(found.faults);
  };

  it('may, and are refused where they come back to themselves or name nothing', () => {
    expect(dependent({ payouts: ['other'] })).toEqual([]);
    expect(dependent({ payouts: ['othr'] })).toEqual([
      '/services/payouts/depends-on/0: «othr» is no service; did you mean «other»?',
    ]);
    expect(dependent({ payouts: ['other'], other: ['payouts'] })).toEqual([
      '/services/payouts/depends-on: service «payouts» depends on itself: payouts → other → payouts; take one of them out of «depends-on»',
      '/services/other/depends-on: service «other» depends on itself: other → payouts → other; take one of them out of «depends-on»',
    ]);
  });
});
