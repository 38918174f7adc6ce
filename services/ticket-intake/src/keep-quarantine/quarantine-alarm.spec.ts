import { describe, expect, it, jest } from '@jest/globals';
import type { Host } from '@tocsin/runtime';
import { Registry } from 'prom-client';
import type { SourceCounts } from '../count-conservation/conservation.store.js';
import { QuarantineAlarm } from './quarantine-alarm.js';

function alarm(): {
  see: (...sources: SourceCounts[]) => Promise<void>;
  pass: (minutes: number) => void;
  told: () => unknown[];
  metric: () => Promise<string>;
} {
  const metrics = new Registry();
  const error = jest.fn();
  let sources: SourceCounts[] = [];
  let now = 0;
  const watched = new QuarantineAlarm({
    store: { lastMinutes: () => Promise.resolve(sources) },
    now: () => now,
    host: { log: { error, warn: jest.fn() } as unknown as Host['log'], metrics },
  });
  return {
    see: (...seen) => {
      sources = seen;
      return watched.check();
    },
    pass: (minutes) => {
      now += minutes * 60_000;
    },
    told: () => error.mock.calls.map(([fields]) => fields),
    metric: () => metrics.getSingleMetricAsString('tocsin_intake_quarantine_alarm'),
  };
}

const zendesk = (received: number, quarantined: number): SourceCounts => ({
  source: 'zendesk',
  received,
  quarantined,
});

describe('the quarantine alarm', () => {
  it.each([
    ['6 events of many thousands', 10_000, 6, 1],
    ['more than one in a hundred', 150, 2, 1],
    ['no more than 5 and no more than one in a hundred', 500, 5, 0],
    ['nothing at all', 40, 0, 0],
  ])('with %s', async (_, received, quarantined, raised) => {
    const { see, told, metric } = alarm();
    await see(zendesk(received, quarantined));
    expect(told()).toHaveLength(raised);
    expect(await metric()).toContain(`tocsin_intake_quarantine_alarm{source="zendesk"} ${raised}`);
  });

  it('is told once per window and source, and is over when the source has been quiet', async () => {
    const { see, told, pass, metric } = alarm();
    await see(zendesk(100, 20));
    pass(4);
    await see(zendesk(100, 20), { source: 'pagerduty', received: 1, quarantined: 1 });
    expect(told()).toEqual([
      { source: 'zendesk', received: 100, quarantined: 20, minutes: 5 },
      { source: 'pagerduty', received: 1, quarantined: 1, minutes: 5 },
    ]);
    pass(2);
    await see(zendesk(100, 20));
    expect(told()).toHaveLength(3);
    await see();
    expect(await metric()).not.toContain('zendesk');
  });
});
