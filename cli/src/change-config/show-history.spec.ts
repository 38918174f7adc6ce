import { describe, expect, it } from '@jest/globals';
import type { Config, PlannedHistory } from '@tocsin/contracts';
import type { Context } from '../context.js';
import { historyLines } from './show-history.js';

describe('what a plan would have meant', () => {
  it('is not said of a recording that is younger than the minute that a replay leaves out', () => {
    const young = { from: '2026-11-20T01:01:00.000Z', until: '2026-11-20T01:00:30.000Z' } as PlannedHistory;
    const lines = historyLines(young, 30, {} as Config, { settings: { language: 'en' } } as Context);
    expect(lines).toEqual([
      'Nothing older than a minute is recorded yet: what it would have meant cannot be said.',
    ]);
  });
});
