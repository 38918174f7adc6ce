import {
  CLOCK_WORDS,
  QUIET_WORDS,
  type CaseFactsOf,
  STAYED_REASONS,
  type Texts,
  TIMELINE_WORDS,
} from '@tocsin/contracts';
import { own } from '../own.js';
import { filled, joined } from '../texts-of.js';
import { personsText, targetText } from './people-words.js';
import { durationText, listed, plain, timeText } from './plain-words.js';
import { line, NOTHING, type Sentences, viaText, when } from './told-event.js';

type QuietBy = CaseFactsOf<'SuppressionEnded'>['suppressedBy'];

/** Steps are counted from 1 when people speak of them. */
const numbered = (step: number): number => step + 1;

const stepText = (name: string): Texts =>
  name === 'fallback' ? TIMELINE_WORDS.fallback : line('ofStep', { name: plain(name) });

/** The first round is not worth a word. */
const roundText = (round: number): Texts => (round > 1 ? line('inRound', { round }) : NOTHING);

const quietText = ({ kind, name, id = '' }: QuietBy): Texts => filled(QUIET_WORDS[kind], { name, id });

const stayedText = (reason: string): Texts => own(STAYED_REASONS, reason) ?? plain(reason);

const stepsText = (n: number): Texts => (n === 1 ? line('oneStep') : line('steps', { n }));

const ENDS = ['ended', 'all-empty', 'no-policy'];

/** How a case walks through its policy. */
export const POLICY_SENTENCES: Sentences<
  | 'EscalationStarted'
  | 'EscalationNotStarted'
  | 'StepStarted'
  | 'StepSkipped'
  | 'StepHeld'
  | 'RoundStarted'
  | 'FallbackPaged'
  | 'EscalationExhausted'
  | 'EscalationMigrated'
  | 'EscalationSuppressed'
  | 'SuppressionEnded'
  | 'PagesRepeated'
> = {
  EscalationStarted: ({ facts: { policy, steps } }) =>
    policy === undefined
      ? line('startedByHand', { steps: stepsText(steps) })
      : line('started', { policy, steps: stepsText(steps) }),
  EscalationNotStarted: ({ facts: { reason, priority, policy, clocks } }) => {
    if (clocks !== undefined) {
      const missed = listed(clocks.map((clock) => CLOCK_WORDS[clock]));
      return line('breachPagesNobody', { clocks: missed, why: stayedText(reason) });
    }
    if (reason === 'no-policy') return line('noPolicy');
    return priority === undefined || policy === undefined
      ? line('notStarted', { why: stayedText(reason) })
      : line('belowBand', { priority, policy });
  },
  StepStarted: ({ facts, nameOf }) =>
    joined(
      line('step', {
        n: numbered(facts.step),
        steps: facts.steps,
        name: plain(facts.stepName),
        persons: personsText(facts.persons, nameOf),
      }),
      roundText(facts.round),
      when(facts.inTurn, ({ of }) => line('inTurn', { of })),
      when(facts.conditionError, (error) => line('conditionErred', { error: plain(error) })),
      line('goesOn', { wait: durationText(facts.wait) }),
    ),
  StepSkipped: ({
    facts: { step, round, stepName = '', reason, targets = [], when: condition = '' },
    nameOf,
  }) => {
    const place = { n: numbered(step), name: plain(stepName) };
    const skipped = {
      'step.empty': () =>
        line('skippedEmpty', {
          ...place,
          targets: listed(targets.map((words) => targetText(words, nameOf))),
        }),
      'step.condition': () => line('skippedCondition', { ...place, when: plain(condition) }),
      'step.unreachable': () => line('leftUnreachable', place),
    };
    return joined(skipped[reason](), roundText(round));
  },
  StepHeld: ({ facts: { step, stepName, when: condition = '', lookedAtAgain } }) =>
    line('held', {
      n: numbered(step),
      name: plain(stepName),
      when: plain(condition),
      at: timeText(lookedAtAgain),
    }),
  RoundStarted: ({ facts: { round, from } }) => line('round', { round, from: plain(from) }),
  FallbackPaged: ({ facts: { persons, reminder }, nameOf }) =>
    line(reminder ? 'fallbackAgain' : 'fallback', { persons: personsText(persons, nameOf) }),
  EscalationExhausted: ({ facts: { reason, persons } }) =>
    joined(
      line(`exhausted.${reason}`),
      ENDS.includes(reason) && persons.length === 0 ? line('andNobody') : NOTHING,
    ),
  EscalationMigrated: ({ facts: { from, to, stepBefore, stepAfter }, by }) =>
    line('migrated', { by, from, to, before: plain(stepBefore), after: plain(stepAfter) }),
  EscalationSuppressed: ({ facts: { by, until, stepName } }) =>
    joined(
      // A parent has no end of its own: `until` is only when it is looked at again.
      by.kind === 'parent'
        ? line('suppressed', { why: quietText(by) })
        : line('suppressedUntil', { until: timeText(until), why: quietText(by) }),
      when(stepName, (name) => line('heldBack', { step: stepText(name) })),
    ),
  SuppressionEnded: ({ facts: { suppressedBy, since }, at }) =>
    line('suppressionEnded', { duration: durationText((at - since) / 1000), why: quietText(suppressedBy) }),
  PagesRepeated: ({ facts: { stepName, persons }, nameOf }) =>
    line('pagesRepeated', { name: plain(stepName), persons: personsText(persons, nameOf) }),
};

