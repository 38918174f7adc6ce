import { readFile } from 'node:fs/promises';
import type {
  ChangedShifts,
  ImportedLeaveView,
  LeaveFeedList,
  LeaveFeedView,
  LeaveImport,
  ShiftChangeList,
} from '@tocsin/contracts';
import { type Command, Option } from 'commander';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';
import { cancelCommand, pathOf, queryOf, showChanged } from './shift-changes.js';

interface ImportOptions {
  readonly person?: string;
  readonly calendar?: string;
  readonly format?: LeaveImport['format'];
  readonly preview?: true;
}

type AddOptions = Readonly<Record<'person' | 'from' | 'until', string>> & {
  readonly reason?: string;
  readonly preview?: true;
};

const COLUMNS = {
  ID: 'id',
  PERSON: 'person',
  FROM: 'from',
  UNTIL: 'until',
  REASON: 'reason',
  CALENDAR: 'imported.calendar',
};

/** `tocsin leave add|list|cancel|import`. */
export function leaveCommands(program: Command, build: Build): void {
  const leave = program.command('leave').description(build.text('leave'));
  addCommand(leave.command('add'), build);
  listCommand(leave.command('list'), build);
  cancelCommand(leave.command('cancel <id>'), 'leave', build);
  importCommand(leave.command('import <file>'), build);
  feedCommands(leave, build);
}

function addCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('leaveAdd'))
    .requiredOption('--person <name>', text('optLeaveOf'))
    .requiredOption('--from <instant>', text('optFrom'))
    .requiredOption('--until <instant>', text('optEnd'))
    .option('--reason <text>', text('optWhy'))
    .option('--preview', text('optPreviewImport'))
    .action(
      run(async (context, { preview, ...body }: AddOptions) => {
        const path = pathOf('leave', preview);
        showChanged(context, await context.api.json<ChangedShifts>(path, { method: 'POST', body }));
      }),
    );
}

function listCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('leaveList'))
    .option('--person <name>', text('optLeaveOf'))
    .action(
      run(async ({ api, format, show }, { person }: { readonly person?: string }) => {
        const list = await api.json<ShiftChangeList>(`/v1/leave?${queryOf({ person })}`);
        if (format === 'table') show(list.changes, COLUMNS);
        else show(list);
      }),
    );
}

function importCommand(command: Command, { text, run }: Build): void {
  command
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
