import { describe, expect, it } from '@jest/globals';
import {
  ack,
  CaseStory,
  escalate,
  LADDER,
  person,
  reopened,
  resolved,
  T0,
  unreachable,
} from './case-story.given.js';

describe('a ladder that nobody answers', () => {
  it('pages each step at its time, once more from the owner, then everyone with the alarm', () => {
    new CaseStory()
      .opened(0, 'P1')
      .leftAlone()
      .paged('0: bo', '120: chen', '300: dee', '480: chen', '660: dee', '840: ana bo chen dee')
      .is({ status: 'exhausted', wakesAt: 840 + 15 * 60 })
      .told('EscalationExhausted ended', 'FallbackPaged');
  });

  it('reminds the fallback every 15 minutes until somebody takes the case', () => {
    new CaseStory()
      .opened(0, 'P1')
      .leftAlone()
      .woke(1740, 2640)
      .paged(
        ...['0: bo', '120: chen', '300: dee', '480: chen', '660: dee'],
        ...['840: ana bo chen dee', '1740: ana bo chen dee', '2640: ana bo chen dee'],
      )
      .when(2650, ack('ana'))
      .is({ status: 'acknowledged', by: 'ana' })
      .woke(9999)
      .stayed('nothing-due');
  });

  it('says with each page when the next step starts', () => {
    const story = new CaseStory().opened(0, 'P1');
    const page = story.last.effects.find((e) => e.type === 'RequestPages');
    expect(page).toMatchObject({ stepName: 'on-call', steps: 3, dueAt: T0, nextStepAt: T0 + 120_000 });
  });
});

describe('waking', () => {
  it.each([
    ['before the time does nothing', [119.999], 'too-early', ['0: bo']],
    ['twice does the step once', [120, 120], 'too-early', ['0: bo', '120: chen']],
  ])('%s', (_, seconds, reason, pages) => {
    new CaseStory()
      .opened(0, 'P1')
      .woke(...seconds)
      .stayed(reason)
      .paged(...pages);
  });

  it('an hour late plans one step only, and the next wait counts from then', () => {
    new CaseStory().opened(0, 'P1').woke(3600).paged('0: bo', '3600: chen').is({ step: 1, wakesAt: 3780 });
  });
});

describe('a step that leads to nobody', () => {
  it('is left at once', () => {
    new CaseStory(LADDER, ['bo'])
      .opened(0, 'P1')
      .paged('0: chen')
      .told('EscalationStarted', 'StepSkipped step.empty', 'StepStarted');
  });

  it('lets the fallback be paged at once when every step is like that', () => {
    const empty = { ...LADDER, steps: LADDER.steps.map((s) => ({ ...s, page: [person('nobody')] })) };
    new CaseStory(empty).opened(0, 'P3').paged('0: ana bo chen dee').is({ status: 'exhausted' });
  });

  it('is alarmed, and kept waiting, when not even the fallback leads to anybody', () => {
    const away = ['ana', 'bo', 'chen', 'dee'];
    new CaseStory(LADDER, away)
      .opened(0, 'P1')
      .paged()
      .is({ status: 'exhausted', wakesAt: 900 })
      .woke(900)
      .told('EscalationExhausted fallback.empty')
      .is({ wakesAt: 1800 });
  });

  it('of an urgent case without a fallback lets everyone be asked', () => {
    const plan = { ...LADDER, steps: [], fallback: [] };
    new CaseStory(plan).opened(0, 'P2').paged('0: ana bo chen dee');
    new CaseStory(plan).opened(0, 'P3').paged().is({ status: 'exhausted' });
  });
});

describe('a step whose persons cannot be reached', () => {
  it('is left at once when the last of them is known', () => {
    const two = {
      ...LADDER,
      steps: [{ name: 'both', page: [person('ana'), person('bo')], wait: 60 }, ...LADDER.steps],
    };
    new CaseStory(two)
      .opened(0, 'P1')
      .when(1, unreachable(0, 'ana'))
      .stayed('others-remain')
      .when(1, unreachable(0, 'ana'))
      .stayed('others-remain')
      .when(2, unreachable(0, 'bo'))
      .paged('0: ana bo', '2: bo')
      .told('StepSkipped step.unreachable', 'StepStarted');
  });

  it('does nothing when the case has moved on', () => {
    new CaseStory().opened(0, 'P1').woke(120).when(121, unreachable(0)).stayed('step-left');
  });

  it('tells the alarm once when it is the fallback, and waits for the reminder', () => {
    new CaseStory()
      .opened(0, 'P1')
      .leftAlone()
      .when(841, unreachable(3, undefined, 2))
      .told('EscalationExhausted fallback.unreachable')
      .when(842, unreachable(3, undefined, 2))
      .stayed('step-left')
      .is({ status: 'exhausted', wakesAt: 1740 });
  });
});

