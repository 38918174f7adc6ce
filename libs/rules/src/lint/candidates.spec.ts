import { describe, expect, it } from '@jest/globals';
import type { Config, PolicyTarget, Target } from '@tocsin/contracts';
import { changedTree } from '../config/changed-tree.given.js';
import { readConfig } from '../config/read-config.js';
import { candidatesOf, policyTargets } from './candidates.js';
import { durationWords } from './duration-words.js';

const configOf = (changes: Readonly<Record<string, unknown>>): Config => {
  const read = readConfig(changedTree(changes));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
};
const step = (name: string, page: unknown) => ({ name, page, wait: '1m' });
const night = {
  steps: [step('duty', 'person chen'), step('boss', 'manager of the service')],
  fallback: { page: 'person ana' },
};
const config = configOf({
  '/policies/night': night,
  '/policies/outer': {
    steps: [step('in', 'policy night'), step('own', 'person bo')],
    fallback: { page: 'team live' },
  },
  '/teams/spare': {
    members: ['dee'],
    ladder: { tier2: 'schedule primary', manager: 'person ana', executive: 'everyone' },
  },
  '/services/other': { team: 'spare', policy: 'outer', handles: ['live'] },
});

describe('everybody whom a target may ever lead to', () => {
  const candidates = (target: Target | PolicyTarget, policy = 'outer') =>
    [...candidatesOf([target], policy, config)].sort();

  it.each<[string, Target | PolicyTarget, string[]]>([
    ['a person', { kind: 'person', name: 'bo' }, ['bo']],
    ['a person who is not there', { kind: 'person', name: 'gone' }, []],
    ['a team', { kind: 'team', name: 'live' }, ['ana', 'bo']],
    ['a team that is not there', { kind: 'team', name: 'gone' }, []],
    ['a schedule, whoever is on call', { kind: 'schedule', name: 'primary' }, ['ana', 'bo']],
    ['a schedule that is not there', { kind: 'schedule', name: 'gone' }, []],
    ['everyone', { kind: 'everyone' }, ['ana', 'bo', 'chen', 'dee']],
    [
      'a rung, on the ladder of the teams whose services use the policy',
      { kind: 'ladder', level: 'manager' },
      ['ana'],
    ],
    ['a rung that is a schedule', { kind: 'ladder', level: 'tier2' }, ['ana', 'bo']],
    [
      'a policy: those of its steps, by the ladder of the outer one',
      { kind: 'policy', name: 'night' },
      ['ana', 'chen'],
    ],
    ['a policy that is not there', { kind: 'policy', name: 'gone' }, []],
  ])('is for %s', (_, target, people) => {
    expect(candidates(target)).toEqual(people);
  });

  it('is for a rung of a policy that no service uses nobody, and of another team others', () => {
    expect(candidates({ kind: 'ladder', level: 'manager' }, 'night')).toEqual([]);
    expect(candidates({ kind: 'ladder', level: 'manager' }, 'live-pay')).toEqual(['chen', 'dee']);
  });

  it('is for policies in a circle each once', () => {
    const { policies } = config;
    const page: (Target | PolicyTarget)[] = [
      { kind: 'policy', name: 'a' },
      { kind: 'person', name: 'dee' },
    ];
    const a = {
      ...policies['night'],
      steps: [{ ...policies['night']?.steps[0], page }],
    } as Config['policies'][string];
    expect([...candidatesOf([{ kind: 'policy', name: 'a' }], 'a', { ...config, policies: { a } })]).toEqual([
      'dee',
    ]);
  });
});

describe('every target of a config', () => {
  it('is one of a step, a fallback or a rung; policies are none', () => {
    const words = [...policyTargets(config)].map((target) =>
      'name' in target ? `${target.kind} ${target.name}` : target.kind,
    );
    expect(words).toEqual([
      ...['schedule primary', 'ladder', 'team live', 'everyone'],
      ...['person chen', 'ladder', 'person ana'],
      ...['person bo', 'team live'],
      ...['person chen', 'person dee', 'person chen'],
      ...['schedule primary', 'person ana', 'everyone'],
    ]);
  });
});

describe('a duration in words', () => {
  it.each([
    [0, '0s'],
    [45, '45s'],
    [60, '1m'],
    [90, '90s'],
    [3600, '1h'],
    [5400, '90m'],
    [86_400, '1d'],
    [172_800, '2d'],
    [604_800, '1w'],
    [691_200, '8d'],
  ])('%d seconds are %s', (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });
});

describe('steps and services that reach nobody', () => {
  const warningsOf = (changes: Readonly<Record<string, unknown>>): string[] => {
    const read = readConfig(changedTree(changes));
    return (read.ok ? read.warnings : read.faults).map(({ pointer }) => pointer);
  };
  const silent = { name: 'x', timeZone: 'UTC' };

  it('are not named where one of several can be reached', () => {
    expect(warningsOf({ '/people/bo': silent })).toEqual(['/people/bo']);
  });

  it('are not named for a rung of a policy that no service uses', () => {
    const policy = { steps: [step('a', 'executive of the service')], escalates: 'P4' };
    expect(warningsOf({ '/policies/idle': policy })).toEqual(['/policies/idle']);
  });
});
