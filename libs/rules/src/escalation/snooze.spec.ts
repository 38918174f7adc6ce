import { describe, it } from '@jest/globals';
import { ack, CaseStory, escalate, LADDER, reopened, resolved, snoozed, T0 } from './case-story.given.js';

const atOwner = () => new CaseStory().opened(0, 'P2').woke(120);

describe('a snooze', () => {
  it('is silent until its time, then goes on in a new epoch from the step it was at', () => {
    atOwner()
      .when(150, snoozed('chen', 4000))
      .told('CaseSnoozed wait for the bank')
      .stopped('1 snoozed')
      .is({ status: 'snoozed', by: 'chen', wakesAt: 4000 })
      .woke(300)
      .stayed('too-early')
      .woke(4000)
      .told('SnoozeEnded time', 'StepStarted')
      .is({ status: 'running', epoch: 2, round: 1, step: 1 })
      .paged('0: bo', '120: chen', '4000: chen');
  });

  it('of an owner returns too, and says who had it', () => {
    atOwner()
      .when(130, ack('chen'))
      .when(140, snoozed('chen', 600))
      .says('CaseSnoozed', { was: 'chen', after: 'acknowledged' })
      .woke(600)
      .paged('0: bo', '120: chen', '600: chen');
  });

  it('of an exhausted case returns to the fallback', () => {
    new CaseStory()
      .opened(0, 'P1')
      .leftAlone()
      .when(850, snoozed('ana', 2000))
      .woke(2000)
      .is({ status: 'exhausted', epoch: 2 });
  });

  it('is broken by a raise, and not by a lower priority', () => {
    atOwner()
      .when(150, snoozed('chen', 4000))
      .when(160, { type: 'PriorityChanged', to: 'P3' })
      .is({ status: 'snoozed', priority: 'P3' })
      .when(170, { type: 'PriorityChanged', to: 'P1' })
      .told('PriorityChanged', 'SnoozeEnded priority.raised', 'StepStarted')
      .is({ status: 'running', epoch: 2, step: 1 });
  });

  it('ends by an answer, a resolution, a person who reopens it, or one who asks for the next step', () => {
    const asleep = () => atOwner().when(150, snoozed('chen', 4000));
    asleep()
      .when(200, ack('bo', 1))
      .is({ status: 'acknowledged', by: 'bo' })
      .woke(4000)
      .stayed('nothing-due');
    asleep().when(200, resolved).is({ status: 'resolved' });
    asleep()
      .when(200, reopened)
      .told('SnoozeEnded by-hand', 'StepStarted')
      .paged('0: bo', '120: chen', '200: chen');
    asleep().when(200, escalate('bo')).is({ status: 'running', epoch: 2, step: 2 });
  });

  it('of a case that does not escalate returns to that', () => {
    new CaseStory(LADDER)
      .opened(0, 'P5')
      .when(10, snoozed('ana', 100))
      .woke(100)
      .told('SnoozeEnded time', 'EscalationNotStarted below-band')
      .paged()
      .is({ status: 'none', epoch: 1 });
  });

  it('may be moved; until the same time is nothing new; into the past or of a resolved case is refused', () => {
    atOwner()
      .when(150, snoozed('chen', 4000))
      .when(160, snoozed('chen', 4000))
      .stayed('already-snoozed')
      .when(170, snoozed('bo', 5000))
      .is({ status: 'snoozed', by: 'bo', wakeAt: T0 + 5_000_000, after: 'running' })
      .when(180, snoozed('bo', 180))
      .refused('time-passed')
      .when(190, resolved)
      .when(200, snoozed('bo', 300))
      .refused('already-resolved', 'zendesk');
  });
});
