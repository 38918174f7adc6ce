import { describe, expect, it } from '@jest/globals';
import type { Config } from '@tocsin/contracts';
import { changedTree } from '../config/changed-tree.given.js';
import { readConfig } from '../config/read-config.js';
import { ack, CaseStory, escalate, LADDER, person, resolved, snoozed, T0 } from './case-story.given.js';
import type { EscalationContext } from './escalation-context.js';
import { planByHand } from './plan-by-hand.js';
import type { PolicyPlan } from './policy-plan.js';
import { speaksOf } from './speakers.js';
import { startPlan } from './start-plan.js';

const configOf = (changes: Readonly<Record<string, unknown>>): Config => {
  const read = readConfig(changedTree(changes));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
};

const config = configOf({
  '/people/bo': { name: 'Bo', timeZone: 'UTC', language: 'zh-CN', contact: { desk: { sandbox: true } } },
  '/people/chen': {
    name: 'Chen',
    timeZone: 'UTC',
    language: 'en',
    speaks: ['ms'],
    contact: { desk: { sandbox: true } },
  },
  '/teams/live/members': ['ana', 'bo', 'chen'],
  '/policies/turns': {
    'round-robin': { of: 'team live', step: 'crew', prefer: ['language'] },
    steps: [
      { name: 'crew', page: 'person dee', wait: '1m' },
      {
        name: 'late',
        page: 'person dee',
        wait: '2m',
        when: 'case.round == 1',
        otherwise: { 'go-to': 'last' },
      },
      { name: 'skip', page: 'person ana', wait: '2m', when: 'now.hour < 6', timeZone: 'Asia/Singapore' },
      { name: 'last', page: 'person bo', wait: '3m' },
    ],
    acknowledged: { P1: { remind: '30m', reopen: '1h' } },
    escalates: 'P1-P2',
    fallback: { page: 'person chen' },
  },
  '/services/other/policy': 'turns',
});

describe('the plan that a case pins, in full', () => {
  it('says of each step what the policy says, and nothing else', () => {
    expect(startPlan(undefined, config, 'other')).toEqual({
      policy: 'turns',
      service: 'other',
      steps: [
        {
          ...{ name: 'crew', page: [{ kind: 'person', name: 'dee' }], wait: 60 },
          inTurn: { policy: 'turns', of: 'live', prefer: ['language'] },
        },
        {
          ...{ name: 'late', page: [{ kind: 'person', name: 'dee' }], wait: 120, when: 'case.round == 1' },
          otherwise: { goTo: 3 },
        },
        {
          ...{ name: 'skip', page: [{ kind: 'person', name: 'ana' }], wait: 120, when: 'now.hour < 6' },
          timeZone: 'Asia/Singapore',
        },
        { name: 'last', page: [{ kind: 'person', name: 'bo' }], wait: 180 },
      ],
      repeat: undefined,
      fallback: [{ kind: 'person', name: 'chen' }],
      escalatesDownTo: 'P2',
      acknowledged: { P1: { remind: 1800, reopen: 3600, restart: undefined } },
    });
  });

  it('takes the policy that is named before that of the service', () => {
    expect(startPlan('live-pay', config, 'other')).toMatchObject({ policy: 'live-pay', service: 'other' });
    expect(startPlan('live-pay', config, undefined)).not.toHaveProperty('acknowledged');
  });

  it('of a page by hand is one step, then the last resort, for every priority', () => {
    expect(planByHand([person('dee')], config)).toEqual({
      steps: [{ name: 'by hand', page: [{ kind: 'person', name: 'dee' }], wait: 300 }],
      ...{ fallback: [{ kind: 'everyone' }], escalatesDownTo: 'P5' },
    });
  });
});

describe('what the members of a round robin speak', () => {
  it('is what they say they speak, else the language that they are written to in, else nothing', () => {
    expect(speaksOf(config, 'turns')).toEqual({ ana: expect.any(Array), bo: ['zh-CN'], chen: ['ms'] });
  });

  it('is of nobody for a policy that goes round nobody, or is not there', () => {
    expect([speaksOf(config, 'live-pay'), speaksOf(config, 'gone')]).toEqual([{}, {}]);
  });
});

