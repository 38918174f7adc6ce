import {
  type Config,
  instantOf,
  PLAN_TEXTS,
  type PlannedHistory,
  say,
  SIMULATE_TEXTS,
} from '@tocsin/contracts';
import { type DifferenceKind, durationWords } from '@tocsin/rules';
import type { Context } from '../context.js';

const DAY_MS = 86_400_000;

type Tell = (name: keyof typeof PLAN_TEXTS, facts?: Parameters<typeof say>[2]) => string;

/**
 * What a plan would have meant to recorded history, as lines.
 * @param asked days of history that were asked for
 */
export function historyLines(
  history: PlannedHistory,
  asked: number,
  config: Config,
  { settings: { language } }: Context,
): string[] {
  const tell: Tell = (name, facts) => say(PLAN_TEXTS[name], language, facts);
  const { from, until, cases } = history;
  // A recording ends a minute before it is read: what is younger cannot be judged yet.
  if (instantOf(until) <= instantOf(from)) return [tell('noHistoryYet')];
  const days = Math.round(((instantOf(until) - instantOf(from)) / DAY_MS) * 10) / 10;
  const lines = [
    affectedLine(history, language),
    ...(days < asked - 1 ? [tell('shortHistory', { from, days })] : []),
    ...peopleLines(history, config, tell),
    p1Line(history, tell),
    ...history.holes.map((hole) => tell('replayedHole', hole)),
    ...breachLines(history, tell),
    ...leftLines(history, tell, language),
  ];
  return [tell('history', { from, until, cases }), ...lines.map((line) => `  ${line}`)];
}

function affectedLine(
  { affected, kinds }: PlannedHistory,
  language: Context['settings']['language'],
): string {
  if (affected === 0) return say(SIMULATE_TEXTS.none, language);
  const words = Object.entries(kinds).map(
    ([kind, count]) => `${say(SIMULATE_TEXTS[kind as DifferenceKind], language)} ${count}`,
  );
  return say(SIMULATE_TEXTS.some, language, { count: affected, kinds: words.join(' · ') });
}

function peopleLines({ people }: PlannedHistory, config: Config, tell: Tell): string[] {
  if (people.length === 0) return [tell('replayedNobody')];
  return people.map(({ person, before, after }) => {
    const [was, would] = [before.day + before.night, after.day + after.night];
    return tell('replayedPerson', {
      ...{ name: config.people[person]?.name ?? person, before: was, after: would },
      more: signed(would - was),
      ...{ nightBefore: before.night, nightAfter: after.night },
      nightMore: signed(after.night - before.night),
    });
  });
}

/** With its sign: + and the true minus, so that one finds it. */
const signed = (difference: number): string =>
  difference < 0 ? `−${-difference}` : difference === 0 ? '±0' : `+${difference}`;

function p1Line({ p1: { before, after } }: PlannedHistory, tell: Tell): string {
  if (before.cases + after.cases === 0) return tell('replayedNoP1');
  const words = (seconds: number | undefined): string =>
    seconds === undefined ? '—' : durationWords(Math.round(seconds));
  return tell('replayedP1', {
    ...{ p50Before: words(before.p50), p50After: words(after.p50) },
    ...{ p90Before: words(before.p90), p90After: words(after.p90) },
    ...{ casesBefore: before.cases, casesAfter: after.cases },
    ...{ neverBefore: before.never, neverAfter: after.never },
  });
}

const breachLines = ({ breaches }: PlannedHistory, tell: Tell): string[] =>
  breaches.length === 0 ? [tell('replayedNoBreach')] : breaches.map((one) => tell('replayedBreach', one));

function leftLines(
  { left }: PlannedHistory,
  tell: Tell,
  language: Context['settings']['language'],
): string[] {
  const { openedBefore, unreadable, withoutConfig, withoutBreaches, actsLost, notRecorded } = left;
  const isWhole = openedBefore + unreadable + withoutConfig === 0;
  return [
    ...(isWhole ? [] : [tell('replayedLeft', { openedBefore, unreadable, withoutConfig })]),
    ...(withoutBreaches > 0
      ? [say(SIMULATE_TEXTS.withoutBreaches, language, { count: withoutBreaches })]
      : []),
    ...(actsLost > 0 ? [say(SIMULATE_TEXTS.actsLost, language, { count: actsLost })] : []),
    ...Object.entries(notRecorded).map(([fact, cases]) =>
      say(SIMULATE_TEXTS.notRecorded, language, { fact, cases }),
    ),
  ];
}
