import { describe, expect, it } from '@jest/globals';
import { changedTree } from '../../config/changed-tree.given.js';
import { readConfig } from '../../config/read-config.js';
import type { QuietWindowRecord } from '../../quiet/recorded-window.js';
import { KnownWindows } from './known-windows.js';

const read = readConfig(
  changedTree({
    '/maintenance': [
      {
        name: 'nightly',
        every: ['Mon'],
        from: '02:00',
        for: '1h',
        timeZone: 'UTC',
        services: ['payouts'],
      },
    ],
  }),
);
const record = (id: string, more: Partial<QuietWindowRecord> = {}): QuietWindowRecord => ({
  ...{ id, name: id, scope: {}, safety: 'exempt', from: 100, until: 900, recordedAt: 10 },
  ...more,
});

describe('the windows that were known at an instant', () => {
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const { config } = read;
  const known = new KnownWindows([
    record('first'),
    record('ended', { recordedAt: 20, endedAt: 300 }),
    record('cancelled', { recordedAt: 20, cancelledAt: 50 }),
    record('ended too', { recordedAt: 30, endedAt: 50 }),
  ]);
  const at = (instant: number): unknown[] =>
    known
      .at(config, instant)
      .map(({ name, times }) => (times.kind === 'once' ? `${name} until ${times.until}` : name));

  it.each([
    [9, ['nightly']],
    [10, ['nightly', 'first until 900']],
    [20, ['nightly', 'first until 900', 'ended until 900', 'cancelled until 900']],
    [49, ['nightly', 'first until 900', 'ended until 900', 'cancelled until 900', 'ended too until 900']],
    [50, ['nightly', 'first until 900', 'ended until 900']],
    [299, ['nightly', 'first until 900', 'ended until 900']],
    [300, ['nightly', 'first until 900', 'ended until 300']],
    [5000, ['nightly', 'first until 900', 'ended until 300']],
  ])('at %d are %j', (instant, names) => {
    expect(at(instant)).toEqual(names);
  });

  it('stop, once each and in order, where one ended before its time or was cancelled', () => {
    expect(known.stops).toEqual([50, 300]);
  });
});
