import { expect } from '@jest/globals';
import type { Instant, Priority, Target } from '@tocsin/contracts';
import { type CaseFacts, EMPTY_CASE_FACTS } from '../conditions/case-facts.js';
import type { CaseInput } from './case-input.js';
import { decide } from './decide.js';
import type { Decision } from './decision.js';
import type { Effect, RequestPages } from './effect.js';
import { type EscalationCase, NOT_OPENED } from './escalation-case.js';
import type { EscalationContext } from './escalation-context.js';
import type { PolicyPlan } from './policy-plan.js';

/** 2026-11-23 09:00 UTC. */
export const T0: Instant = 1_795_424_400_000;

export const person = (name: string): Target => ({ kind: 'person', name });

/** Story 3: on call 120 s, owner 180 s, manager 180 s, once more from the owner, then everyone. */
export const LADDER: PolicyPlan = {
  policy: 'live-pay',
  service: 'live-payouts',
  steps: [
    { name: 'on-call', page: [person('bo')], wait: 120 },
    { name: 'owner', page: [person('chen')], wait: 180 },
    { name: 'manager', page: [person('dee')], wait: 180 },
  ],
  repeat: { from: 1, times: 1 },
  fallback: [{ kind: 'everyone' }],
  escalatesDownTo: 'P4',
};

const EVERYONE = ['ana', 'bo', 'chen', 'dee'];

/** `nobody` and unknown targets lead to nobody. */
const resolverOf = (away: readonly string[]) => (targets: readonly Target[]) => {
  const found = targets.flatMap((t) => {
    if (t.kind === 'everyone' || (t.kind === 'team' && t.name === 'live')) return EVERYONE;
    return 'name' in t ? [t.name] : [];
  });
  const persons = found.filter((name) => EVERYONE.includes(name) && !away.includes(name));
  return {
    persons: persons.map((p) => ({ person: p, via: 'test' })),
    empty: persons.length > 0 ? [] : ['nobody'],
  };
};

/** A case that is told what happens, with the seconds since T0. */
export class CaseStory {
  state: EscalationCase = NOT_OPENED;
  last: Decision = { state: NOT_OPENED, effects: [] };
  readonly pages: (Pick<RequestPages, 'epoch' | 'round' | 'step'> & { at: number; persons: string[] })[] = [];

  constructor(
    private readonly plan: PolicyPlan = LADDER,
    private readonly away: readonly string[] = [],
    private readonly facts: Partial<CaseFacts> = {},
    private readonly turnOf?: EscalationContext['turnOf'],
    private readonly quiet?: EscalationContext['quiet'],
  ) {}

  when(second: number, input: CaseInput): this {
    this.last = decide(
      this.state,
      input,
      {
        plan: this.plan,
        facts: { ...EMPTY_CASE_FACTS, ...this.facts },
        resolve: resolverOf(this.away),
        turnOf: this.turnOf,
        quiet: this.quiet,
      },
      T0 + second * 1000,
    );
    this.state = this.last.state;
    for (const page of this.last.effects.filter((e): e is RequestPages => e.type === 'RequestPages')) {
      const { epoch, round, step, persons, dueAt } = page;
      this.pages.push({ at: (dueAt - T0) / 1000, epoch, round, step, persons: persons.map((p) => p.person) });
    }
    return this;
  }

  opened(second: number, priority: Priority): this {
    return this.when(second, { type: 'Opened', priority });
  }

  woke(...seconds: readonly number[]): this {
    for (const second of seconds) this.when(second, { type: 'Woke' });
    return this;
  }

  /** Lets the timer fire on time until the case waits for nothing, or for reminders only. */
  leftAlone(): this {
    while (this.state.status === 'running') this.woke((this.state.wakeAt - T0) / 1000);
    return this;
  }

  /** Everybody who was paged, as `second: persons`. */
  paged(...expected: readonly string[]): this {
    expect(this.pages.map((p) => `${p.at}: ${p.persons.join(' ')}`)).toEqual(expected);
    return this;
  }

  told(...events: readonly string[]): this {
    const told = this.last.effects.filter((e): e is Extract<Effect, { type: 'Tell' }> => e.type === 'Tell');
    const reasonOf = ({ facts }: (typeof told)[number]): string =>
      'reason' in facts ? (facts.reason ?? '') : '';
    expect(told.map((t) => `${t.event} ${reasonOf(t)}`.trim())).toEqual(events);
    return this;
  }

  is(expected: Partial<EscalationCase> & { readonly wakesAt?: number | undefined }): this {
    const { wakesAt, ...state } = expected;
    expect(this.state).toMatchObject(state);
    if (wakesAt !== undefined) expect(this.state).toMatchObject({ wakeAt: T0 + wakesAt * 1000 });
    return this;
  }

  stayed(reason: string): this {
    expect(this.last).toMatchObject({ effects: [], stayed: reason });
    return this;
  }

  /** The epochs whose pages the last input stopped, with the reason. */
  stopped(...expected: readonly string[]): this {
    const stops = this.last.effects.filter(
      (e): e is Extract<Effect, { type: 'StopPages' }> => e.type === 'StopPages',
    );
    expect(stops.map(({ epoch, reason }) => `${epoch} ${reason}`)).toEqual(expected);
    return this;
  }

  /** What the last input told with this event. */
  says(event: string, facts: Readonly<Record<string, unknown>>): this {
    expect(this.last.effects.find((e) => e.type === 'Tell' && e.event === event)).toMatchObject({ facts });
    return this;
  }

  /** The page that the last input asked for. */
  pagesWith(expected: Partial<RequestPages>): this {
    expect(this.last.effects.find((e) => e.type === 'RequestPages')).toMatchObject(expected);
    return this;
  }

  refused(reason: string, owner?: string): this {
    expect(this.last).toMatchObject({
      effects: [],
      refused: owner === undefined ? { reason } : { reason, owner },
    });
    return this;
  }
}

export const ack = (by: string, epoch?: number) => ({ type: 'Acknowledged', by, epoch }) as const;
export const resolved = { type: 'Resolved', by: 'zendesk' } as const;
export const reopened = { type: 'Reopened', by: 'zendesk' } as const;
export const escalate = (by: string) => ({ type: 'EscalateNow', by }) as const;
export const unreachable = (step: number, who?: string, round = 1, epoch = 1) =>
  ({ type: 'StepUnreachable', epoch, round, step, person: who }) as const;
export const snoozed = (by: string, second: number) =>
  ({ type: 'Snoozed', by, until: T0 + second * 1000, reason: 'wait for the bank' }) as const;