describe('an acknowledgement', () => {
  const taken = () => new CaseStory().opened(0, 'P1').when(30, ack('bo', 1));

  it('stops the pages of its epoch and every later step', () => {
    const story = taken().is({ status: 'acknowledged', by: 'bo' });
    expect(story.last.effects[0]).toEqual({ type: 'StopPages', epoch: 1, reason: 'acknowledged', by: 'bo' });
    story.woke(120).stayed('nothing-due').paged('0: bo');
  });

  it('may be said again by the owner', () => void taken().when(31, ack('bo', 1)).stayed('already-yours'));
  it('of somebody else names the owner', () =>
    void taken().when(31, ack('chen', 1)).refused('already-acknowledged', 'bo'));
  it('after the resolution names who resolved', () =>
    void taken().when(40, resolved).when(41, ack('bo', 1)).refused('already-resolved', 'zendesk'));
  it('of a page from before the reopening is refused', () =>
    void taken().when(40, resolved).when(50, reopened).when(51, ack('bo', 1)).refused('stale-epoch'));
});

describe('a case without an escalation', () => {
  it.each([
    ['below the band of its policy', LADDER, 'P5', 'below-band'],
    [
      'without a policy',
      { steps: [], fallback: [{ kind: 'everyone' }], escalatesDownTo: 'P2' },
      'P3',
      'no-policy',
    ],
  ] as const)('%s says why', (_, plan, priority, reason) => {
    new CaseStory(plan).opened(0, priority).paged().is({ status: 'none', reason, epoch: 0 });
  });

  it('pages everyone when it is urgent and has no policy', () => {
    new CaseStory({ steps: [], fallback: [{ kind: 'everyone' }], escalatesDownTo: 'P2' })
      .opened(0, 'P1')
      .paged('0: ana bo chen dee')
      .told('EscalationStarted', 'EscalationExhausted no-policy', 'FallbackPaged');
  });

  it.each([
    ['even when nobody looked at it', []],
    ['even when somebody had taken it', [ack('ana')]],
  ])('escalates when its priority is raised, %s', (_, before) => {
    const story = new CaseStory().opened(0, 'P5');
    for (const input of before) story.when(5, input);
    story.when(60, { type: 'PriorityChanged', to: 'P1' }).paged('60: bo').is({ status: 'running', epoch: 1 });
  });

  it('is escalated by hand when a person asks', () => {
    new CaseStory().opened(0, 'P5').when(9, escalate('ana')).paged('9: bo');
  });
});

describe('a new priority', () => {
  it('does not move a running escalation, up or down', () => {
    new CaseStory()
      .opened(0, 'P2')
      .when(10, { type: 'PriorityChanged', to: 'P5' })
      .is({ status: 'running', priority: 'P5', wakesAt: 120 })
      .when(11, { type: 'PriorityChanged', to: 'P5' })
      .stayed('same-priority');
  });
});

describe('reopening', () => {
  it('starts a new epoch from the first step', () => {
    new CaseStory()
      .opened(0, 'P1')
      .when(10, resolved)
      .when(20, reopened)
      .paged('0: bo', '20: bo')
      .is({ status: 'running', epoch: 2, round: 1, step: 0 });
  });

  it('does nothing to a case that is open', () =>
    void new CaseStory().opened(0, 'P1').when(1, reopened).stayed('already-open'));
});

describe('escalating by hand', () => {
  it('starts the next step now, and a double tap is one wish', () => {
    new CaseStory()
      .opened(0, 'P1')
      .when(20, escalate('bo'))
      .when(29, escalate('bo'))
      .stayed('just-escalated')
      .when(30, escalate('bo'))
      .paged('0: bo', '20: chen', '30: dee');
  });

  it('goes on in a new epoch when the one who answered needs help', () => {
    new CaseStory()
      .opened(0, 'P1')
      .when(20, ack('bo'))
      .when(60, escalate('bo'))
      .paged('0: bo', '60: chen')
      .is({ status: 'running', epoch: 2, step: 1 });
  });

  it('of a resolved case is refused', () =>
    void new CaseStory()
      .opened(0, 'P1')
      .when(1, resolved)
      .when(2, escalate('bo'))
      .refused('already-resolved', 'zendesk'));
});
