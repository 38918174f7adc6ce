import { describe, expect, it } from '@jest/globals';
import { Person, type Priority } from '@tocsin/contracts';
import type { NamedMethod } from './attempt-plan.js';
import { nextTry, RETRY_BUDGET } from './next-try.js';
import { pageKeyOf } from './page-key.js';
import { methodsOf, planAttempts } from './plan-attempts.js';

const bo = Person.parse({
  name: 'Bo Li',
  timeZone: 'Asia/Singapore',
  contact: {
    app: { push: true },
    phone: { sms: '+65' },
    voice: { call: '+65' },
    mail: { email: 'bo@example.com' },
  },
  notify: {
    'P1-P2': [{ via: ['app', 'phone'] }, { after: '60s', via: ['voice', 'app'] }],
    'P3-P4': [{ after: '5m', via: 'mail' }],
  },
});

const planned = (priority: Priority, methods: readonly NamedMethod[] = methodsOf(bo), notify = bo.notify) => {
  const { attempts, reason } = planAttempts({ priority, dueAt: 1_000_000 }, notify, methods);
  return [
    ...attempts.map((a) => `${(a.dueAt - 1_000_000) / 1000}s ${a.method} ${a.channel}`),
    ...(reason ? [reason] : []),
  ];
};

const hook: NamedMethod = { name: 'hook', channel: 'webhook', joins: ['P1', 'P2'] };

describe('a page becomes attempts by the rules of the person', () => {
  it.each<[string, Priority, string[]]>([
    [
      'the steps of its band in order, each method once',
      'P1',
      ['0s app push', '0s phone sms', '60s voice call'],
    ],
    ['also at the end of a band', 'P4', ['300s mail email']],
    [
      'without a rule every method at once',
      'P5',
      ['0s app push', '0s phone sms', '0s voice call', '0s mail email', 'no-rule'],
    ],
  ])('%s', (_, priority, expected) => {
    expect(planned(priority)).toEqual(expected);
  });

  it('a method of its own joins the first step of its bands', () => {
    expect(planned('P2', [...methodsOf(bo), hook])).toEqual([
      '0s hook webhook',
      '0s app push',
      '0s phone sms',
      '60s voice call',
    ]);
    expect(planned('P3', [...methodsOf(bo), hook])).toEqual(['300s mail email']);
  });

  it('when no method of the rules can be used, the others are, all at once', () => {
    expect(planned('P1', [{ name: 'mail', channel: 'email' }])).toEqual(['0s mail email', 'no-rule']);
    expect(planned('P4', [hook], {})).toEqual(['0s hook webhook', 'no-rule']);
  });

  it('without a method nobody can be reached, and that is said', () => {
    expect(planned('P1', [])).toEqual(['no-methods']);
  });
});

describe('the page key', () => {
  const key = {
    tenant: 'default',
    caseId: '4F7K2',
    epoch: 1,
    round: 2,
    step: 0,
    person: 'bo',
    channel: 'phone',
  };

  it('is a text of its members', () => {
    expect(pageKeyOf(key)).toBe('default/4F7K2/1.2.0/bo/phone');
  });

  it('differs whenever a member differs', () => {
    expect(pageKeyOf({ ...key, person: 'bo/phone', channel: 'x' })).not.toBe(
      pageKeyOf({ ...key, channel: 'phone/x' }),
    );
  });
});

describe('trying again', () => {
  const failed = { outcome: 'retryable', priority: 'P1', tries: 1, firstAt: 0, receipts: true } as const;

  it.each([
    ['a first failure waits up to 1 s', failed, 1, { again: true, at: 1000, repeat: false }],
    ['full jitter may make it at once', failed, 0, { again: true, at: 0, repeat: false }],
    ['the wait doubles', { ...failed, tries: 4 }, 0.5, { again: true, at: 4000, repeat: false }],
    ['up to 30 s', { ...failed, tries: 40 }, 1, { again: true, at: 30_000, repeat: false }],
    [
      'the provider may ask for longer',
      { ...failed, retryAfter: 90 },
      1,
      { again: true, at: 90_000, repeat: false },
    ],
    [
      'an unknown P1 goes out again at once, marked',
      { ...failed, outcome: 'unknown' },
      1,
      { again: true, at: 0, repeat: true },
    ],
    [
      'an unknown P3 waits for its receipt, then marked',
      { ...failed, outcome: 'unknown', priority: 'P3' },
      1,
      { again: true, at: 60_000, repeat: true },
    ],
    [
      'an unknown P3 goes out again at once where no receipt can come',
      { ...failed, outcome: 'unknown', priority: 'P3', receipts: false },
      1,
      { again: true, at: 0, repeat: true },
    ],
    [
      'a permanent failure never',
      { ...failed, outcome: 'permanent' },
      1,
      { again: false, reason: 'permanent' },
    ],
  ] as const)('%s', (_, what, jitter, verdict) => {
    expect(nextTry(what, 0, jitter)).toEqual(verdict);
  });

  it.each(['P1', 'P2', 'P5'] as const)('%s ends with its budget', (priority) => {
    const end = RETRY_BUDGET[priority] * 1000;
    expect(nextTry({ ...failed, priority, tries: 9 }, end - 30_000, 1).again).toBe(true);
    expect(nextTry({ ...failed, priority, tries: 9 }, end - 29_999, 1)).toEqual({
      again: false,
      reason: 'budget-spent',
    });
  });
});
