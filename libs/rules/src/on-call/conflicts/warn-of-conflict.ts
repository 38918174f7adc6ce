import type { Config, Instant, Target } from '@tocsin/contracts';
import { resolveTargets } from '../../routing/resolve-targets.js';
import type { ChangeBook } from '../changes/change-book.js';
import { DAY_MS, HOUR_MS } from '../zone-clock.js';
import type { ShiftConflict } from './shift-conflicts.js';

/** How long before a turn its conflict is told, the earliest first. */
export const CONFLICT_LEADS = [
  { lead: '14d', ms: 14 * DAY_MS },
  { lead: '3d', ms: 3 * DAY_MS },
  { lead: '12h', ms: 12 * HOUR_MS },
] as const;

export type ConflictLead = (typeof CONFLICT_LEADS)[number]['lead'];

/**
 * The warning of a conflict that is due: of several the last, for nobody needs two at once. A turn that has begun is
 * not warned of.
 */
export function dueLead({ from }: Pick<ShiftConflict, 'from'>, now: Instant): ConflictLead | undefined {
  return from <= now ? undefined : CONFLICT_LEADS.findLast(({ ms }) => from - ms <= now)?.lead;
}

/** When the next warning of a conflict is due; undefined after the last. */
export const nextLeadAt = ({ from }: Pick<ShiftConflict, 'from'>, now: Instant): Instant | undefined =>
  CONFLICT_LEADS.map(({ ms }) => from - ms).find((at) => at > now);

/**
 * Who is told: whose turn it is, and those who answer for the schedule: Tier 2 of each team whose ladder names it, or
 * its manager where it has no Tier 2.
 */
export function toldOfConflict(
  config: Config,
  changes: ChangeBook,
  { conflict, now }: { readonly conflict: ShiftConflict; readonly now: Instant },
): string[] {
  const names = (target: Target): boolean => target.kind === 'schedule' && target.name === conflict.schedule;
  const targets = Object.values(config.teams)
    .filter(({ ladder }) => Object.values(ladder).some((rung) => rung?.some(names)))
    .flatMap(({ ladder }) => ladder.tier2 ?? ladder.manager ?? []);
  const { persons } = resolveTargets(targets, { config, service: undefined, at: now, changes });
  return [...new Set([conflict.person, ...persons.map(({ person }) => person)])];
}
