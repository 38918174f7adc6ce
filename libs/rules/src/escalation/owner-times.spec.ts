import { describe, it } from '@jest/globals';
import { ack, CaseStory, LADDER, T0 } from './case-story.given.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** P1 is reminded after 30 min and taken back after 45, from the owner. */
const WATCHED = { ...LADDER, acknowledged: { P1: { remind: 30 * MINUTE, reopen: 45 * MINUTE, restart: 1 } } };

const taken = () => new CaseStory(WATCHED).opened(0, 'P1').when(0, ack('bo', 1));

interface Times {
  readonly until: number;
  readonly remind?: number;
  readonly reopen?: number;
}

const times = ({ until, ...patience }: Times) =>
  ({
    type: 'OwnerTimesChanged',
    by: 'bo',
    until: T0 + until * 1000,
    reason: 'a long repair',
    ...patience,
  }) as const;

describe('times for the owner of one case', () => {
  it('stand above the policy’s until their end, from which the policy’s count', () => {
    taken()
      .when(10 * MINUTE, times({ until: 5 * HOUR, remind: 2 * HOUR }))
      .told('OwnerTimesChanged a long repair')
      .is({ status: 'acknowledged', by: 'bo', wakesAt: 2 * HOUR + 10 * MINUTE })
      .woke(45 * MINUTE)
      .stayed('too-early')
      .woke(2 * HOUR + 10 * MINUTE)
      .told('OwnerReminded')
      .is({ wakesAt: 4 * HOUR + 10 * MINUTE })
      .when(3 * HOUR, ack('bo', 2))
      .told('OwnershipConfirmed')
      .is({ wakesAt: 5 * HOUR })
      .woke(5 * HOUR)
      .stayed('too-early')
      .is({ wakesAt: 5 * HOUR + 30 * MINUTE })
      .woke(5 * HOUR + 30 * MINUTE, 5 * HOUR + 45 * MINUTE)
      .told('CaseReopened acknowledgement.expired', 'StepStarted');
  });

  it('may leave the owner alone, and are looked at again when they end', () => {
    taken()
      .when(MINUTE, times({ until: 3 * HOUR }))
      .is({ wakesAt: 3 * HOUR })
      .woke(3 * HOUR)
      .is({ wakesAt: 3 * HOUR + 30 * MINUTE });
  });

  it('may be stricter than the policy, counted from when they were set', () => {
    taken()
      .when(20 * MINUTE, times({ until: HOUR, remind: 5 * MINUTE, reopen: 10 * MINUTE }))
      .is({ wakesAt: 25 * MINUTE })
      .woke(25 * MINUTE, 30 * MINUTE)
      .is({ status: 'running', step: 1 });
  });

  it('make a reminder void that waits for an answer', () => {
    taken()
      .woke(30 * MINUTE)
      .when(31 * MINUTE, times({ until: 3 * HOUR, remind: HOUR }))
      .stopped('2 restarted')
      .is({ reminder: undefined, wakesAt: 91 * MINUTE });
  });

  it('asked for twice are set once, and others take their place', () => {
    taken()
      .when(MINUTE, times({ until: HOUR, remind: 600 }))
      .when(2 * MINUTE, times({ until: HOUR, remind: 600 }))
      .stayed('already-so')
      .when(3 * MINUTE, times({ until: HOUR, remind: 900 }))
      .is({ wakesAt: 18 * MINUTE });
  });

  it('end with the owner: whoever takes the case next has the policy’s', () => {
    taken()
      .when(MINUTE, times({ until: 9 * HOUR }))
      .when(2 * MINUTE, { type: 'Reopened', by: 'ana' })
      .when(3 * MINUTE, ack('chen'))
      .is({ by: 'chen', wakesAt: 33 * MINUTE });
  });

  it('are refused where nobody has the case, or when they are over already', () => {
    new CaseStory(WATCHED)
      .opened(0, 'P1')
      .when(5, times({ until: HOUR }))
      .refused('no-owner');
    taken()
      .when(HOUR, times({ until: HOUR }))
      .refused('time-passed');
  });
});
