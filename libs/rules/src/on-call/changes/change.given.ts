import { at, scheduleOf } from '../schedule.given.js';
import type { Leave, Override, ShiftChange, Swap, TemporaryLayers } from './shift-change.js';

type Recording = Partial<Pick<ShiftChange, 'recordedAt' | 'cancelledAt' | 'id'>>;

const utc = (text: string): number => at(`${text}[UTC]`);
const span = (from: string, until: string) => ({ from: utc(from), until: utc(until) });

const recorded = (id: string, more: Recording) => ({ id, recordedAt: 0, recordedBy: 'ops', ...more });

export const override = (
  person: string,
  [from, until]: readonly [string, string],
  more: Recording & Partial<Pick<Override, 'replaces' | 'role'>> = {},
): Override => ({
  kind: 'override',
  ...recorded('o1', more),
  ...{ schedule: 'primary', role: 'primary', person, ...span(from, until) },
  ...more,
});

export const leave = (
  person: string,
  [from, until]: readonly [string, string],
  more: Recording = {},
): Leave => ({ kind: 'leave', ...recorded('l1', more), person, ...span(from, until) });

export const temporary = (
  layers: readonly object[],
  [from, until]: readonly [string, string],
  more: Recording = {},
): TemporaryLayers => ({
  kind: 'temporary',
  ...recorded('t1', more),
  ...{ schedule: 'primary', layers: scheduleOf('UTC', ...layers).layers, ...span(from, until) },
});

export const swap = (
  first: readonly [string, string, string],
  second: readonly [string, string, string],
  more: Recording = {},
): Swap => ({
  kind: 'swap',
  ...recorded('s1', more),
  ...{ schedule: 'primary', role: 'primary' },
  first: { person: first[0], ...span(first[1], first[2]) },
  second: { person: second[0], ...span(second[1], second[2]) },
});
