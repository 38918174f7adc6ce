import { readFile } from 'node:fs/promises';
import type { ImportedLeaveView, LeaveImport } from '@tocsin/contracts';
import { type Command, Option } from 'commander';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';

interface ImportOptions {
  readonly person?: string;
  readonly calendar?: string;
  readonly format?: LeaveImport['format'];
  readonly preview?: true;
}

/** `tocsin leave import holidays.ics --person bo`. */
export function leaveCommands(program: Command, { text, run }: Build): void {
  program
    .command('leave')
    .description(text('leave'))
    .command('import <file>')
    .description(text('leaveImport'))
    .option('--person <name>', text('optLeaveOf'))
    .option('--calendar <name>', text('optCalendar'))
    .addOption(new Option('--format <format>', text('optFormat')).choices(['ics', 'csv']))
    .option('--preview', text('optPreviewImport'))
    .action(
      run(async (context, { person, calendar, format, preview }: ImportOptions, file = '') => {
        const body = {
          format: format ?? (file.toLowerCase().endsWith('.csv') ? 'csv' : 'ics'),
          text: await textOf(context, file),
          ...{ person, calendar },
        };
        const path = preview ? '/v1/leave/import?preview=true' : '/v1/leave/import';
        context.show(await context.api.json<ImportedLeaveView>(path, { method: 'POST', body }));
      }),
    );
}

const textOf = ({ terminal, say }: Context, file: string): Promise<string> =>
  (file === '-' ? terminal.stdin() : readFile(file, 'utf8')).catch((error: unknown) => {
    const fault = String((error as NodeJS.ErrnoException).code);
    throw new CommandFailed(EXIT.usage, say('noFile', { file, fault }));
  });