describe('a step in turn', () => {
  const round: PolicyPlan = {
    ...LADDER,
    steps: [
      { name: 'crew', page: [], wait: 60, inTurn: { policy: 'p', of: 'live', prefer: ['language', 'load'] } },
    ],
  };
  const story = (turnOf?: EscalationContext['turnOf'], language = '') =>
    new CaseStory(round, [], { language }, turnOf).opened(0, 'P1');

  it('is the first one’s where nobody has counted yet', () => {
    story()
      .paged('0: ana')
      .says('StepStarted', { inTurn: { of: 'live', turn: 0, loads: { ana: 0, bo: 0, chen: 0, dee: 0 } } });
  });

  it('is theirs who speak the case’s language; who has said nothing speaks none', () => {
    const turnOf = () => ({ turn: 0, loads: {}, speaks: { chen: ['ms'], dee: ['ms'] } });
    story(turnOf, 'ms').paged('0: chen');
    story(turnOf, 'en').paged('0: ana');
  });
});

describe('a case that returns', () => {
  const NO_STEPS: PolicyPlan = { ...LADDER, steps: [], repeat: undefined };

  it('from a snooze of the fallback asks the fallback, in a round of its own', () => {
    new CaseStory(NO_STEPS)
      .opened(0, 'P2')
      .when(10, snoozed('ana', 100))
      .woke(100)
      .told('SnoozeEnded time', 'FallbackPaged')
      .pagesWith({ epoch: 2, round: 2, step: 0, steps: 1, stepName: 'fallback' });
  });

  it('from a snooze before it was urgent starts at the first step when it is urgent by then', () => {
    new CaseStory()
      .opened(0, 'P5')
      .when(5, ack('bo'))
      .when(10, snoozed('bo', 100))
      .when(20, { type: 'PriorityChanged', to: 'P2' })
      .told('PriorityChanged', 'SnoozeEnded priority.raised', 'EscalationStarted', 'StepStarted')
      .is({ status: 'running', epoch: 1, round: 1, step: 0 });
  });

  it('by hand after its fallback was answered asks the fallback again', () => {
    new CaseStory(NO_STEPS)
      .opened(0, 'P2')
      .when(10, ack('ana'))
      .when(20, escalate('ana'))
      .told('CaseEscalated', 'FallbackPaged')
      .is({ status: 'exhausted', epoch: 2, round: 2 });
  });

  it('is not started by hand without a policy', () => {
    new CaseStory({ steps: [], fallback: [{ kind: 'everyone' }], escalatesDownTo: 'P2' })
      .opened(0, 'P4')
      .when(10, escalate('ana'))
      .refused('no-policy');
  });
});

describe('a page by hand', () => {
  const NO_STEPS: PolicyPlan = { ...LADDER, steps: [], repeat: undefined };
  const byHand = { type: 'Reassigned', by: 'ana', to: [person('dee')] } as const;

  it('in a case that never escalated is followed by the first step', () => {
    new CaseStory()
      .opened(0, 'P5')
      .when(10, byHand)
      .woke(310)
      .paged('10: dee', '310: bo')
      .is({ round: 2, step: 0 });
  });

  it('in one that was put off before it escalated, too', () => {
    new CaseStory()
      .opened(0, 'P5')
      .when(5, snoozed('ana', 100))
      .when(10, byHand)
      .woke(310)
      .paged('10: dee', '310: bo');
  });

  it('in one without steps by the fallback', () => {
    new CaseStory(NO_STEPS)
      .opened(0, 'P5')
      .when(10, byHand)
      .pagesWith({ steps: 1 })
      .woke(310)
      .paged('10: dee', '310: ana bo chen dee')
      .is({ status: 'exhausted' });
  });

  it('of a responder in a plan without steps counts as one of one', () => {
    new CaseStory(NO_STEPS)
      .opened(0, 'P5')
      .when(10, { type: 'ResponderAdded', by: 'ana', person: 'dee' })
      .pagesWith({ steps: 1, round: 1, stepName: 'responder' });
  });

  it('of an owner’s reminder in a plan without steps too', () => {
    new CaseStory({ ...NO_STEPS, acknowledged: { P2: { remind: 60 } } })
      .opened(0, 'P2')
      .when(10, ack('bo'))
      .woke(70)
      .pagesWith({ steps: 1, stepName: 'reminder' });
  });

  it('again when a merge of one without steps is taken back', () => {
    new CaseStory(NO_STEPS)
      .opened(0, 'P2')
      .when(10, { type: 'Merged', by: 'ana', into: '4F8' })
      .when(20, { type: 'Unmerged', by: 'ana' })
      .pagesWith({ steps: 1, stepName: 'fallback', epoch: 2 });
  });
});

