import { describe, it } from '@jest/globals';
import { ack, CaseStory, escalate, LADDER, resolved, T0 } from './case-story.given.js';

const MINUTE = 60;

/** Story 3: P1 is reminded after 30 min and taken back after 45, from the owner; P2 is reminded every 2 h. */
const WATCHED = {
  ...LADDER,
  acknowledged: {
    P1: { remind: 30 * MINUTE, reopen: 45 * MINUTE, restart: 1 },
    P2: { remind: 120 * MINUTE },
  },
};

const taken = (priority: 'P1' | 'P2' | 'P3' = 'P1') =>
  new CaseStory(WATCHED).opened(0, priority).when(60, ack('bo', 1));

describe('a forgotten acknowledgement', () => {
  it('is reminded after 30 minutes and taken back after 45, from the step that the policy names', () => {
    taken()
      .is({ status: 'acknowledged', wakesAt: 60 + 30 * MINUTE })
      .woke(60 + 30 * MINUTE)
      .told('OwnerReminded')
      .is({ status: 'acknowledged', by: 'bo', epoch: 2, wakesAt: 60 + 45 * MINUTE })
      .woke(60 + 45 * MINUTE)
      .told('CaseReopened acknowledgement.expired', 'StepStarted')
      .says('CaseReopened', { was: 'bo', after: 'acknowledged', since: T0 + 60_000 })
      .stopped('2 restarted')
      .paged('0: bo', '1860: bo', '2760: chen')
      .is({ status: 'running', epoch: 3, round: 1, step: 1 });
  });

  it('says in the reminder why it comes and when the case will be taken back', () => {
    taken()
      .woke(1860)
      .pagesWith({ stepName: 'reminder', asked: { as: 'reminder', by: 'bo' }, nextStepAt: T0 + 2_760_000 });
  });

  it('is reminded again and again when it is never taken back; each reminder ends the one before', () => {
    taken('P2')
      .woke(60 + 120 * MINUTE)
      .stopped()
      .woke(60 + 240 * MINUTE)
      .stopped('2 restarted')
      .paged('0: bo', '7260: bo', '14460: bo')
      .is({ status: 'acknowledged', epoch: 3 });
  });

  it('of a priority that the policy does not name holds for ever', () => {
    taken('P3').is({ status: 'acknowledged' }).woke(99_999).stayed('nothing-due');
  });

  it('of somebody who is no person of the config is told with their name, and taken back all the same', () => {
    new CaseStory(WATCHED)
      .opened(0, 'P1')
      .when(60, ack('robot'))
      .woke(1860)
      .says('OwnerReminded', { owner: 'robot', persons: [], reason: 'owner.no-person' })
      .woke(2760)
      .paged('0: bo', '2760: chen');
  });

  it('is looked at late once: an outage over both times takes the case back, without a reminder', () => {
    taken().woke(9000).paged('0: bo', '9000: chen');
  });
});

describe('an owner who answers the reminder', () => {
  it.each([
    ['by its own link', 2],
    ['by the link of the first page', 1],
    ['without a link', undefined],
  ])('keeps the case, and the times count anew: %s', (_, epoch) => {
    taken()
      .woke(1860)
      .when(2000, ack('bo', epoch))
      .told('OwnershipConfirmed')
      .stopped('2 acknowledged')
      .is({ status: 'acknowledged', by: 'bo', at: T0 + 60_000, wakesAt: 2000 + 30 * MINUTE })
      .woke(2760)
      .stayed('too-early');
  });

  it('is still the owner: another is refused with their name, an old link with the epoch', () => {
    taken()
      .woke(1860)
      .when(1900, ack('chen', 1))
      .refused('already-acknowledged', 'bo')
      .when(1901, ack('chen', 3))
      .refused('stale-epoch');
  });

  it('stops the reminder by resolving', () => {
    taken().woke(1860).when(1900, resolved).stopped('2 resolved').is({ status: 'resolved' });
  });

  it('stops it by asking for help, also by the first page, and the next step follows', () => {
    taken()
      .woke(1860)
      .when(1900, { ...escalate('bo'), epoch: 1 })
      .stopped('2 restarted')
      .paged('0: bo', '1860: bo', '1900: chen');
  });
});

describe('another priority of an acknowledged case', () => {
  it('brings its own times', () => {
    taken('P2')
      .when(100, { type: 'PriorityChanged', to: 'P1' })
      .is({ status: 'acknowledged', wakesAt: 60 + 30 * MINUTE })
      .when(200, { type: 'PriorityChanged', to: 'P4' })
      .woke(9_999)
      .stayed('nothing-due');
  });

  it('lets an escalation start that never was, also after a reminder', () => {
    const plan = { ...WATCHED, escalatesDownTo: 'P1' } as const;
    new CaseStory(plan)
      .opened(0, 'P2')
      .when(10, ack('ana'))
      .woke(10 + 120 * MINUTE)
      .when(8000, { type: 'PriorityChanged', to: 'P1' })
      .paged('7210: ana', '8000: bo');
  });
});
