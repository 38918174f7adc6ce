import type { Config } from '@tocsin/contracts';
import { own } from '../../own.js';
import type { ChangeBook } from '../changes/change-book.js';
import { finalShifts } from '../final-shifts.js';
import type { HeldStretch, Holding } from './cover-request.js';

/** How the person has the stretch. Their leave is left aside: giving a turn away is what a person on leave does. */
export function holdingOf(config: Config, changes: ChangeBook, stretch: HeldStretch): Holding {
  const { schedule: name, role, person, from, until } = stretch;
  const schedule = own(config.schedules, name);
  if (schedule === undefined || until <= from) return 'not-theirs';
  const lane = { role, changes: { ...changes.of(name, role), leaveOf: () => [] } };
  const { shifts, gaps } = finalShifts(schedule, { from, until }, lane);
  if (gaps.length > 0 || shifts.some((shift) => shift.person !== person)) return 'not-theirs';
  if (shifts.some(({ why }) => why.by === 'swap')) return 'by-swap';
  return shifts.some(({ why }) => why.by === 'override') ? 'by-override' : 'by-layers';
}
