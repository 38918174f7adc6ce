import { type Config, isoOf, PLAN_TEXTS, say } from '@tocsin/contracts';
import { durationWords, type PeoplePlan } from '@tocsin/rules';
import { provedDays } from '../prove-coverage/proved-days.js';
import type { Context } from '../context.js';
import type { ConfigPlan } from './plan-config.js';
import { historyLines } from './show-history.js';

type Facts = Parameters<typeof say>[2];

/** A plan as lines: each value that differs, then what it means to people. */
export function planLines(plan: ConfigPlan, config: Config, context: Context): string {
  if (plan.changes.length === 0) return `${context.say('noChange', { revision: plan.revision })}\n`;
  const meaning = plan.meaning === undefined ? [] : meaningLines(plan.meaning, config, context);
  const coverage = provedDays(config, context.terminal.now(), context.settings.language);
  const lines = [
    ...meaning,
    ...coverage.map(({ text }) => text),
    ...replayedLines(plan, config, context),
    ...eyesLines(plan, context),
  ];
  return [...plan.changes.map(linesOf), ...lines.map((line) => `${line}\n`)].join('');
}

function replayedLines({ replayed }: ConfigPlan, config: Config, context: Context): string[] {
  if (replayed === undefined) return [];
  if ('history' in replayed) return historyLines(replayed.history, replayed.askedDays, config, context);
  return [say(PLAN_TEXTS.noHistory, context.settings.language, { why: replayed.why })];
}

/** What apply will ask for; a server of before says nothing of it. */
function eyesLines(
  { risks = [], approvedBy = [], historyUnknown }: Partial<ConfigPlan>,
  context: Context,
): string[] {
  const said = (weight: 'blocks' | 'second-approver') => risks.filter((risk) => risk.weight === weight);
  const [blocking, worse] = [said('blocks'), said('second-approver')];
  const lines = [...blocking, ...worse].map(({ detail }) => `  ${detail}`);
  const unjudged = unjudgedLines(historyUnknown, context);
  if (lines.length === 0) return unjudged;
  if (blocking.length > 0) return [context.say('planBlocked'), ...lines, ...unjudged];
  const by = approvedBy.join(', ');
  const needs = by === '' ? context.say('planNeedsApprover') : context.say('planApproved', { by });
  return [needs, ...lines, ...unjudged];
}

/** Whoever leaves history out knows that it is not judged. */
function unjudgedLines(unknown: ConfigPlan['historyUnknown'], context: Context): string[] {
  if (unknown === undefined || unknown.reason === 'not-asked') return [];
  return [context.say('planUnjudged', { why: unknown.detail })];
}

function linesOf({ kind, name, change, differences = [] }: ConfigPlan['changes'][number]): string {
  const object = name === undefined ? kind : `${kind}.${name}`;
  const values = differences.map(
    ({ pointer, before, after }) => `  ${pointer}: ${shown(before)} → ${shown(after)}\n`,
  );
  return `${object}: ${change}\n${values.join('')}`;
}

const shown = (value: unknown): string => (value === undefined ? '—' : JSON.stringify(value));

function meaningLines(
  { from, until, people, secondPerson, windows, watched }: PeoplePlan,
  config: Config,
  context: Context,
): string[] {
  const tell = (name: keyof typeof PLAN_TEXTS, facts?: Facts): string =>
    say(PLAN_TEXTS[name], context.settings.language, facts);
  const span = { from: isoOf(from).slice(0, 10), until: isoOf(until).slice(0, 10) };
  if (people.length + secondPerson.length + windows.length + watched.length === 0)
    return [tell('nobody', span)];
  const lines = people.flatMap((change) => personLines(change, config, tell));
  const seconds = secondPerson.map(({ service, before, after, worsens }) => {
    const text = tell('secondPerson', {
      service,
      before: secondsWords(before, tell),
      after: secondsWords(after, tell),
    });
    return worsens ? tell('worsens', { text }) : text;
  });
  return [
    tell('heading', span),
    ...[
      ...lines,
      ...seconds,
      ...windows.map((w) => windowLine(w, tell)),
      ...watched.map(({ kind, name, now }) => tell(now, { kind, name })),
    ].map((line) => `  ${line}`),
  ];
}

type Tell = (name: keyof typeof PLAN_TEXTS, facts?: Facts) => string;

function personLines(
  { person, pages, onCall }: PeoplePlan['people'][number],
  { people }: Config,
  tell: Tell,
): string[] {
  const name = people[person]?.name ?? person;
  return [
    ...pages.map(({ service, priorities, before, after }) => {
      const facts = {
        name,
        service,
        priorities: priorities.join(' '),
        before: times(before),
        after: times(after),
      };
      return tell(before.length === 0 ? 'gains' : after.length === 0 ? 'loses' : 'pages', facts);
    }),
    ...onCall.map(({ schedule, before, after }) => tell('onCall', { name, schedule, before, after })),
  ];
}

function windowLine({ name, scope, before, after, next }: PeoplePlan['windows'][number], tell: Tell): string {
  const parts = Object.entries(scope).map(([key, value]) => `${key} ${[value].flat().join(', ')}`);
  const words = parts.length === 0 ? tell('everything') : parts.join('; ');
  const text = tell('window', { name, scope: words, before, after });
  if (next === undefined) return text;
  return tell('windowNext', { text, from: isoOf(next.from), until: isoOf(next.until) });
}

const times = (seconds: readonly number[]): string => seconds.map(durationWords).join(', ');

const secondsWords = (seconds: number | null, tell: Tell): string =>
  seconds === null ? tell('never') : durationWords(seconds);
