import { describe, expect, it } from '@jest/globals';
import { ack, CaseStory, LADDER, person } from './case-story.given.js';
import { placeIn } from './migrate.js';
import type { PolicyPlan } from './policy-plan.js';
import { remainingSteps } from './remaining-steps.js';

const [onCall, owner, manager] = LADDER.steps as [never, never, never];
/** The owner is asked first, and waits longer; nobody is on call any more. */
const NEWER: PolicyPlan = {
  ...LADDER,
  steps: [
    { name: 'owner', page: [person('chen')], wait: 600 },
    { name: 'head', page: [person('dee')], wait: 60 },
  ],
  repeat: undefined,
};
const to = (plan: PolicyPlan) => (story: CaseStory) => {
  const next = new CaseStory(plan);
  next.state = story.state;
  next.pages.push(...story.pages);
  return next;
};
const migrated = (revision = 2) =>
  ({ type: 'Migrated', by: 'ops', from: { revision: 1, plan: LADDER }, revision }) as const;

describe('moving an escalation to a newer plan', () => {
  it('goes on in a new epoch at the step of the same name, with its new wait', () => {
    to(NEWER)(new CaseStory().opened(0, 'P1').woke(120))
      .when(130, migrated())
      .stopped('1 restarted')
      .told('EscalationMigrated', 'StepStarted')
      .says('EscalationMigrated', { from: 1, to: 2, stepBefore: 'owner', stepAfter: 'owner' })
      .is({ status: 'running', epoch: 2, step: 0, wakesAt: 730 })
      .paged('0: bo', '120: chen', '130: chen');
  });

  it('starts at the first step when the step is gone, and from the fallback', () => {
    to(NEWER)(new CaseStory().opened(0, 'P1')).when(5, migrated()).is({ epoch: 2, step: 0, round: 1 });
    to(NEWER)(new CaseStory().opened(0, 'P1').leftAlone())
      .when(900, migrated())
      .is({ status: 'running', step: 0 });
  });

  it('to a plan without steps pages its fallback: nothing is orphaned', () => {
    const none = { steps: [], fallback: [{ kind: 'everyone' as const }], escalatesDownTo: 'P2' as const };
    to(none)(new CaseStory().opened(0, 'P1')).when(5, migrated()).is({ status: 'exhausted', epoch: 2 });
  });

  it('does nothing at the newest revision, and is refused when nothing runs', () => {
    new CaseStory().opened(0, 'P1').when(5, migrated(1)).stayed('newest-already');
    new CaseStory().opened(0, 'P1').when(5, ack('bo')).when(6, migrated()).refused('not-running');
  });
});

describe('the steps that remain', () => {
  it('are those from the present one on, through every round, and the fallback', () => {
    const seen = remainingSteps(LADDER, { round: 1, step: 1 }).map(({ round, step }) => `${round} ${step}`);
    expect(seen).toEqual(['1 owner', '1 manager', '2 owner', '2 manager', '2 fallback']);
  });

  it('name targets, waits and conditions as the policy says them', () => {
    const plan = {
      ...LADDER,
      steps: [onCall, { ...(owner as object), when: 'false' } as never, manager],
      repeat: undefined,
    };
    expect(remainingSteps(plan, { round: 1, step: 1 })).toEqual([
      { round: 1, step: 'owner', page: ['person chen'], wait: 180, when: 'false' },
      { round: 1, step: 'manager', page: ['person dee'], wait: 180 },
      { round: 1, step: 'fallback', page: ['everyone'] },
    ]);
    expect(remainingSteps(NEWER, placeIn(NEWER, LADDER, { round: 1, step: 3 }))[0]?.step).toBe('owner');
  });
});
