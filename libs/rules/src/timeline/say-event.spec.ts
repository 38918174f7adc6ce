import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { CASE_EVENT_TYPES, CaseEvent, TIMELINE_TITLES } from '@tocsin/contracts';
import { durationText } from './plain-words.js';
import { sayCaseEvent } from './say-event.js';

/** One event of each type as docs/events shows it. */
const EXAMPLES = new URL('../../../../docs/events/examples/cases.json', import.meta.url);

const examples = CaseEvent.array().parse(JSON.parse(await readFile(EXAMPLES, 'utf8')));

const NAMES: Readonly<Record<string, string>> = { ana: 'Ana Lee', bo: 'Bo Chen', chen: 'Chen', dee: 'Dee' };
const nameOf = (id: string): string => NAMES[id] ?? id;

const said = (type: CaseEvent['type'], facts: CaseEvent['facts'], by = 'tocsin') =>
  sayCaseEvent(
    { type, tenant: 'default', caseId: '4F7K2', epoch: 1, at: '2026-11-05T10:20:00.000Z', by, facts },
    nameOf,
  );

const PLACE = { round: 1, step: 0 };

describe('the sentence of an event', () => {
  it('is there for every type, with all of its facts, in both languages', () => {
    expect(examples.map(({ type }) => type).toSorted()).toEqual([...CASE_EVENT_TYPES].toSorted());
    for (const event of examples) {
      const { en, 'zh-CN': zh } = sayCaseEvent(event, nameOf);
      expect(en).toMatch(/^\S.*[^.]\.$/);
      expect(zh).toMatch(/^.*[^。]。$/);
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(`${en} ${zh}`).not.toMatch(/[{}]|undefined|\[object|NaN| {2}/);
      expect(zh).not.toMatch(/ [「」，。]|[「」，。] /);
      expect(en).not.toBe(`${TIMELINE_TITLES[event.type].en}.`);
    }
  });

  it('names the same persons, cases, numbers and times in both languages', () => {
    const factsIn = (text: string): string[] =>
      [...text.matchAll(/\d[\dT:Z-]*\d|\d|P\d|4F7K\d|Ana Lee|Bo Chen|Dee|«[^»]*»|「[^」]*」/g)]
        .map(([fact]) => fact.replaceAll(/[«「]/g, '[').replaceAll(/[»」]/g, ']'))
        .toSorted();
    for (const event of examples) {
      const { en, 'zh-CN': zh } = sayCaseEvent(event, nameOf);
      expect([event.type, factsIn(zh)]).toEqual([event.type, factsIn(en)]);
    }
  });

  it.each([
    ['CaseOpened', 'zendesk opened the case as P1: rule «live payout down» matched: P1; service payouts'],
    [
      'StepStarted',
      'Step 1 of 3 «on-call» pages Ana Lee (schedule live-primary, layer 1); without an answer it',
    ],
    [
      'AttemptRecorded',
      'Webhook to Ana Lee (hook), try 2: failed, not reached: ECONNREFUSED; marked as a possible',
    ],
    ['CaseAcknowledged', 'Bo Chen took the case (via web); they had not been paged.'],
    ['PriorityChanged', 'Priority raised from P2 to P1: rule «live payout down» matched: P1.'],
    [
      'EscalationSuppressed',
      'Quiet until 2026-11-05T11:00:00Z: maintenance window «payments-release»; held back:',
    ],
    [
      'SlaStarted',
      'Promised by «gold» at P1, in calendar 24x7: acknowledgement by 2026-11-05T10:35:00Z, first',
    ],
    ['FallbackPaged', 'The fallback is paged: Dee.'],
    ['TicketsLeft', 'Bo Chen moved 2 tickets to case 4F7K3 (via web): «4711», «4712».'],
  ])('%s: %s', (type, begins) => {
    const event = examples.find((each) => each.type === type);
    const { en } = event === undefined ? { en: '' } : sayCaseEvent(event, nameOf);
    expect(en.slice(0, begins.length)).toBe(begins);
  });

  it.each([
    [
      'StepStarted',
      '第 1 步（共 3 步）「on-call」呼叫 Ana Lee（排班 live-primary 的层 1）；若无人回应，2 分钟后继续。',
    ],
    [
      'AttemptRecorded',
      '发给 Ana Lee（Webhook，hook），第 2 次：失败，无法连接：ECONNREFUSED；标明可能重复。',
    ],
    ['SuppressionEnded', '静默 15 分钟后结束（维护窗口「payments-release」）：暂缓的呼叫继续。'],
  ])('%s in Chinese: %s', (type, text) => {
    const event = examples.find((each) => each.type === type);
    expect(event && sayCaseEvent(event, nameOf)['zh-CN']).toBe(text);
  });

  it.each<[CaseEvent['type'], CaseEvent['facts'], string]>([
    [
      'CaseOpened',
      {
        ...{ byHand: true, priority: 'P1', because: { en: 'by hand', 'zh-CN': '手动' }, subject: 'Call me' },
        targets: [{ kind: 'person', name: 'bo' }, { kind: 'ladder', level: 'tier2' }, { kind: 'everyone' }],
      },
      'Tocsin opened the case by hand as P1 to page Bo Chen, tier2 of the service, everyone: «Call me».',
    ],
    [
      'CaseOpened',
      { priority: 'P2', because: { en: 'as given', 'zh-CN': '给定' }, ungrouped: 'nothing-said' },
      'Tocsin opened the case as P2: as given; not grouped, for nothing is said of any part of the key.',
    ],
    [
      'StepSkipped',
      { ...PLACE, round: 2, stepName: 'owner', reason: 'step.condition', when: 'now.hour > 8' },
      'Step 1 «owner» is skipped: its condition «now.hour > 8» is not met, round 2.',
    ],
    [
      'StepSkipped',
      { ...PLACE, stepName: 'owner', reason: 'step.unreachable' },
      'Step 1 «owner» is left at once: nobody of it can be reached.',
    ],
    [
      'EscalationNotStarted',
      { clocks: ['resolve'], reason: 'answered' },
      'The missed promise (resolution) pages nobody: it has just been answered.',
    ],
    [
      'EscalationExhausted',
      { reason: 'all-empty', round: 1, persons: [] },
      'No step leads to anybody now: only the fallback is left, which leads to nobody.',
    ],
    [
      'EscalationSuppressed',
      { by: { kind: 'parent', name: 'db', id: '4F7K3' }, until: 0, ...PLACE, stepName: 'fallback' },
      'Quiet: case 4F7K3 of service db is open; held back: fallback.',
    ],
    [
      'CaseReopened',
      { after: 'acknowledged', was: 'bo', reason: 'acknowledgement.expired', since: 1_793_872_800_000 },
      'Bo Chen has had the case since 2026-11-05T10:00:00Z and did not answer: it escalates again.',
    ],
    [
      'CaseResolved',
      { ...PLACE, was: 'running', reason: 'inactive', heardAt: 1_793_872_800_000 },
      'Resolved: nothing was heard of it since 2026-11-05T10:00:00Z.',
    ],
    [
      'EventIgnored',
      { person: 'bo', act: 'acknowledge', answeredAt: '2026-11-05T10:19:00.000Z', reason: 'stale-epoch' },
      'The answer of Bo Chen at 2026-11-05T10:19:00Z was refused: the case has moved on since.',
    ],
    [
      'AttemptRecorded',
      {
        ...PLACE,
        person: 'ana',
        channel: 'pigeon',
        method: 'roof',
        try: 1,
        state: 'cancelled',
        repeat: false,
      },
      'pigeon to Ana Lee (roof): not sent.',
    ],
    [
      'CaseEscalated',
      { after: 'running', step: 0, sla: 'first-response' },
      'The missed promise (first response) asks for the next step.',
    ],
  ])('%s says %j as «%s»', (type, facts, en) => {
    expect(said(type, facts).en).toBe(en);
  });

  it('is the title of its type where the facts are those of an old release', () => {
    expect(said('StepStarted', { step: 'first' })).toEqual({
      en: 'A step pages.',
      'zh-CN': '步骤发起呼叫。',
    });
  });

  it('shows what people wrote as it is, and no more than a line of it', () => {
    expect(said('NoteAdded', { note: 'see {by} «x»' }, 'bo').en).toBe('Bo Chen noted: «see {by} «x»».');
    expect(said('NoteAdded', { note: 'a'.repeat(9000) }, 'bo').en).toHaveLength(218);
  });
});

describe('a duration', () => {
  it.each([
    [0, '0 s', '0 秒'],
    [120, '2 min', '2 分钟'],
    [90, '1 min 30 s', '1 分钟 30 秒'],
    [5400, '1 h 30 min', '1 小时 30 分钟'],
    [3605, '1 h 5 s', '1 小时 5 秒'],
    [7 * 86_400, '7 d', '7 天'],
    [93_784, '1 d 2 h', '1 天 2 小时'],
  ])('of %d s is %s', (seconds, en, zh) => {
    expect(durationText(seconds)).toEqual({ en, 'zh-CN': zh });
  });
});
