import { describe, expect, it } from '@jest/globals';
import { instantOf, isoOf, MaintenanceEvent, MaintenanceRule } from '@tocsin/contracts';
import { windowOfRule } from '../config-windows.js';
import type { QuietWindow } from '../quiet-window.js';
import type { WindowsChange } from './change-windows.js';
import { hooksDue } from './hooks-due.js';
import { type MaintenanceHook, maintenanceEventOf } from './maintenance-hook.js';
import { recordedChanges } from './recorded-changes.js';
import type { ToldWindows } from './told-windows.js';

const NOTHING: ToldWindows = { until: instantOf('2026-12-05T00:00:00Z'), revision: 0, windows: {} };

const at = (time: string): number => instantOf(time.includes('T') ? time : `2026-12-05T${time}:00Z`);
const config = (time: string, revision: number, rules: readonly object[]): WindowsChange => ({
  ...{ kind: 'config', at: at(time), revision },
  windows: rules.map((rule) =>
    windowOfRule(
      MaintenanceRule.parse({ name: 'upload', from: '01:00', for: '60m', timeZone: 'UTC', ...rule }),
    ),
  ),
});
const shown = (hooks: readonly MaintenanceHook[]): string[] =>
  hooks.map((hook) => {
    const said = maintenanceEventOf(hook, 'default', hook.at);
    const time = isoOf(hook.at).slice(8, 16).replace('T', ' ');
    const span =
      'occurrence' in said
        ? ` ${said.occurrence?.id.slice(-13, -8)}-${said.occurrence?.until.slice(11, 16)}`
        : '';
    return `${time} ${hook.type}${span}${'early' in said && said.early ? ' early' : ''} ${hook.cause.kind}`;
  });
const SATURDAYS = { every: 'Sat' };

describe('what is told of a window of the config', () => {
  it('is that it was created, started and ended, and a week later that it started again', () => {
    const { hooks, told, nextAt } = hooksDue(NOTHING, [config('00:10', 1, [SATURDAYS])], at('02:30'));
    expect(shown(hooks)).toEqual([
      '05 00:10 Created 01:00-02:00 config',
      '05 01:00 Started 01:00-02:00 schedule',
      '05 02:00 Ended 01:00-02:00 schedule',
    ]);
    expect(nextAt).toBe(at('2026-12-12T01:00:00Z'));
    const next = hooksDue(told, [], at('2026-12-12T01:00:00Z'));
    expect(shown(next.hooks)).toEqual(['12 01:00 Started 01:00-02:00 schedule']);
    expect(next.nextAt).toBe(at('2026-12-12T02:00:00Z'));
  });

  it('ends early when a config without it comes into force, and will not come again', () => {
    const first = hooksDue(NOTHING, [config('00:10', 1, [SATURDAYS])], at('01:05'));
    const { hooks, nextAt } = hooksDue(first.told, [config('01:20', 2, [])], at('03:00'));
    expect(shown(hooks)).toEqual(['05 01:20 Ended 01:00-01:20 early config', '05 01:20 Cancelled config']);
    expect(nextAt).toBeUndefined();
  });

  it('of its last stretch only the end is told', () => {
    const first = hooksDue(NOTHING, [config('00:10', 1, [{ on: '2026-12-05' }])], at('01:05'));
    expect(shown(hooksDue(first.told, [config('01:20', 2, [])], at('03:00')).hooks)).toEqual([
      '05 01:20 Ended 01:00-01:20 early config',
    ]);
  });

  it('goes on as the same occurrence when its hours change while it is on', () => {
    const first = hooksDue(NOTHING, [config('00:10', 1, [SATURDAYS])], at('01:05'));
    const { hooks } = hooksDue(
      first.told,
      [config('01:20', 2, [{ ...SATURDAYS, from: '00:30', for: '3h' }])],
      at('04:00'),
    );
    expect(shown(hooks)).toEqual([
      '05 01:20 Changed 01:00-03:30 config',
      '05 03:30 Ended 01:00-03:30 schedule',
    ]);
  });

  it('ends early when its new hours do not hold the present', () => {
    const first = hooksDue(NOTHING, [config('00:10', 1, [SATURDAYS])], at('01:05'));
    const { hooks } = hooksDue(
      first.told,
      [config('01:20', 2, [{ ...SATURDAYS, from: '02:00' }])],
      at('02:00'),
    );
    expect(shown(hooks)).toEqual([
      '05 01:20 Changed 02:00-03:00 config',
      '05 01:20 Ended 01:00-01:20 early config',
      '05 02:00 Started 02:00-03:00 schedule',
    ]);
  });

  it('starts at once when a config brings it in the middle of its hours', () => {
    const { hooks } = hooksDue(NOTHING, [config('01:20', 1, [SATURDAYS])], at('02:00'));
    expect(shown(hooks)).toEqual([
      '05 01:20 Created 01:20-02:00 config',
      '05 01:20 Started 01:20-02:00 config',
      '05 02:00 Ended 01:20-02:00 schedule',
    ]);
  });

  it('is nothing when it was over before anybody heard of it, and nothing when another revision leaves it as it is', () => {
    const gone = config('00:10', 1, [{ on: '2020-01-01' }]);
    expect(hooksDue(NOTHING, [gone, config('00:20', 2, [])], at('00:30')).hooks).toEqual([]);
    const stays = [config('00:10', 1, [SATURDAYS]), config('00:20', 2, [SATURDAYS])];
    expect(shown(hooksDue(NOTHING, stays, at('00:30')).hooks)).toEqual([
      '05 00:10 Created 01:00-02:00 config',
    ]);
  });
});

