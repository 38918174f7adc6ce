import { describe, expect, it } from '@jest/globals';
import type { Config } from '@tocsin/contracts';
import { readConfig } from '../config/read-config.js';
import { starterTree } from '../config/starter-tree.given.js';
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
