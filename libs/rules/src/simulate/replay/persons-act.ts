import type { Config, RecordedAct } from '@tocsin/contracts';
import { judgeResolution } from '../../resolution/judge-resolution.js';
import { isOver, type ReplayedCase } from './replayed-case.js';

/** What somebody wants of a case. */
export type PersonsAct = Exclude<RecordedAct, { type: 'StepUnreachable' }>;

/** For the pages that the case has now. */
export const withoutEpoch = (act: PersonsAct): PersonsAct =>
  'epoch' in act ? { ...act, epoch: undefined } : act;

/** What was said in somebody's own words, which are not recorded. */
const SOMETHING = '…';

/** Whether the config lets a case of this priority end with what was said; of any other act, yes. */
export function isFitting(found: ReplayedCase, act: PersonsAct, { resolution }: Config): boolean {
  if (act.type !== 'Resolved' || isOver(found)) return true;
  const words = Object.fromEntries((act.said ?? []).map((member) => [member, SOMETHING]));
  const said = { ...words, ...(act.code === undefined ? {} : { code: act.code }) };
  return judgeResolution(said, found.priority, resolution).length === 0;
}
