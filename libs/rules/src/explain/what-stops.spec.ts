import { describe, expect, it } from '@jest/globals';
import { type CaseEvent, caseIdText, isoOf } from '@tocsin/contracts';
import type { PolicyPlan } from '../escalation/policy-plan.js';
import { stagesOf } from './stages-of.js';
import { whatStops } from './what-stops.js';

type Type = CaseEvent['type'];
type Row = Type | readonly [Type, CaseEvent['facts']];

const timelineOf = (rows: readonly Row[]): CaseEvent[] =>
  rows.map((row, n) => {
    const [type, facts] = typeof row === 'string' ? [row, {}] : row;
    return {
      type,
      tenant: 'default',
      caseId: caseIdText(1n),
      epoch: 1,
      at: isoOf(n * 1000),
      by: `${n}`,
      facts,
    };
  });

const SAID_OVER: Row = ['EscalationSuppressed', { by: { kind: 'resolving', name: 'desk' } }];
const WINDOW: Row = ['EscalationSuppressed', { by: { kind: 'window', name: 'night' } }];

describe('what stops the steps of a case', () => {
  it.each<[string, readonly Row[], Type | undefined]>([
    ['nothing at first', [], undefined],
    ['nothing while steps come', ['EscalationStarted', 'StepStarted', 'PriorityChanged'], undefined],
    ['an answer', ['StepStarted', 'CaseAcknowledged'], 'CaseAcknowledged'],
    ['a resolution', ['StepStarted', 'CaseResolved'], 'CaseResolved'],
    ['a snooze', ['StepStarted', 'CaseSnoozed'], 'CaseSnoozed'],
    ['a window', ['StepStarted', WINDOW], 'EscalationSuppressed'],
    ['a merge', ['StepStarted', 'CaseMerged'], 'CaseMerged'],
    ['a window that had begun before an answer', [WINDOW, 'CaseAcknowledged'], 'EscalationSuppressed'],
    ['a window that had begun before the end', [WINDOW, 'CaseResolved'], 'EscalationSuppressed'],
    ['an end that its source had announced', [SAID_OVER, 'CaseResolved'], 'CaseResolved'],
    ['what is announced, before an answer', [SAID_OVER, 'CaseAcknowledged'], 'EscalationSuppressed'],
    [
      'what hushes without saying by what, before the end',
      [['EscalationSuppressed', {}], 'CaseResolved'],
      'EscalationSuppressed',
    ],
    [
      'what hushes by nothing, before the end',
      [['EscalationSuppressed', { by: null }], 'CaseResolved'],
      'EscalationSuppressed',
    ],
    [
      'what hushes by a word, before the end',
      [['EscalationSuppressed', { by: 'w' }], 'CaseResolved'],
      'EscalationSuppressed',
    ],
    [
      'what hushes by something odd, before the end',
      [['EscalationSuppressed', { by: {} }], 'CaseResolved'],
      'EscalationSuppressed',
    ],
    ['an answer before the end', ['CaseAcknowledged', 'CaseResolved'], 'CaseAcknowledged'],
    ['an answer in a snooze', ['CaseSnoozed', 'CaseAcknowledged'], 'CaseAcknowledged'],
    ['the end of a snoozed case', ['CaseSnoozed', 'CaseResolved'], 'CaseResolved'],
    ['a snooze of an owner', ['CaseAcknowledged', 'CaseSnoozed'], 'CaseSnoozed'],
    [
      'another window',
      [WINDOW, ['EscalationSuppressed', { by: { kind: 'window', name: 'day' } }]],
      'EscalationSuppressed',
    ],
    ['a window before a merge', [WINDOW, 'CaseMerged'], 'EscalationSuppressed'],
    ['an answer before a merge', ['CaseAcknowledged', 'CaseMerged'], 'CaseAcknowledged'],
    ['a snooze before a merge', ['CaseSnoozed', 'CaseMerged'], 'CaseSnoozed'],
    ['nothing after a merge was taken back', ['CaseMerged', 'CaseUnmerged'], undefined],
    [
      'an answer, though a merge was taken back',
      ['CaseAcknowledged', 'CaseMerged', 'CaseUnmerged'],
      'CaseAcknowledged',
    ],
    ...(
      [
        ...(['EscalationStarted', 'CaseReopened', 'StepStarted', 'StepHeld', 'FallbackPaged'] as const),
        ...([
          'EscalationExhausted',
          'SuppressionEnded',
          'SnoozeEnded',
          'CaseReassigned',
          'CaseEscalated',
        ] as const),
      ] as const
    ).map((goesOn): [string, readonly Row[], undefined] => [
      ...([`nothing after ${goesOn}`, ['CaseAcknowledged', goesOn], undefined] as const),
    ]),
  ])('is %s', (_, rows, stops) => {
    expect(whatStops(timelineOf(rows))?.type).toBe(stops);
  });

  it('is the later of two windows, the earlier of two answers', () => {
    expect(whatStops(timelineOf([WINDOW, WINDOW]))?.by).toBe('1');
    expect(whatStops(timelineOf(['CaseAcknowledged', 'CaseAcknowledged']))?.by).toBe('1');
    expect(whatStops(timelineOf(['CaseAcknowledged', 'CaseResolved']))?.by).toBe('0');
  });
});

describe('the stages of a plan', () => {
  const ana = { kind: 'person', name: 'ana' } as const;
  const plan: PolicyPlan = {
    steps: [
      { name: 'one', page: [ana], wait: 60 },
      { name: 'two', page: [ana], wait: 60, inTurn: { policy: 'p', of: 'live', prefer: [] } },
    ],
    fallback: [{ kind: 'everyone' }],
    escalatesDownTo: 'P5',
  };
  const step = (type: Type, stepName: string, reason?: string): Row => [type, { stepName, reason }];
  const leftBy = (...rows: readonly Row[]) => stagesOf(plan, timelineOf(rows)).map(({ left }) => left?.by);

  it('ask their targets; one in turn may ask the team too', () => {
    expect(stagesOf(plan, []).map(({ name, asks }) => [name, asks])).toEqual([
      ['one', [[ana]]],
      ['two', [[{ kind: 'team', name: 'live' }], [ana]]],
      ['fallback', [[{ kind: 'everyone' }]]],
    ]);
  });

  it('are left by the row in which they were last started or skipped', () => {
    expect(leftBy('EscalationStarted')).toEqual([undefined, undefined, undefined]);
    expect(leftBy('EscalationStarted', step('StepStarted', 'one'), step('StepStarted', 'one'))).toEqual([
      ...['2', undefined, undefined],
    ]);
    expect(
      leftBy(
        'EscalationStarted',
        step('StepStarted', 'one'),
        step('StepSkipped', 'two', 'step.empty'),
        'FallbackPaged',
      ),
    ).toEqual(['1', '2', '3']);
    expect(leftBy('EscalationStarted', step('StepHeld', 'one'))).toEqual([undefined, undefined, undefined]);
  });

  it('are left as they were started where a step turned out to reach nobody', () => {
    expect(
      leftBy('EscalationStarted', step('StepStarted', 'one'), step('StepSkipped', 'one', 'step.unreachable')),
    ).toEqual(['1', undefined, undefined]);
  });

  it('begin anew when the case does', () => {
    for (const begins of ['EscalationStarted', 'CaseReopened'] as const)
      expect(leftBy('EscalationStarted', step('StepStarted', 'one'), 'FallbackPaged', begins)).toEqual([
        ...[undefined, undefined, undefined],
      ]);
  });
});
