import { type CaseEvent, Config, type ConfigTree, type Instant, isoOf } from '@tocsin/contracts';
import { Temporal } from 'temporal-polyfill';
import type { SlaClock } from './sla-clock.js';
import type { SlaEffect } from './sla-effect.js';
import type { SlaInput } from './sla-input.js';
import { runClock } from './run-clock.js';
import { type SlaTerms, slaTerms } from './sla-terms.js';

type WrittenPolicy = Partial<NonNullable<ConfigTree['sla']>[number]>;

/** Story 5: Singapore's business hours with a holiday on Wednesday, and a promise of four of them. */
export const storyConfig = (more: WrittenPolicy = {}): Config =>
  Config.parse({
    calendars: {
      'sg-business': {
        timeZone: 'Asia/Singapore',
        hours: { 'Mon-Fri': '09:00-18:00' },
        holidays: [{ date: '2026-11-04', name: 'Holiday of the story' }],
      },
    },
    sla: [
      {
        name: 'business',
        when: 'true',
        calendar: 'sg-business',
        targets: { 'first-response': { P1: '15m', P2: '4h' }, 'next-update': { P2: '1h' } },
        'pause-in': ['waiting-for-customer', 'on-hold'],
        'on-breach': 'escalate',
        ...more,
      },
    ],
  });

export function storyTerms(more?: WrittenPolicy): SlaTerms {
  const terms = slaTerms(storyConfig(more), 'business');
  if (terms === undefined) throw new Error('no policy «business»');
  return terms;
}

/** @param time such as `2026-11-05T10:20`, in Singapore */
export const inSingapore = (time: string): Instant =>
  Temporal.ZonedDateTime.from(`${time}[Asia/Singapore]`).epochMilliseconds;

/** One clock with what it told, so that a spec reads as a story. */
export class ClockStory {
  readonly effects: SlaEffect[] = [];
  /** The rows that routing would write, with their times. */
  readonly timeline: CaseEvent[] = [];

  constructor(
    public clock: SlaClock,
    readonly terms: SlaTerms,
  ) {}

  at(now: Instant, input: SlaInput): this {
    if (input.type === 'PriorityChanged') this.tell('PriorityChanged', now, { to: input.to });
    return this.take(runClock(this.clock, input, this.terms, now), now);
  }

  take({ clock, effects }: { clock: SlaClock; effects: readonly SlaEffect[] }, now: Instant): this {
    this.clock = clock;
    this.effects.push(...effects);
    for (const effect of effects)
      if (effect.type === 'Tell')
        this.tell(effect.event, now, { ...effect.facts, clocks: effect.clocks, due: effect.due });
    return this;
  }

  private tell(type: CaseEvent['type'], now: Instant, facts: CaseEvent['facts']): void {
    const place = { tenant: 'default', caseId: '4F7K2', epoch: 1, by: 'spec' };
    this.timeline.push({ ...place, type, at: isoOf(now), facts });
  }
}