describe('what is told of a window made at run time', () => {
  const recorded = {
    ...{
      id: 'mnt_1',
      name: 'move',
      scope: {},
      safety: 'exempt' as const,
      recordedBy: 'ops',
      reason: 'new racks',
    },
    ...{ from: at('01:00'), until: at('05:00'), recordedAt: at('00:30') },
  };

  it('is who made it and why, and who ended it', () => {
    const first = hooksDue(NOTHING, recordedChanges(NOTHING, [recorded]), at('02:00'));
    const ended = [{ ...recorded, endedAt: at('03:00'), endedBy: 'bo' }];
    const { hooks, told } = hooksDue(first.told, recordedChanges(first.told, ended), at('03:00'));
    expect(shown([...first.hooks, ...hooks])).toEqual([
      '05 00:30 Created 01:00-05:00 person',
      '05 01:00 Started 01:00-05:00 schedule',
      '05 03:00 Ended 01:00-03:00 early person',
    ]);
    expect(first.hooks[0]?.cause).toEqual({ kind: 'person', by: 'ops', reason: 'new racks' });
    expect(hooks[0]?.cause).toEqual({ kind: 'person', by: 'bo' });
    // It is still read, for its planned end has not passed: nothing of it is told again.
    expect(recordedChanges(told, ended)).toEqual([]);
    expect(hooksDue(told, [], at('06:00')).told.windows).toEqual({});
  });

  it('is its whole life when nobody was there to tell it', () => {
    const lived = [{ ...recorded, endedAt: at('03:00'), endedBy: 'bo' }];
    const { hooks } = hooksDue(NOTHING, recordedChanges(NOTHING, lived), at('08:00'));
    expect(hooks.map(({ type }) => type)).toEqual(['Created', 'Started', 'Ended']);
    const events = hooks.map((hook) => maintenanceEventOf(hook, 'default', at('08:00')));
    expect(events.map(({ late }) => late)).toEqual([true, true, true]);
    for (const event of events) expect(MaintenanceEvent.parse(event)).toEqual(event);
  });

  it('cancelled before it began it never starts', () => {
    const cancelled = [{ ...recorded, cancelledAt: at('00:40'), cancelledBy: 'bo' }];
    const { hooks, nextAt } = hooksDue(NOTHING, recordedChanges(NOTHING, cancelled), at('02:00'));
    expect(shown(hooks)).toEqual(['05 00:30 Created 01:00-05:00 person', '05 00:40 Cancelled person']);
    expect(nextAt).toBeUndefined();
  });
});

describe('an outage or a clock that jumps', () => {
  const known = hooksDue(NOTHING, [config('00:10', 1, [{ every: 'Mon-Sun' }])], at('00:30')).told;

  it('leaves out what happened more than a day ago, and counts it', () => {
    const { hooks, missed } = hooksDue(known, [], at('2026-12-10T01:30:00Z'));
    expect(shown(hooks)).toEqual([
      '09 02:00 Ended 01:00-02:00 schedule',
      '10 01:00 Started 01:00-02:00 schedule',
    ]);
    expect(missed).toBe(9);
  });

  it('set back a little, nothing is told until it has caught up', () => {
    const late = hooksDue(known, [], at('02:30'));
    const back = hooksDue(late.told, [], at('01:30'));
    expect([back.hooks, back.told.until]).toEqual([[], at('02:30')]);
    expect(shown(hooksDue(back.told, [], at('2026-12-06T01:00:00Z')).hooks)).toEqual([
      '06 01:00 Started 01:00-02:00 schedule',
    ]);
  });

  it('that was ahead by a year and is right again, what is to come is told in its time', () => {
    const ahead = hooksDue(known, [], at('2027-12-05T01:30:00Z'));
    expect(shown(ahead.hooks)).toEqual([
      '04 02:00 Ended 01:00-02:00 schedule',
      '05 01:00 Started 01:00-02:00 schedule',
    ]);
    const right = hooksDue(ahead.told, [], at('00:40'));
    expect([right.hooks, right.nextAt]).toEqual([[], at('01:00')]);
    expect(shown(hooksDue(right.told, [], at('01:00')).hooks)).toEqual([
      '05 01:00 Started 01:00-02:00 schedule',
    ]);
  });
});

describe('what an event says', () => {
  it('is told by an id that is ASCII whatever the name', () => {
    const window: QuietWindow = {
      ...{ name: '机房 / 搬迁', scope: { services: ['upload'] }, safety: 'muted' },
      times: { kind: 'once', from: at('01:00'), until: at('02:00') },
    };
    const hook: MaintenanceHook = {
      ...{ type: 'Started', window, at: at('01:00'), cause: { kind: 'schedule' } },
      occurrence: { from: at('01:00'), until: at('02:00') },
    };
    const event = maintenanceEventOf(hook, 'default', at('01:00'));
    expect(event.id).toBe(
      'default/config:%E6%9C%BA%E6%88%BF%20%2F%20%E6%90%AC%E8%BF%81/started/2026-12-05T01:00:00.000Z',
    );
    expect(event).toMatchObject({
      late: false,
      occurrence: { id: expect.stringMatching(/@2026-12-05T01:00:00.000Z$/) },
    });
  });
});
