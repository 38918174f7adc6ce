import type { ChangedShifts } from '@tocsin/contracts';
import type { Command } from 'commander';
import type { Build } from '../program.js';

/** Changes that are recorded and cancelled alike. */
type ShiftChanges = 'overrides' | 'temporary-schedules' | 'swaps' | 'leave';

/** Where one is recorded; a preview saves nothing. */
export const pathOf = (changes: ShiftChanges, preview: true | undefined): string =>
  preview ? `/v1/${changes}?preview=true` : `/v1/${changes}`;

/** Takes one back; it stays on record. */
export function cancelCommand(command: Command, changes: ShiftChanges, { text, run }: Build): void {
  command.description(text('changeCancel')).action(
    run(async ({ api, show }, _, id = '') => {
      show(await api.json<ChangedShifts>(`/v1/${changes}/${encodeURIComponent(id)}`, { method: 'DELETE' }));
    }),
  );
}

export const queryOf = (asked: Readonly<Record<string, string | undefined>>): string =>
  new URLSearchParams(
    Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString();
