import { describe, expect, it } from '@jest/globals';
import { type CaseEvent, caseIdText, type Instant, isoOf, type Target } from '@tocsin/contracts';
import { changedTree } from '../config/changed-tree.given.js';
import { readConfig } from '../config/read-config.js';
import type { PolicyPlan } from '../escalation/policy-plan.js';
import { changeBook } from '../on-call/changes/change-book.js';
import type { Leave } from '../on-call/changes/shift-change.js';
import { type ExplainAsked, explainPage } from './explain-page.js';

const START = Date.parse('2026-11-23T09:00:00Z');
const MINUTE = 60_000;
const NINE = '2026-11-23T09:00:00.000Z';

const person = (name: string): Target => ({ kind: 'person', name });
const ROTA: Target = { kind: 'schedule', name: 'rota' };
const SPARE: Target = { kind: 'schedule', name: 'spare' };

const read = readConfig(
  changedTree({
    '/schedules/rota': {
      timeZone: 'UTC',
      layers: [{ people: ['bo', 'ana'], every: '1w', handover: 'Mon 09:00', from: '2026-01-05' }],
    },
    '/schedules/spare': {
      timeZone: 'UTC',
      layers: [{ people: ['mia'], every: '1w', handover: 'Mon 09:00', from: '2026-01-05' }],
    },
    '/teams/live/ladder/tier1': 'schedule rota',
    '/people/mia': { name: 'Mia', timeZone: 'UTC', contact: { desk: { sandbox: true } } },
  }),
);
if (!read.ok) throw new Error(JSON.stringify(read.faults));
const { config } = read;

const PLAN: PolicyPlan = {
  policy: 'live-pay',
  steps: [
    { name: 'first', page: [person('ana')], wait: 300 },
    { name: 'second', page: [person('bo')], wait: 300 },
  ],
  fallback: [person('cai')],
  escalatesDownTo: 'P2',
};

type Row = readonly [minute: number, type: CaseEvent['type'], facts?: CaseEvent['facts'], by?: string];

const timelineOf = (rows: readonly Row[]): CaseEvent[] =>
  rows.map(([minute, type, facts = {}, by = 'tocsin']) => ({
    ...{ type, tenant: 'default', caseId: caseIdText(1n), epoch: 1, at: isoOf(START + minute * MINUTE) },
    ...{ by, facts },
  }));

const STARTED: Row = [0, 'EscalationStarted'];
const step = (
  minute: number,
  name: string,
  persons: readonly string[],
  more: CaseEvent['facts'] = {},
): Row => [
  minute,
  'StepStarted',
  {
    stepName: name,
    step: name === 'first' ? 0 : 1,
    round: 1,
    persons: persons.map((one) => ({ person: one })),
    ...more,
  },
];
const FIRST = step(0, 'first', ['ana']);

/** Whoever is named is reached; schedule `rota` is `bo`, and `spare` nobody. */
const resolve: ExplainAsked['resolve'] = (targets) => ({
  persons: targets.flatMap((target) => {
    if (target.kind === 'team')
      return [
        { person: 'ana', via: '' },
        { person: 'bo', via: '' },
      ];
    if (target.kind === 'person') return [{ person: target.name, via: '' }];
    return target.kind === 'schedule' && target.name === 'rota' ? [{ person: 'bo', via: '' }] : [];
  }),
  empty: [],
});

interface World {
  readonly rows: readonly Row[];
  readonly plan?: Partial<PolicyPlan>;
  readonly changes?: readonly Leave[];
  readonly service?: string;
  readonly openedAt?: Instant;
}

function explain(who: string, { rows, plan, changes = [], service, openedAt = START }: World) {
  return explainPage({
    ...{ caseId: caseIdText(1n), priority: 'P3', service, openedAt, person: who, config, resolve },
    ...{ timeline: timelineOf(rows), plan: { ...PLAN, ...plan }, changes: changeBook(changes) },
    now: START + 60 * MINUTE,
  });
}

const at = (minute: number): string => isoOf(START + minute * MINUTE);

