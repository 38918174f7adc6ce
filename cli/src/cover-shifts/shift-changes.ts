import type { ChangedShifts } from '@tocsin/contracts';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import type { Build } from '../program.js';

/** Changes that are recorded and cancelled alike. */
type ShiftChanges = 'overrides' | 'temporary-schedules' | 'swaps' | 'leave';

/** Where one is recorded; a preview saves nothing. */
export const pathOf = (changes: ShiftChanges, preview: true | undefined): string =>
  preview ? `/v1/${changes}?preview=true` : `/v1/${changes}`;

const DIFFERENCE_COLUMNS = {
  SCHEDULE: 'schedule',
  ROLE: 'role',
  FROM: 'from',
  UNTIL: 'until',
  BEFORE: 'before',
  AFTER: 'after',
};

/** The change, then whose turns it touches, then how many hours each person has more or less. */
export function showChanged({ format, show }: Context, changed: ChangedShifts): void {
  if (format !== 'table') return show(changed);
  const { differences, hours, ...rest } = changed;
  show(rest);
  if (differences.length > 0) show(differences, DIFFERENCE_COLUMNS);
  if (hours.length > 0) show(hours, { PERSON: 'person', HOURS: 'hours' });
}

/** Takes one back; it stays on record. */
export function cancelCommand(command: Command, changes: ShiftChanges, { text, run }: Build): void {
  command.description(text('changeCancel')).action(
    run(async (context, _, id = '') => {
      const path = `/v1/${changes}/${encodeURIComponent(id)}`;
      showChanged(context, await context.api.json<ChangedShifts>(path, { method: 'DELETE' }));
    }),
  );
}

export const queryOf = (asked: Readonly<Record<string, string | undefined>>): string =>
  new URLSearchParams(
    Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString();
