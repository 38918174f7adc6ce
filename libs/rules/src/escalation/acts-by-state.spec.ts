import { describe, expect, it } from '@jest/globals';
import {
  ack,
  CaseStory,
  escalate,
  LADDER,
  person,
  reopened,
  resolved,
  snoozed,
  T0,
  unreachable,
} from './case-story.given.js';
import type { CaseInput } from './case-input.js';
import type { Effect } from './effect.js';
import { wakeAtOf } from './escalation-case.js';
import type { EscalationContext } from './escalation-context.js';
import type { PolicyPlan } from './policy-plan.js';
import { ACTS_BY_STATE, UNDONE_BY_STATE } from './acts-by-state.given.js';

const isReached = (value: object): value is { person: string; via: string } =>
  'person' in value && 'via' in value;

/** Instants as seconds of the story; people by their name, unless a step did not lead to them. */
function short(value: unknown): unknown {
  if (typeof value === 'number') return value >= T0 ? secondsOf(value) : value;
  if (Array.isArray(value)) return value.map(short);
  if (typeof value !== 'object' || value === null) return value;
  if (isReached(value)) return value.via === 'test' ? value.person : `${value.person} (${value.via})`;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, short(one)]));
}

const secondsOf = (at: number): string => `${(at - T0) / 1000}s`;

const words = (facts: object): string =>
  Object.entries(facts)
    .map(([key, value]) => [key, short(value)] as const)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');

/** One line for each effect, with all that it says. */
function lineOf(effect: Effect): string {
  switch (effect.type) {
    case 'Tell':
      return `${effect.event} (${effect.epoch}, ${effect.by}): ${words(effect.facts)}`;
    case 'StopPages':
      return `stop ${effect.epoch}: ${effect.reason} by ${effect.by}`;
    case 'TakeTurn':
      return `turn of ${effect.policy}`;
    case 'RequestPages':
      return `page ${effect.epoch}: ${words({ ...effect, type: undefined, epoch: undefined })}`;
  }
}

const at = (status: string): CaseStory => {
  const owned: PolicyPlan = { ...LADDER, acknowledged: { P2: { remind: 300, reopen: 900, restart: 1 } } };
  const held: PolicyPlan = {
    ...LADDER,
    steps: LADDER.steps.map((step, i) =>
      i === 1 ? { ...step, when: 'case.priority == "P1"', timeZone: 'UTC', otherwise: 'hold' } : step,
    ),
  };
  const quiet: EscalationContext['quiet'] = (_, now) =>
    now >= T0 + 60_000 && now < T0 + 5_000_000
      ? { by: { kind: 'window', name: 'w', id: 'w1' }, until: T0 + 5_000_000 }
      : undefined;
  switch (status) {
    case 'none':
      return new CaseStory().opened(0, 'P5');
    case 'running':
      return new CaseStory().opened(0, 'P2').woke(120);
    case 'exhausted':
      return new CaseStory().opened(0, 'P2').leftAlone();
    case 'held':
      return new CaseStory(held).opened(0, 'P2').woke(120);
    case 'suppressed':
      return new CaseStory(LADDER, [], {}, undefined, quiet).opened(0, 'P2').woke(120);
    case 'snoozed':
      return new CaseStory().opened(0, 'P2').woke(120).when(130, snoozed('chen', 900));
    case 'acknowledged':
      return new CaseStory().opened(0, 'P2').when(60, ack('bo'));
    case 'reminded':
      return new CaseStory(owned).opened(0, 'P2').when(60, ack('bo')).woke(360);
    case 'resolved':
      return new CaseStory().opened(0, 'P2').when(60, resolved);
    default:
      throw new Error(status);
  }
};

/** Each act by the name that it has in the table, and how long after the case opened it comes. */
const ACTS: Readonly<Record<string, CaseInput>> = {
  'raised to P1': { type: 'PriorityChanged', to: 'P1' },
  'lowered to P5': { type: 'PriorityChanged', to: 'P5' },
  'opened again': { type: 'Opened', priority: 'P1' },
  'what hushes it changes': { type: 'QuietChanged' },
  acknowledged: ack('ana'),
  resolved,
  reopened,
  escalated: escalate('ana'),
  snoozed: snoozed('ana', 3000),
  reassigned: { type: 'Reassigned', by: 'ana', to: [person('dee')] },
  merged: { type: 'Merged', by: 'ana', into: '4F8' },
  unmerged: { type: 'Unmerged', by: 'ana' },
  'the owner’s step reaches nobody': unreachable(1),
};

/** What came of the last act, and how the case stands: status, epoch.round.step, when it wakes. */
function outcomeOf({ state, last: { effects, refused, stayed } }: CaseStory): string[] {
  const { status, epoch, round, step } = state;
  const wakeAt = wakeAtOf(state);
  const wakes = wakeAt === undefined ? '' : `, wakes ${secondsOf(wakeAt)}`;
  const nothing = refused === undefined ? stayed : `refused ${words(refused)}`;
  return [
    `${status} ${epoch}.${round}.${step}${wakes}`,
    ...(nothing === undefined ? effects.map(lineOf) : [nothing]),
  ];
}

/** Blocks of «act when state», each with its outcome below. */
function readBlocks(table: string): [string, string[]][] {
  return table
    .trim()
    .split(/\n(?=\S)/)
    .map((block) => {
      const [title = '', ...lines] = block.split('\n').map((line) => line.trim());
      return [title, lines];
    });
}

const WHEN = { exhausted: 1400, reminded: 370 } as const;
const secondOf = (state: string): number => WHEN[state as keyof typeof WHEN] ?? 150;

describe('what every act does in every state, with all that is told of it', () => {
  it.each(readBlocks(ACTS_BY_STATE))('%s', (title, outcome) => {
    const [, act = '', state = ''] = /^(.*) when (\w+)$/.exec(title) ?? [];
    const input = ACTS[act];
    if (input === undefined) throw new Error(`no act «${act}»`);
    expect(outcomeOf(at(state).when(secondOf(state), input))).toEqual(outcome);
  });
});

describe('a merge that is taken back', () => {
  it.each(readBlocks(UNDONE_BY_STATE))('%s', (title, outcome) => {
    const [, state = '', second = ''] = /^of one that was (\w+), at (\d+)s$/.exec(title) ?? [];
    const merged = at(state).when(secondOf(state), { type: 'Merged', by: 'ana', into: '4F8' });
    expect(outcomeOf(merged.when(Number(second), { type: 'Unmerged', by: 'bo' }))).toEqual(outcome);
  });

  it.each<[string, CaseInput, string]>([
    ['opening', { type: 'Opened', priority: 'P1' }, 'is-merged'],
    ['its timer', { type: 'Woke' }, 'is-merged'],
    ['a window', { type: 'QuietChanged' }, 'is-merged'],
    ['a priority', { type: 'PriorityChanged', to: 'P1' }, 'is-merged'],
    ['a page that reached nobody', unreachable(1), 'is-merged'],
    ['an answer', ack('bo'), 'refused reason merged, owner ana'],
    ['its end', resolved, 'refused reason merged, owner ana'],
    ['a wish', escalate('bo'), 'refused reason merged, owner ana'],
    ['a second merge', { type: 'Merged', by: 'bo', into: '4F9' }, 'refused reason merged, owner ana'],
  ])('is not moved before by %s', (_, input, outcome) => {
    const merged = at('running').when(150, { type: 'Merged', by: 'ana', into: '4F8' }).when(160, input);
    expect(outcomeOf(merged)).toEqual(['cancelled 1.1.1', outcome]);
  });
});
