import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { given, json } from '../terminal.given.js';

describe('changing shifts', () => {
  const stretch = ['--from', '2026-11-27T10:00:00Z', '--until', '2026-11-27T14:00:00Z'];
  const bo = ['--schedule', 'live', '--person', 'bo', ...stretch];

  it('records an override that repeats, and asks for its whole rule first', async () => {
    const { run, calls, err } = given(json({ saved: true, differences: [], hours: [] }));
    const series = ['--repeats', 'FREQ=WEEKLY;BYDAY=FR', '--time-zone', 'Asia/Singapore'];
    expect(await run('override', 'add', ...bo, ...series)).toBe(2);
    expect([calls, err()]).toEqual([[], expect.stringContaining('--ends')]);
    expect(await run('override', 'add', ...bo, ...series, '--ends', '2027-03-31T00:00:00Z')).toBe(0);
    const repeats = {
      rule: 'FREQ=WEEKLY;BYDAY=FR',
      ...{ timeZone: 'Asia/Singapore', until: '2027-03-31T00:00:00Z' },
    };
    expect(calls).toMatchObject([
      {
        method: 'POST',
        url: 'http://127.0.0.1:8080/v1/overrides',
        body: { schedule: 'live', person: 'bo', role: 'primary', repeats },
      },
    ]);
  });

  it('lists overrides as a table and cancels one', async () => {
    const override = { id: 'chg_1', kind: 'override', schedule: 'live', person: 'bo' };
    const repeats = { rule: 'FREQ=DAILY', timeZone: 'UTC', until: '2027-03-31T00:00:00.000Z' };
    const { run, calls, out } = given(
      json({ changes: [{ ...override, repeats }], saved: true, differences: [], hours: [] }),
    );
    expect(await run('override', 'list', '--schedule', 'live')).toBe(0);
    expect(out()).toMatch(/^chg_1 +live +bo .*FREQ=DAILY … 2027-03-31/m);
    expect(await run('override', 'cancel', 'chg_1')).toBe(0);
    expect(calls.map(({ method, url }) => [method, url])).toEqual([
      ['GET', 'http://127.0.0.1:8080/v1/overrides?schedule=live'],
      ['DELETE', 'http://127.0.0.1:8080/v1/overrides/chg_1'],
    ]);
  });

  it('sends the layers of a file as a temporary schedule', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tocsin-layers-')), 'event.yaml');
    writeFileSync(file, 'layers:\n  - people: [chen]\n');
    const { run, calls, err } = given(json({ saved: false, differences: [], hours: [] }));
    const add = ['temporary-schedule', 'add', file, '--schedule', 'live', ...stretch];
    expect(await run(...add, '--preview')).toBe(0);
    writeFileSync(file, 'layers: [');
    expect(await run(...add)).toBe(2);
    expect(err()).toContain('event.yaml');
    expect(calls).toMatchObject([
      {
        method: 'POST',
        url: 'http://127.0.0.1:8080/v1/temporary-schedules?preview=true',
        body: { schedule: 'live', layers: [{ people: ['chen'] }] },
      },
    ]);
  });

  it('shows whose hours a change touches, and how many each person has more', async () => {
    const difference = { schedule: 'live', role: 'primary', before: 'bo', after: 'ana' };
    const { run, out } = given(
      json({ saved: false, differences: [difference], hours: [{ person: 'ana', hours: 4 }] }),
    );
    expect(await run('leave', 'add', '--person', 'bo', ...stretch, '--preview')).toBe(0);
    expect(out()).toMatch(/^live +primary +bo +ana$/m);
    expect(out()).toMatch(/^ana +4$/m);
  });

  it('swaps two turns, each written as a person and an interval', async () => {
    const { run, calls, err } = given(json({ saved: true, differences: [], hours: [] }));
    const add = ['swap', 'add', '--schedule', 'live', '--first'];
    const turn = '2026-11-27T10:00:00Z/2026-11-27T14:00:00Z';
    expect(await run(...add, 'bo 2026', '--second', `ana ${turn}`)).toBe(2);
    expect([calls, err()]).toEqual([[], expect.stringContaining('«bo 2026» is no turn')]);
    expect(await run(...add, `bo ${turn}`, '--second', `ana ${turn}`)).toBe(0);
    const [from, until] = turn.split('/');
    expect(calls).toMatchObject([
      {
        method: 'POST',
        url: 'http://127.0.0.1:8080/v1/swaps',
        body: {
          schedule: 'live',
          role: 'primary',
          first: { person: 'bo', from, until },
          second: { person: 'ana', from, until },
        },
      },
    ]);
  });

  it('lists turns and gaps of a window', async () => {
    const span = { from: '2026-11-27T10:00:00.000Z', until: '2026-11-27T14:00:00.000Z' };
    const turns = given(
      json({ shifts: [{ schedule: 'live', role: 'primary', person: 'bo', by: 'layer', ...span }] }),
    );
    expect(await turns.run('oncall', 'shifts', '--person', 'bo', '--as-of', span.from)).toBe(0);
    expect(turns.calls[0]?.url).toBe(
      'http://127.0.0.1:8080/v1/oncall/shifts?person=bo&as-of=2026-11-27T10%3A00%3A00.000Z',
    );
    expect(turns.out()).toMatch(/^live +primary +bo .*layer$/m);
    const gaps = given(
      json({ schedules: [{ schedule: 'live', gaps: [{ by: 'leave', person: 'bo', ...span }] }] }),
    );
    expect(await gaps.run('oncall', 'gaps')).toBe(0);
    expect(gaps.out()).toMatch(/^live .*leave +bo$/m);
  });
});

describe('paging by hand', () => {
  it('names the target as one reads it, once for each key, and says what it is warned of', async () => {
    const { run, calls, err } = given(json({ case: { id: '1' }, warnings: ['dee is off shift'] }, 201));
    const asked = ['page', 'person', 'dee', '--subject', 'look'];
    expect(await run(...asked, '--priority', 'P1', '--key', 'k1')).toBe(0);
    expect(calls).toMatchObject([
      { idempotencyKey: 'k1', body: { target: 'person dee', priority: 'P1', subject: 'look' } },
    ]);
    expect(err()).toBe('dee is off shift\n');
  });
});
