import { describe, it } from '@jest/globals';
import { ack, CaseStory, escalate, LADDER, snoozed } from './case-story.given.js';
import type { PlannedStep, PolicyPlan } from './policy-plan.js';

/** T0 is Monday, 2026-11-23 09:00 UTC: 17:00 in Singapore. */
const withFirst = (condition: Partial<PlannedStep>): PolicyPlan => ({
  ...LADDER,
  steps: LADDER.steps.map((step, i) => (i === 0 ? { ...step, ...condition } : step)),
});

const EVENING = { when: 'now.time >= "17:02"', timeZone: 'Asia/Singapore' };

describe('a step outside of its condition', () => {
  it('is skipped, and the timeline says by which condition', () => {
    const when = 'case.market == "SG"';
    new CaseStory(withFirst({ when }), [], { market: 'MY' })
      .opened(0, 'P1')
      .told('EscalationStarted', 'StepSkipped step.condition', 'StepStarted')
      .says('StepSkipped', { when, stepName: 'on-call' })
      .paged('0: chen');
    new CaseStory(withFirst({ when }), [], { market: 'SG' }).opened(0, 'P1').paged('0: bo');
  });

  it('goes to the later step that it names', () => {
    const plan = withFirst({ when: 'case.priority in ["P1", "P2"]', otherwise: { goTo: 2 } });
    new CaseStory(plan).opened(0, 'P3').paged('0: dee');
    new CaseStory(plan).opened(0, 'P1').paged('0: bo');
  });

  it('never walks back, even by a plan that says so (S4)', () => {
    const last = LADDER.steps.map((step, i) =>
      i === 2 ? { ...step, when: 'false', otherwise: { goTo: 0 } } : step,
    );
    new CaseStory({ ...LADDER, steps: last, repeat: undefined })
      .opened(0, 'P1')
      .leftAlone()
      .paged('0: bo', '120: chen', '300: ana bo chen dee');
  });

  it('is held until it is met: looked at each whole minute, told once', () => {
    new CaseStory(withFirst({ ...EVENING, otherwise: 'hold' }))
      .opened(10, 'P1')
      .told('EscalationStarted', 'StepHeld')
      .is({ status: 'held', step: 0, wakesAt: 60 })
      .woke(60)
      .stayed('still-held')
      .is({ status: 'held', wakesAt: 120 })
      .woke(120)
      .paged('120: bo')
      .is({ status: 'running', step: 0, wakesAt: 240 });
  });

  it('pages all the same when its condition errs, and says so', () => {
    const when = '1 / case.events > 0';
    new CaseStory(withFirst({ when }), [], { events: 0 })
      .opened(0, 'P1')
      .paged('0: bo')
      .says('StepStarted', { conditionError: 'division by zero' });
  });
});

describe('a held step', () => {
  const held = () => new CaseStory(withFirst({ ...EVENING, otherwise: 'hold' })).opened(10, 'P2');

  it('is taken by an answer', () =>
    void held().when(20, ack('ana')).is({ status: 'acknowledged' }).woke(120).paged());

  it('starts at once when a person asks for it, and the next one after it', () => {
    held().when(20, escalate('ana')).when(40, escalate('ana')).paged('20: bo', '40: chen');
  });

  it('is looked at again when the priority changes', () => {
    new CaseStory(withFirst({ when: 'case.priority == "P1"', otherwise: 'hold' }))
      .opened(0, 'P2')
      .when(5, { type: 'PriorityChanged', to: 'P1' })
      .paged('5: bo');
  });

  it('is held again after a snooze', () => {
    held().when(20, snoozed('ana', 60)).woke(60).is({ status: 'held', epoch: 2 }).woke(120).paged('120: bo');
  });

  it('may be of a later round', () => {
    const plan = {
      ...withFirst({ when: 'case.round == 1', otherwise: 'hold' }),
      repeat: { from: 0, times: 1 },
    };
    new CaseStory(plan)
      .opened(0, 'P1')
      .woke(120, 300, 480)
      .is({ status: 'held', round: 2, step: 0, wakesAt: 540 });
  });
});
