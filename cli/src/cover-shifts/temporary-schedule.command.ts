import { readFile } from 'node:fs/promises';
import { parseYaml } from '@tocsin/config-files';
import type { ChangedShifts, ShiftChangeList } from '@tocsin/contracts';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';
import { cancelCommand, pathOf, queryOf, showChanged } from './shift-changes.js';

type AddOptions = Readonly<Record<'schedule' | 'from' | 'until', string>> & {
  readonly reason?: string;
  readonly preview?: true;
};

const COLUMNS = { ID: 'id', SCHEDULE: 'schedule', FROM: 'from', UNTIL: 'until', REASON: 'reason' };

/** `tocsin temporary-schedule add|list|cancel`: the layers stand in a file, written as in the config. */
export function temporaryScheduleCommands(program: Command, build: Build): void {
  const { text, run } = build;
  const temporary = program.command('temporary-schedule').description(text('temporary'));
  temporary
    .command('add <file>')
    .description(text('temporaryAdd'))
    .requiredOption('--schedule <name>', text('optSchedule'))
    .requiredOption('--from <instant>', text('optFrom'))
    .requiredOption('--until <instant>', text('optEnd'))
    .option('--reason <text>', text('optWhy'))
    .option('--preview', text('optPreviewImport'))
    .action(
      run(async (context, { preview, ...options }: AddOptions, file = '') => {
        const body = { ...options, layers: await layersOf(context, file) };
        const path = pathOf('temporary-schedules', preview);
        showChanged(context, await context.api.json<ChangedShifts>(path, { method: 'POST', body }));
      }),
    );
  temporary
    .command('list')
    .description(text('temporaryList'))
    .option('--schedule <name>', text('optSchedule'))
    .action(
      run(async ({ api, format, show }, { schedule }: { readonly schedule?: string }) => {
        const list = await api.json<ShiftChangeList>(`/v1/temporary-schedules?${queryOf({ schedule })}`);
        if (format === 'table') show(list.changes, COLUMNS);
        else show(list);
      }),
    );
  cancelCommand(temporary.command('cancel <id>'), 'temporary-schedules', build);
}

/** What stands under `layers`; the service says what is wrong with them. */
async function layersOf({ terminal, say }: Context, file: string): Promise<unknown> {
  const text = await (file === '-' ? terminal.stdin() : readFile(file, 'utf8')).catch((error: unknown) => {
    const fault = String((error as NodeJS.ErrnoException).code);
    throw new CommandFailed(EXIT.usage, say('noFile', { file, fault }));
  });
  const read = parseYaml(text, file);
  if (!read.ok) {
    const fault = read.faults.map(({ line, column, message }) => `${line}:${column} ${message}`).join('; ');
    throw new CommandFailed(EXIT.usage, say('noFile', { file, fault }));
  }
  return read.parsed.value['layers'];
}
