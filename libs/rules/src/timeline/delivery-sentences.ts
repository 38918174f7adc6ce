import {
  ATTEMPT_WORDS,
  CHANNEL_WORDS,
  CLOCK_WORDS,
  DELIVERY_REASONS,
  type SlaKind,
  type Texts,
} from '@tocsin/contracts';
import { own } from '../own.js';
import { joined } from '../texts-of.js';
import { capital, durationText, listed, plain, timeText } from './plain-words.js';
import { line, NOTHING, type Sentences, type ToldEvent, when } from './told-event.js';

/** What became of pages. */
export const PAGE_SENTENCES: Sentences<'AttemptRecorded' | 'PageUnreachable'> = {
  AttemptRecorded: ({ facts: { channel, person, method, try: n, state, reason, repeat }, nameOf }) =>
    joined(
      line(n > 1 ? 'attemptOf' : 'attempt', {
        channel: own<Texts>(CHANNEL_WORDS, channel) ?? plain(channel),
        person: plain(nameOf(person)),
        method: plain(method),
        n,
        state: ATTEMPT_WORDS[state],
      }),
      when(reason, (why) => line('why', { why: reasonText(why) })),
      repeat ? line('marked') : NOTHING,
    ),
  PageUnreachable: ({ facts: { person, reason }, nameOf }) =>
    line('unreachable', { person: plain(nameOf(person)), why: reasonText(reason) }),
};

/** What stands before the first colon is ours, and translated; the rest is what the channel said. */
function reasonText(reason: string): Texts {
  const whole = own(DELIVERY_REASONS, reason);
  if (whole !== undefined) return whole;
  const colon = reason.indexOf(': ');
  const head = colon < 0 ? undefined : own(DELIVERY_REASONS, reason.slice(0, colon));
  if (head === undefined) return plain(reason);
  return joined(head, { en: ': ', 'zh-CN': '：' }, plain(reason.slice(colon + 2)));
}

const clocksText = (clocks: readonly SlaKind[]): Texts => listed(clocks.map((clock) => CLOCK_WORDS[clock]));

/** What was promised, and whether it was kept. */
export const SLA_SENTENCES: Sentences<
  'SlaStarted' | 'SlaPaused' | 'SlaResumed' | 'SlaAtRisk' | 'SlaBreached' | 'SlaEnded'
> = {
  SlaStarted: ({ facts: { policy, calendar, priority, clocks, due } }) =>
    line('slaStarted', {
      ...{ policy, calendar, priority },
      dues: due === undefined ? clocksText(clocks) : listed(clocks.map((clock) => dueText(clock, due))),
    }),
  SlaPaused: ({ facts: { because, clocks } }) =>
    capital(line('slaMoved', { because, clocks: clocksText(clocks) })),
  SlaResumed: ({ facts: { because, clocks } }) =>
    capital(line('slaMoved', { because, clocks: clocksText(clocks) })),
  SlaAtRisk: ({ facts }) => line(facts.dueAt === undefined ? 'atRiskPaused' : 'atRisk', lateFacts(facts)),
  SlaBreached: ({ facts }) => line('breached', lateFacts(facts)),
  SlaEnded: ({ facts: { policy, clocks, met }, by }) =>
    line(met ? 'slaMet' : 'slaMissed', { policy, by, clocks: clocksText(clocks) }),
};

type Due = NonNullable<ToldEvent<'SlaStarted'>['facts']['due']>;

function dueText(clock: SlaKind, due: Due): Texts {
  const found = due.find((each) => each.clock === clock);
  return found === undefined
    ? line('noDue', { clock: CLOCK_WORDS[clock] })
    : line('dueAt', { clock: CLOCK_WORDS[clock], at: timeText(found.dueAt) });
}

const lateFacts = ({ policy, clocks, target, dueAt = '' }: ToldEvent<'SlaAtRisk'>['facts']) => ({
  policy,
  clocks: clocksText(clocks),
  target: durationText(target),
  at: timeText(dueAt),
});
