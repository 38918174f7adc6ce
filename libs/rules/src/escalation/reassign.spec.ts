import { describe, expect, it } from '@jest/globals';
import { ack, CaseStory, escalate, LADDER, person, resolved, snoozed, T0 } from './case-story.given.js';

const to = (...names: readonly string[]) =>
  ({ type: 'Reassigned', by: 'bo', to: names.map(person) }) as const;
const adds = (name: string) => ({ type: 'ResponderAdded', by: 'bo', person: name }) as const;

describe('reassigning', () => {
  it('pages the named person now; the one before is left in peace, and the answer owns the case', () => {
    new CaseStory()
      .opened(0, 'P1')
      .when(30, to('dee'))
      .stopped('1 restarted')
      .says('CaseReassigned', { to: ['person dee'], after: 'running' })
      .pagesWith({ stepName: 'reassigned', asked: { as: 'owner', by: 'bo' }, nextStepAt: T0 + 330_000 })
      .paged('0: bo', '30: dee')
      .when(40, ack('dee', 2))
      .is({ status: 'acknowledged', by: 'dee', epoch: 2 });
  });

  it('lets the policy go on with the next step when nobody answers', () => {
    new CaseStory().opened(0, 'P1').when(30, to('ana')).woke(330).paged('0: bo', '30: ana', '330: chen');
  });

  it('of an owner says who had it', () => {
    new CaseStory()
      .opened(0, 'P1')
      .when(10, ack('bo'))
      .when(60, to('chen'))
      .says('CaseReassigned', { was: 'bo' })
      .is({ status: 'running', epoch: 2 });
  });

  it.each([
    ['that never escalated starts its policy then', new CaseStory().opened(0, 'P5'), '310: bo'],
    [
      'that is exhausted goes back to the fallback',
      new CaseStory({ ...LADDER, steps: [], repeat: undefined }).opened(0, 'P1'),
      '310: ana bo chen dee',
    ],
  ])('of a case %s', (_, story, next) => {
    const before = story.pages.length;
    story.when(10, to('ana')).woke(310);
    story.pages.splice(0, before + 1);
    story.paged(next);
  });

  it('of a held step goes on with that step', () => {
    const steps = LADDER.steps.map((s, i) =>
      i === 0 ? { ...s, when: 'false', otherwise: 'hold' as const } : s,
    );
    new CaseStory({ ...LADDER, steps })
      .opened(0, 'P1')
      .when(5, to('ana'))
      .woke(305)
      .is({ status: 'held', epoch: 2 });
  });

  it('to whom nobody can reach, or of a resolved case, is refused', () => {
    const story = new CaseStory().opened(0, 'P1').when(1, to('nobody')).refused('nobody-there');
    story.when(2, resolved).when(3, to('ana')).refused('already-resolved', 'zendesk');
  });

  it('pressed twice within ten seconds is one action; somebody else is another', () => {
    new CaseStory()
      .opened(0, 'P1')
      .when(1, to('ana'))
      .when(10, to('ana'))
      .stayed('just-reassigned')
      .when(10, to('dee'))
      .when(20, to('ana'))
      .paged('0: bo', '1: ana', '10: dee', '20: ana');
  });
});

describe('adding a responder', () => {
  it('pages one more and moves nothing: the step waits as before, the answer takes the case', () => {
    new CaseStory()
      .opened(0, 'P1')
      .when(30, adds('dee'))
      .stopped()
      .is({ status: 'running', epoch: 1, step: 0, wakesAt: 120 })
      .paged('0: bo', '30: dee')
      .when(40, ack('dee', 1))
      .is({ status: 'acknowledged', by: 'dee' });
  });

  it('beside an owner leaves the owner, and the answer joins and stops only those pages', () => {
    new CaseStory()
      .opened(0, 'P1')
      .when(10, ack('bo'))
      .when(20, adds('dee'))
      .when(21, adds('ana'))
      .is({ status: 'acknowledged', by: 'bo', epoch: 3 })
      .when(30, ack('dee', 2))
      .told('ResponderJoined')
      .stopped('2 acknowledged')
      .is({ status: 'acknowledged', by: 'bo' })
      .when(40, resolved)
      .stopped('3 resolved')
      .paged('0: bo', '20: dee', '21: ana');
  });

  it('to a case that nobody was paged for is in its first epoch, and gives way to an escalation', () => {
    new CaseStory()
      .opened(0, 'P5')
      .when(10, adds('ana'))
      .is({ status: 'none', epoch: 1 })
      .when(30, escalate('bo'))
      .stopped('1 restarted')
      .paged('10: ana', '30: bo');
  });

  it('asked for again later is paged again, at a place of its own; a repeat of the same request is not', () => {
    const story = new CaseStory()
      .opened(0, 'P1')
      .when(20, adds('dee'))
      .when(25, adds('ana'))
      // Somebody else was asked for in between: it is a repeat all the same.
      .when(29, adds('dee'))
      .stayed('just-asked')
      .when(60, adds('dee'))
      .paged('0: bo', '20: dee', '25: ana', '60: dee');
    const steps = LADDER.steps.length;
    expect(story.pages.map(({ step }) => step - steps)).toEqual([-steps, 1, 2, 3]);
  });

  it('of a step that is held, and whom that step pages later, is paged by both', () => {
    const held = { when: 'now.minute % 2 == 1', timeZone: 'UTC', otherwise: 'hold' as const };
    const steps = LADDER.steps.map((s, i) => (i === 0 ? { ...s, page: [person('dee')], ...held } : s));
    const story = new CaseStory({ ...LADDER, steps }).opened(0, 'P1').is({ status: 'held' });
    story.when(5, adds('dee'));
    story.woke(60);
    story.paged('5: dee', '60: dee');
    const [asked, planned] = story.pages;
    expect(asked?.step).not.toBe(planned?.step);
  });

  it('who was asked just now, or belongs to the step, or leads to nobody, is said', () => {
    new CaseStory()
      .opened(0, 'P1')
      .when(1, adds('bo'))
      .stayed('already-paged')
      .when(2, adds('dee'))
      .when(11, adds('dee'))
      .stayed('just-asked')
      .when(30, adds('nobody'))
      .refused('nobody-there');
  });

  it('to a silent or a resolved case is refused', () => {
    new CaseStory()
      .opened(0, 'P1')
      .when(1, snoozed('bo', 100))
      .when(2, adds('dee'))
      .refused('snoozed', 'bo')
      .when(3, resolved)
      .when(4, adds('dee'))
      .refused('already-resolved', 'zendesk');
  });
});