describe('what a person is told of why they were or were not paged', () => {
  it.each<[string, string, World, string, string | undefined, string]>([
    [
      'the page of a step, and its round',
      'ana',
      { rows: [STARTED, FIRST] },
      ...(['paged', at(0), `ana was paged at ${NINE}: step «first», round 1.`] as const),
    ],
    [
      'the page of the fallback, which has no name of its own',
      'cai',
      { rows: [STARTED, [9, 'FallbackPaged', { persons: [{ person: 'cai' }], round: 2 }]] },
      ...(['paged', at(9), `cai was paged at ${at(9)}: step «fallback», round 2.`] as const),
    ],
    [
      'the page that reached them, though an earlier one did not',
      'ana',
      {
        rows: [
          STARTED,
          FIRST,
          [1, 'PageUnreachable', { person: 'ana', round: 1, step: 0, reason: 'no-methods' }],
          step(5, 'second', ['ana', 'bo']),
        ],
      },
      ...(['paged', at(5), `ana was paged at ${at(5)}: step «second», round 1.`] as const),
    ],
    [
      'the failure of their only page, and not that of another',
      'ana',
      {
        rows: [
          STARTED,
          step(0, 'first', ['ana', 'bo']),
          [1, 'PageUnreachable', { person: 'bo', round: 1, step: 0, reason: 'other' }],
          [2, 'PageUnreachable', { person: 'ana', round: 1, step: 0, reason: 'no-methods' }],
        ],
      },
      'page-failed',
      at(2),
      `ana was paged in step «first», but could not be reached: no-methods (${at(2)}).`,
    ],
    [
      'a page that a failure of another round or step does not take back',
      'ana',
      {
        rows: [
          STARTED,
          FIRST,
          [1, 'PageUnreachable', { person: 'ana', round: 2, step: 0, reason: 'a' }],
          [1, 'PageUnreachable', { person: 'ana', round: 1, step: 7, reason: 'b' }],
        ],
      },
      ...(['paged', at(0), `ana was paged at ${NINE}: step «first», round 1.`] as const),
    ],
    [
      'that no policy applies',
      'ana',
      { rows: [[0, 'EscalationNotStarted']], plan: { policy: undefined } },
      ...(['no-policy', at(0), 'Nobody was paged: no policy applies to this case.'] as const),
    ],
    [
      'that the priority does not escalate',
      'ana',
      { rows: [[1, 'EscalationNotStarted']] },
      ...(['no-escalation', at(1), 'Nobody was paged: P3 does not escalate by policy «live-pay».'] as const),
    ],
    [
      'that nothing has started, without a time where none was told',
      'ana',
      { rows: [[0, 'CaseOpened']] },
      ...([
        'no-escalation',
        undefined,
        'Nobody was paged: P3 does not escalate by policy «live-pay».',
      ] as const),
    ],
    [
      'that their step is to come',
      'bo',
      { rows: [STARTED, FIRST] },
      ...(['not-yet', undefined, 'bo has not been paged yet: step «second» has not started.'] as const),
    ],
    [
      'that their step was passed over on the way to the fallback',
      'bo',
      { rows: [STARTED, FIRST, [8, 'EscalationExhausted']] },
      'step-passed',
      at(8),
      `bo was not paged: the escalation went past step «second» and ended in its fallback at ${at(8)}.`,
    ],
    [
      'that it begins again, where it had ended before',
      'bo',
      { rows: [STARTED, FIRST, [8, 'EscalationExhausted'], [20, 'CaseReopened']] },
      ...(['not-yet', undefined, 'bo has not been paged yet: step «second» has not started.'] as const),
    ],
    [
      'that the condition of their step was not met',
      'bo',
      { rows: [STARTED, FIRST, [5, 'StepSkipped', { stepName: 'second', reason: 'step.condition' }]] },
      'step-condition',
      at(5),
      `bo was not paged: at ${at(5)} the condition of step «second» was not met.`,
    ],
    [
      'that nobody was on call for their step',
      'bo',
      { rows: [STARTED, FIRST, [5, 'StepSkipped', { stepName: 'second', reason: 'step.empty' }]] },
      'step-empty',
      at(5),
      `bo was not paged: nobody was on call for step «second» at ${at(5)}.`,
    ],
    [
      'whose turn it was',
      'bo',
      {
        rows: [STARTED, step(0, 'first', ['ana', 'eve'], { inTurn: 'live' })],
        plan: {
          steps: [{ name: 'first', page: [], wait: 60, inTurn: { policy: 'p', of: 'live', prefer: [] } }],
        },
      },
      ...([
        'turn-of-another',
        at(0),
        `bo was not paged: in step «first» at ${NINE} it was the turn of ana, eve.`,
      ] as const),
    ],
    [
      'who took the case first',
      'bo',
      { rows: [STARTED, FIRST, [2, 'CaseAcknowledged', {}, 'ana']] },
      ...([
        'acknowledged-before',
        at(2),
        `bo was not paged: ana took the case at ${at(2)}, before step «second».`,
      ] as const),
    ],
    [
      'who resolved it first',
      'bo',
      { rows: [STARTED, FIRST, [2, 'CaseResolved', {}, 'ana']] },
      'resolved-before',
      at(2),
      `bo was not paged: the case was resolved by ana at ${at(2)}, before step «second».`,
    ],
    [
      'who snoozed it, and until when',
      'bo',
      { rows: [STARTED, FIRST, [2, 'CaseSnoozed', { until: START + 30 * MINUTE }, 'ana']] },
      'snoozed-before',
      at(2),
      `bo was not paged: ana snoozed the case at ${at(2)} until ${at(30)}, before step «second».`,
    ],
    [
      'which case it became part of',
      'bo',
      { rows: [STARTED, FIRST, [2, 'CaseMerged', { into: '4F8' }, 'ana']] },
      'merged-before',
      at(2),
      `bo was not paged: ana made the case part of 4F8 at ${at(2)}, before step «second».`,
    ],
    [
      'which window hushes it',
      'bo',
      {
        rows: [
          STARTED,
          [1, 'EscalationSuppressed', { by: { kind: 'window', name: 'deploy' }, until: START + 30 * MINUTE }],
        ],
      },
      'muted',
      at(1),
      `bo was not paged: muted by window «deploy» from ${at(1)}; step «second» was held back until ${at(30)}.`,
    ],
    [
      'the case of the service on which theirs depends',
      'bo',
      {
        rows: [
          STARTED,
          [1, 'EscalationSuppressed', { by: { kind: 'parent', name: 'core', id: '4F7' }, until: START }],
        ],
      },
      'suppressed-by-parent',
      at(1),
      `bo was not paged: quiet since ${at(1)} because case 4F7 of service core is open; step «second» is held back until it closes.`,
    ],
    [
      'that its source said it is over',
      'bo',
      {
        rows: [
          STARTED,
          [
            1,
            'EscalationSuppressed',
            { by: { kind: 'resolving', name: 'zabbix' }, until: START + 9 * MINUTE },
          ],
        ],
      },
      'muted',
      at(1),
      `bo was not paged: zabbix said at ${at(1)} that it is over; step «second» is held back until the case closes at ${at(9)}.`,
    ],
    [
      'that they are on a schedule and not on call',
      'ana',
      { rows: [STARTED], plan: { steps: [{ name: 'first', page: [ROTA], wait: 60 }] } },
      ...(['off-shift', undefined, 'ana was not paged: on schedule rota, but not on call then.'] as const),
    ],
    [
      'the same where only the fallback pages the schedule',
      'ana',
      { rows: [STARTED], plan: { steps: [], fallback: [SPARE, ROTA] } },
      ...(['off-shift', undefined, 'ana was not paged: on schedule rota, but not on call then.'] as const),
    ],
    [
      'the same where a rung of the team’s ladder is the schedule',
      'ana',
      {
        rows: [STARTED],
        plan: { steps: [{ name: 'first', page: [{ kind: 'ladder', level: 'tier1' }], wait: 60 }] },
        service: 'payouts',
      },
      ...(['off-shift', undefined, 'ana was not paged: on schedule rota, but not on call then.'] as const),
    ],
    [
      'that the policy does not mean them, where the team is not known',
      'ana',
      {
        rows: [STARTED],
        plan: { steps: [{ name: 'first', page: [{ kind: 'ladder', level: 'tier1' }], wait: 60 }] },
      },
      ...(['not-a-target', undefined, 'ana is no target of this case’s policy.'] as const),
    ],
    [
      'that the policy does not mean them',
      'eve',
      { rows: [STARTED, FIRST] },
      ...(['not-a-target', undefined, 'eve is no target of this case’s policy.'] as const),
    ],
  ])('%s', (_, who, world, ...[reason, when, text]) => {
    const view = explain(who, world);
    expect(view).toEqual({
      ...{
        caseId: caseIdText(1n),
        person: who,
        reason,
        text: { en: text, 'zh-CN': expect.stringMatching(/\p{Script=Han}/u) },
      },
      ...(when === undefined ? {} : { at: when }),
    });
  });

  it('is told in Chinese too', () => {
    expect(explain('ana', { rows: [STARTED, FIRST] }).text['zh-CN']).toBe(
      `ana 于 ${NINE} 被呼叫：步骤「first」，第 1 轮。`,
    );
  });
});

