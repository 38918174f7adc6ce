import { describe, expect, it } from '@jest/globals';
import type { MaintenanceView } from '@tocsin/contracts';
import { EMPTY_CASE_FACTS } from '../conditions/case-facts.js';
import { inScope, includesScope } from './in-scope.js';
import { type QuietWindowRecord, quietWindowOf, windowRecordOf } from './recorded-window.js';

const SCOPE = { services: ['pay'], when: 'case.market == "CN"' };
const RECORD: QuietWindowRecord = {
  ...{ id: 'w1', name: 'deploy', scope: SCOPE, safety: 'exempt', from: 1000, until: 9000, recordedAt: 500 },
};

describe('a window made at run time', () => {
  it.each<[string, Partial<QuietWindowRecord>, number | undefined]>([
    ['lasts to its end', {}, 9000],
    ['or until it was ended', { endedAt: 4000 }, 4000],
    ['its own end being the later word on nothing', { endedAt: 12_000 }, 9000],
    ['and hushes nothing when it ended before it began', { endedAt: 1000 }, undefined],
    ['or was cancelled', { cancelledAt: 8000 }, undefined],
  ])('%s', (_, more, until) => {
    const once = { kind: 'once', from: 1000, until };
    const { id, name, safety } = RECORD;
    expect(quietWindowOf({ ...RECORD, ...more })).toEqual(
      until === undefined ? undefined : { id, name, safety, scope: SCOPE, times: once },
    );
  });

  it('is read from what the API shows, and a window of the config is none', () => {
    const iso = (at: number): string => new Date(at).toISOString();
    const view = {
      ...{ id: 'w1', name: 'deploy', safety: 'exempt', ...SCOPE },
      ...{ from: iso(1000), until: iso(9000), recordedAt: iso(500), cancelledAt: iso(700) },
    } as MaintenanceView;
    expect(windowRecordOf(view)).toEqual({ ...RECORD, endedAt: undefined, cancelledAt: 700 });
    expect(windowRecordOf({ ...view, endedAt: iso(800) })).toMatchObject({ endedAt: 800 });
    for (const missing of ['id', 'from', 'until', 'recordedAt'] as const)
      expect(windowRecordOf({ ...view, [missing]: undefined })).toBeUndefined();
  });
});

describe('the scope of a window', () => {
  const facts = { ...EMPTY_CASE_FACTS, service: 'pay', market: 'CN', source: 'desk' };

  it.each([
    [{}, true],
    [{ services: ['other', 'pay'] }, true],
    [{ services: ['other'] }, false],
    [{ markets: ['CN'] }, true],
    [{ markets: ['SG'] }, false],
    [{ sources: ['desk'] }, true],
    [{ sources: ['zabbix'] }, false],
    [{ services: ['pay'], markets: ['CN'], sources: ['zabbix'] }, false],
    [{ when: 'case.market == "CN"' }, true],
    [{ when: 'case.market == "SG"' }, false],
    [{ services: ['pay'], when: 'case.market ==' }, false],
    [{ when: 'now.hour >= 0' }, false],
  ])('%j means a case of the desk for pay in China: %s', (scope, means) => {
    expect(inScope(scope, facts)).toBe(means);
  });

  it.each([
    [{}, {}, true],
    [{}, { services: ['pay'] }, true],
    [{ services: ['pay'] }, {}, false],
    [{ services: ['pay', 'live'] }, { services: ['pay'] }, true],
    [{ services: ['pay'] }, { services: ['pay', 'live'] }, false],
    [{ markets: ['CN'] }, { markets: ['SG'] }, false],
    [{ sources: ['desk'] }, { sources: ['desk'], markets: ['CN'] }, true],
    [{ when: 'a' }, { when: 'a' }, true],
    [{ when: 'a' }, { when: 'b' }, false],
    [{ when: 'a' }, {}, false],
    [{}, { when: 'a' }, true],
  ])('%j surely means all that %j means: %s', (a, b, includes) => {
    expect(includesScope(a, b)).toBe(includes);
  });
});
