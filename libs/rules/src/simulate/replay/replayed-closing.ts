import { closeIfInactive, closingOf } from '../../closing/closing-times.js';
import type { CaseInput } from '../../escalation/case-input.js';
import { isCalm } from '../../grouping/flap.js';
import { calmed } from '../../grouping/grow-group.js';
import type { Moment } from './moment.js';
import { isOver, type ReplayedCase } from './replayed-case.js';

/** What a case is told when the time has come to look whether it closes; undefined when it goes on. */
export function closedBy(found: ReplayedCase, { at, config, row }: Moment): CaseInput | undefined {
  const { resolving, escalation, service } = found;
  if (resolving !== undefined) return { type: 'Resolved', by: resolving.by };
  const heardAt = row?.came.heardAt ?? found.heardAt;
  const decided = closeIfInactive(closingOf(config.config, service), escalation, heardAt, at);
  if (decided === 'close') return { type: 'Resolved', by: 'tocsin' };
  found.closeAt = decided;
  return undefined;
}

/** What a case is told when its group may have come to rest. */
export function calmedBy(found: ReplayedCase, { at }: Moment): CaseInput | undefined {
  const { group } = found;
  if (group === undefined || !isCalm(group, at)) return undefined;
  found.group = calmed(group);
  return !isOver(found) && group.open <= 0 ? { type: 'Resolved', by: 'tocsin' } : undefined;
}
