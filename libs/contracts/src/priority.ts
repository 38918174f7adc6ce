import { z } from 'zod';

/** P1 is the most urgent. Compared by membership or `rankOf`, never as text. */
export const PRIORITIES = ['P1', 'P2', 'P3', 'P4', 'P5'] as const;
export const Priority = z.enum(PRIORITIES);
export type Priority = z.infer<typeof Priority>;

/** What our own alerts say of their urgency, the most urgent first: `critical` is P1 unless the config says otherwise. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** 1 for P1 … 5 for P5. */
export const rankOf = (priority: Priority): number => PRIORITIES.indexOf(priority) + 1;

/** The more urgent of two priorities. */
export const moreUrgent = (a: Priority, b: Priority): Priority => (rankOf(a) <= rankOf(b) ? a : b);

/** Hot: P1 and P2 and whatever cannot be computed; never shed, never queued behind cold. */
export const LANES = ['hot', 'cold'] as const;
export const Lane = z.enum(LANES);
export type Lane = z.infer<typeof Lane>;

export const laneOf = (priority: Priority | undefined): Lane =>
  priority === undefined || rankOf(priority) <= 2 ? 'hot' : 'cold';
