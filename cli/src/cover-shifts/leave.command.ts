import { readFile } from 'node:fs/promises';
import type { ImportedLeaveView, LeaveFeedList, LeaveFeedView, LeaveImport } from '@tocsin/contracts';
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
  const leave = program.command('leave').description(text('leave'));
  feedCommands(leave, { text, run });
  leave
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

/** `tocsin leave feeds`, `tocsin leave confirm bo`. */
function feedCommands(leave: Command, { text, run }: Build): void {
  leave
    .command('feeds')
    .description(text('leaveFeeds'))
    .action(
      run(async (context) => {
        const { feeds } = await context.api.json<LeaveFeedList>('/v1/leave-feeds');
        if (context.format !== 'table') return context.show(feeds);
        const { language } = context.settings;
        context.show(
          feeds.map((feed) => ({ ...feed, fault: feed.fault?.[language] })),
          FEED_COLUMNS,
        );
      }),
    );
  leave
    .command('confirm <person>')
    .description(text('leaveConfirm'))
    .action(
      run(async (context, _options, person = '') => {
        const path = `/v1/leave-feeds/${encodeURIComponent(person)}/confirm`;
        context.show(await context.api.json<LeaveFeedView>(path, { method: 'POST' }));
      }),
    );
}

const FEED_COLUMNS = {
  PERSON: 'person',
  STATE: 'state',
  READ: 'readAt',
  SINCE: 'since',
  NEXT: 'nextAt',
  FAULT: 'fault',
};

const textOf = ({ terminal, say }: Context, file: string): Promise<string> =>
  (file === '-' ? terminal.stdin() : readFile(file, 'utf8')).catch((error: unknown) => {
    const fault = String((error as NodeJS.ErrnoException).code);
    throw new CommandFailed(EXIT.usage, say('noFile', { file, fault }));
  });