describe('a merge that is taken back', () => {
  const merged = (quiet?: EscalationContext['quiet'], away: readonly string[] = []) =>
    new CaseStory(LADDER, away, {}, undefined, quiet)
      .opened(0, 'P2')
      .woke(120)
      .when(130, { type: 'Merged', by: 'ana', into: '4F8' })
      .when(200, { type: 'Unmerged', by: 'ana' });

  it('pages whoever was being paged again', () => {
    merged().told('CaseUnmerged', 'PagesRepeated');
  });

  it('pages nobody again while a window hushes the case', () => {
    const hushing: EscalationContext['quiet'] = (_, at) =>
      at >= T0 + 150_000 ? { by: { kind: 'window', name: 'w' }, until: T0 + 900_000 } : undefined;
    merged(hushing).told('CaseUnmerged').is({ status: 'running', epoch: 2 });
  });

  it('stops the pages beside an owner when it is made', () => {
    new CaseStory({ ...LADDER, acknowledged: { P2: { remind: 60 } } })
      .opened(0, 'P2')
      .when(10, ack('bo'))
      .woke(70)
      .when(75, { type: 'ResponderAdded', by: 'bo', person: 'dee' })
      .when(80, { type: 'Merged', by: 'ana', into: '4F8' })
      .stopped('3 cancelled', '2 cancelled');
  });
});

describe('what hushes a case', () => {
  const parent = (id: string) => ({ kind: 'parent', name: 'core', id }) as const;
  /** Hushed by what `causes` has last begun, always for another ten minutes. */
  const story = (
    causes: readonly (readonly [
      from: number,
      cause: ReturnType<typeof parent> | { kind: 'window'; name: string },
    ])[],
  ) =>
    new CaseStory(LADDER, [], {}, undefined, (_, at) => {
      const by = causes.findLast(([from]) => at >= T0 + from * 1000)?.[1];
      return by === undefined ? undefined : { by, until: at + 600_000 };
    }).opened(10, 'P2');

  it('may be the same case of another service for longer: it is only looked at later', () => {
    story([[0, parent('4F7')]])
      .woke(610)
      .stayed('still-suppressed')
      .is({ status: 'suppressed', wakesAt: 1210 });
  });

  it('may be another case of that service, and that is told', () => {
    story([
      [0, parent('4F7')],
      [500, parent('4F9')],
    ])
      .woke(610)
      .says('EscalationSuppressed', {
        by: parent('4F9'),
        was: parent('4F7'),
        until: T0 + 1_210_000,
        round: 1,
        step: 0,
      })
      .is({ status: 'suppressed', by: parent('4F9'), wakesAt: 1210 });
  });

  it('may be the same window with another end, and that is told', () => {
    const window = { kind: 'window', name: 'w' } as const;
    story([[0, window]])
      .woke(610)
      .told('EscalationSuppressed')
      .is({ by: window, wakesAt: 1210 });
  });

  it('is looked at when the case is opened again, resolved or not', () => {
    story([[0, parent('4F7')]])
      .when(20, resolved)
      .is({ status: 'resolved' });
  });
});
