import { describe, expect, it } from '@jest/globals';
import type { Config } from '@tocsin/contracts';
import { readConfig } from '../config/read-config.js';
import { starterTree } from '../config/starter-tree.given.js';
import { knownContacts } from '../contacts/known-contacts.js';
import { leave } from '../on-call/changes/change.given.js';
import { changeBook } from '../on-call/changes/change-book.js';
import { coverageOf } from './coverage-of-config.js';
import { coverageText } from './coverage-texts.js';

type Loose = Record<string, Record<string, Record<string, unknown>>>;

const configOf = (change: (tree: Loose) => void): Config => {
  const tree = starterTree() as unknown as Loose;
  change(tree);
  const read = readConfig(tree);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
};

const DAYS = 90;
const FROM = Date.UTC(2026, 10, 22, 16);
const SPAN = { from: FROM, until: FROM + DAYS * 86_400_000 };
const ZONE = 'Asia/Singapore';

describe('coverage of a whole config', () => {
  it('is proved for each service and urgent priority', () => {
    const config = configOf(() => undefined);
    const proofs = coverageOf(config, SPAN);
    expect(proofs.map(({ service, priority, hole }) => [service, priority, hole])).toEqual([
      ['payouts', 'P1', undefined],
      ['payouts', 'P2', undefined],
      ['other', 'P1', undefined],
      ['other', 'P2', undefined],
    ]);
    const [first] = proofs;
    expect(first && coverageText(first, DAYS, ZONE).en).toBe(
      'live-pay P1 of payouts: proved for 90 days, somebody is paged within 300 s of any instant',
    );
  });

  it('tells the earliest hole with its causes and the cheapest cure, in both languages', () => {
    const config = configOf((tree) => {
      tree['schedules'] = {
        primary: {
          timeZone: ZONE,
          layers: [{ people: ['bo'], every: '1w', handover: 'Mon 09:00', from: '2026-11-30' }],
        },
      };
      Object.assign(tree['people']?.['chen'] ?? {}, { contact: {} });
    });
    const [first] = coverageOf(config, SPAN);
    if (first === undefined) throw new Error('no proof');
    expect(coverageText(first, DAYS, ZONE)).toEqual({
      en:
        'live-pay P1 of payouts: nobody is paged within 300 s of Mon 2026-11-23 00:00+08:00, until Mon 2026-11-30 09:00+08:00: ' +
        'step «on-call» leads to nobody; step «owner» leads to chen, without a contact method; give chen a contact method',
      'zh-CN':
        'live-pay P1（payouts）：Mon 2026-11-23 00:00+08:00 至 Mon 2026-11-30 09:00+08:00 期间，300 秒内通知不到任何人：' +
        '步骤「on-call」没有对应的人；步骤「owner」对应 chen，但没有联系方式；请给 chen 添加联系方式',
    });
  });

  const HOUR = 3_600_000;
  const sunday = { name: 'move', every: 'Sun', from: '01:00', for: '60m', timeZone: ZONE };
  const proofWith = (window: object, priority: string) =>
    coverageOf(
      configOf((tree) => {
        tree['maintenance'] = [{ ...sunday, ...window }] as never;
      }),
      SPAN,
    ).find((proof) => proof.service === 'payouts' && proof.priority === priority);

  it('takes maintenance that surely hushes every case for planned silence, and says so', () => {
    const proof = proofWith({ services: ['payouts'] }, 'P2');
    const first = Date.UTC(2026, 10, 28, 17);
    expect([proof?.hole, proof?.muted.length, proof?.muted[0]]).toEqual([
      ...[undefined, 12, { from: first, until: first + HOUR }],
    ]);
    expect(proof && coverageText(proof, DAYS, ZONE).en).toContain(
      'outside of maintenance (first from Sun 2026-11-29 01:00+08:00 until Sun 2026-11-29 02:00+08:00)',
    );
  });

  it.each([
    ['is of another service', { services: ['other'] }, 'P2'],
    ['means some markets', { markets: ['SG'] }, 'P2'],
    ['has a condition', { when: 'case.priority == "P2"' }, 'P2'],
    ['lets urgent safety through', {}, 'P1'],
  ])('takes maintenance for none that %s', (_, window, priority) => {
    expect(proofWith(window, priority)).toMatchObject({ muted: [], hole: undefined });
  });

  it.each([
    ['all', { safety: 'muted' }, 'P1', 'hushes all of it for 12 h'],
    ['all', {}, 'P2', 'hushes all of it for 12 h'],
    ['all-but-safety', {}, 'P1', 'hushes all of it but urgent safety for 12 h'],
    ['some', { markets: ['SG'], safety: 'muted' }, 'P1', 'hushes some of its cases for 12 h'],
  ])('says beside the proof that a window hushes %s', (means, window, priority, text) => {
    const proof = proofWith(window, priority);
    expect(proof?.hushed).toMatchObject([{ name: 'move', means, hours: 12 }]);
    expect(proof && coverageText(proof, DAYS, ZONE).en).toContain(
      `; maintenance «move» ${text}, first from Sun 2026-11-29 01:00+08:00 until Sun 2026-11-29 02:00+08:00`,
    );
    expect(proof && coverageText(proof, DAYS, ZONE)['zh-CN']).toContain('；维护「move」使其');
  });

  it('says nothing of a window that means another service, or is over', () => {
    expect(proofWith({ services: ['other'] }, 'P1')?.hushed).toEqual([]);
    expect(proofWith({ until: '2026-11-01' }, 'P1')?.hushed).toEqual([]);
  });

  it('counts windows made at run time, and changes of shifts', () => {
    const config = configOf((tree) => {
      Object.assign(tree['people']?.['chen'] ?? {}, { contact: {} });
    });
    const away = leave('bo', ['2026-11-24T00:00', '2026-11-25T00:00']);
    const span = { from: away.from, until: away.from + HOUR };
    const made = { name: 'now', scope: {}, safety: 'muted', times: { kind: 'once', ...span } } as const;
    const [proof] = coverageOf(config, SPAN, { changes: changeBook([away]), windows: [made] });
    expect(proof?.hole).toMatchObject({ from: span.until, until: away.until });
    expect(proof?.muted).toEqual([span]);
  });

  it('counts nobody whose every address is dead, says why, and what would mend it', () => {
    const config = configOf(() => undefined);
    const contacts = knownContacts(
      config,
      ['ana', 'bo', 'chen', 'dee'].map((person) => ({
        ...{ person, method: 'desk' },
        dead: { at: FROM, address: 'mark', reason: '410 Gone' },
      })),
      () => 'mark',
    );
    const [first] = coverageOf(config, SPAN, { changes: changeBook([]), windows: [], contacts });
    if (first === undefined) throw new Error('no proof');
    const { en } = coverageText(first, DAYS, ZONE);
    expect(en).toContain('to whom no page arrives any more');
    expect(en).toMatch(/\((ana|bo) by desk: 410 Gone\)/);
    expect(en).toMatch(/give (ana|bo) another address for desk, or another contact method$/);
  });

  it('leaves out what the policy does not escalate', () => {
    const config = configOf((tree) => {
      Object.assign(tree['policies']?.['live-pay'] ?? {}, { escalates: 'P2-P4' });
    });
    // As the engine does: what is more urgent than the band escalates too.
    expect(new Set(coverageOf(config, SPAN).map(({ priority }) => priority))).toEqual(new Set(['P1', 'P2']));
    const urgent = configOf((tree) => {
      Object.assign(tree['policies']?.['live-pay'] ?? {}, { escalates: 'P1' });
    });
    expect(new Set(coverageOf(urgent, SPAN).map(({ priority }) => priority))).toEqual(new Set(['P1']));
  });
});