/** What people do with a case. */
export const ACT_SENTENCES: Sentences<
  | 'CaseAcknowledged'
  | 'OwnerReminded'
  | 'OwnershipConfirmed'
  | 'CaseReopened'
  | 'CaseEscalated'
  | 'CaseSnoozed'
  | 'SnoozeEnded'
  | 'OwnerTimesChanged'
  | 'CaseReassigned'
  | 'ResponderAdded'
  | 'ResponderJoined'
  | 'CaseMerged'
  | 'CaseUnmerged'
> = {
  CaseAcknowledged: ({ facts: { via, notPaged }, by }) =>
    joined(line('acknowledged', { by, via: viaText(via) }), notPaged === true ? line('notPaged') : NOTHING),
  OwnerReminded: ({ facts: { owner, since, persons, reopenAt }, nameOf }) =>
    joined(
      line(persons.length > 0 ? 'reminded' : 'nobodyToRemind', {
        owner: plain(nameOf(owner)),
        since: timeText(since),
      }),
      when(reopenAt, (at) => line('reopensAt', { at: timeText(at) })),
    ),
  OwnershipConfirmed: ({ facts: { remindedAt }, by }) => line('confirmed', { by, at: timeText(remindedAt) }),
  CaseReopened: ({ facts: { after, was, reason, since, because }, by, nameOf }) => {
    if (reason === 'acknowledgement.expired' && was !== undefined && since !== undefined)
      return line('takenBack', { was: plain(nameOf(was)), since: timeText(since) });
    const before = after === 'resolved' ? 'hadResolved' : 'hadIt';
    return joined(
      line('reopened', { by }),
      when(was, (who) =>
        before === 'hadIt'
          ? filled(TIMELINE_WORDS.hadIt, { was: plain(nameOf(who)) })
          : line('hadResolved', { was: plain(nameOf(who)) }),
      ),
      when(because, (texts) => filled(TIMELINE_WORDS.because, { because: texts })),
    );
  },
  CaseEscalated: ({ facts: { via, sla }, by }) =>
    sla === undefined
      ? line('escalated', { by, via: viaText(via) })
      : line('escalatedBySla', { clock: CLOCK_WORDS[sla] }),
  CaseSnoozed: ({ facts: { until, reason, was }, by, nameOf }) =>
    joined(
      line('snoozed', { by, until: timeText(until), reason: plain(reason) }),
      when(was, (who) => filled(TIMELINE_WORDS.hadIt, { was: plain(nameOf(who)) })),
    ),
  OwnerTimesChanged: ({ facts: { owner, remind, reopen, until, reason }, by, nameOf }) => {
    const who = { owner: plain(nameOf(owner)) };
    return joined(
      line('ownerTimes', { by, ...who, until: timeText(until), reason: plain(reason) }),
      remind === undefined
        ? line('ownerNotReminded')
        : line('ownerRemindedAfter', { after: durationText(remind) }),
      reopen === undefined ? line('ownerKeeps') : line('ownerLosesAfter', { after: durationText(reopen) }),
    );
  },
  SnoozeEnded: ({ facts: { reason, snoozedBy }, by, nameOf }) => {
    const who = plain(nameOf(snoozedBy));
    if (reason === 'by-hand') return line('snoozeEndedBy', { by, who });
    return line(reason === 'time' ? 'snoozeOver' : 'snoozeBroken', { who });
  },
  CaseReassigned: ({ facts: { to, persons, was }, by, nameOf }) =>
    joined(
      line('reassigned', {
        by,
        to: listed(to.map((words) => targetText(words, nameOf))),
        persons: personsText(persons, nameOf),
      }),
      when(was, (who) => filled(TIMELINE_WORDS.hadIt, { was: plain(nameOf(who)) })),
    ),
  ResponderAdded: ({ facts: { person }, by, nameOf }) =>
    line('responderAdded', { by, person: plain(nameOf(person)) }),
  ResponderJoined: ({ facts: { owner }, by, nameOf }) =>
    line('responderJoined', { by, owner: plain(nameOf(owner)) }),
  CaseMerged: ({ facts: { into }, by }) => line('merged', { by, into }),
  CaseUnmerged: ({ facts: { from }, by }) => line('unmerged', { by, from }),
};