describe('leave of one who is on a schedule', () => {
  const leave = (from: number, until: number): Leave => ({
    ...{ kind: 'leave', id: 'l1', person: 'ana', recordedAt: 0, recordedBy: 'ana' },
    ...{ from: START + from * MINUTE, until: START + until * MINUTE },
  });
  const world = (from: number, until: number, rows: readonly Row[] = [STARTED]): World => ({
    rows,
    plan: { steps: [{ name: 'first', page: [ROTA], wait: 60 }] },
    changes: [leave(from, until)],
  });

  it('says from when until when, and that nobody covered', () => {
    expect(explain('ana', world(-60, 600))).toMatchObject({
      reason: 'on-leave',
      at: at(-60),
      text: {
        en: `ana was not paged: on leave from ${at(-60)} until ${at(600)}, and nobody covered the turn on schedule rota.`,
      },
    });
  });

  it.each<[string, readonly [from: number, until: number], readonly Row[], string]>([
    ['that was over when the case opened', [-60, 0], [STARTED], 'off-shift'],
    ['that was over a minute later', [-60, 1], [STARTED], 'on-leave'],
    ['that begins this minute', [60, 90], [STARTED], 'on-leave'],
    ['that begins later than now', [61, 90], [STARTED], 'off-shift'],
    [
      'that begins after the case was answered',
      [3, 90],
      [STARTED, [2, 'CaseAcknowledged', {}, 'bo']],
      'off-shift',
    ],
    [
      'that began as the case was answered',
      [2, 90],
      [STARTED, [2, 'CaseAcknowledged', {}, 'bo']],
      'on-leave',
    ],
  ])('%s', (_, [from, until], rows, reason) => {
    expect(explain('ana', world(from, until, rows)).reason).toBe(reason);
  });
});
