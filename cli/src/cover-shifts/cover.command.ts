import {
  type AnsweredCover,
  COVER_STATES,
  type CoverRequestList,
  type CoverRequestView,
  ON_CALL_ROLES,
  type ShiftNoticeList,
} from '@tocsin/contracts';
import { type Command, Option } from 'commander';
import type { Build } from '../program.js';
import { queryOf } from './shift-changes.js';

const COLUMNS = {
  ID: 'id',
  STATE: 'state',
  SCHEDULE: 'schedule',
  PERSON: 'person',
  FROM: 'from',
  UNTIL: 'until',
  'COVERED BY': 'coveredBy',
  ELIGIBLE: 'eligible',
};

type AskOptions = Readonly<Record<'schedule' | 'person' | 'from' | 'until' | 'role', string>> & {
  readonly expires?: string;
  readonly reason?: string;
};

type ListOptions = Readonly<Partial<Record<'schedule' | 'person' | 'eligible' | 'state', string>>>;

/** `tocsin cover ask|list|show|accept|decline|cancel|notices`. */
export function coverCommands(program: Command, build: Build): void {
  const cover = program.command('cover').description(build.text('cover'));
  askCommand(cover.command('ask'), build);
  listCommand(cover.command('list'), build);
  answerCommand(cover.command('accept <id>').description(build.text('coverAccept')), 'accept', build);
  answerCommand(cover.command('decline <id>').description(build.text('coverDecline')), 'decline', build);
  cover
    .command('show <id>')
    .description(build.text('coverShow'))
    .action(
      build.run(async ({ api, show }, _, id = '') => {
        show(await api.json<CoverRequestView>(pathOf(id)));
      }),
    );
  cover
    .command('cancel <id>')
    .description(build.text('coverCancel'))
    .action(
      build.run(async ({ api, show }, _, id = '') => {
        show(await api.json<AnsweredCover>(pathOf(id), { method: 'DELETE' }));
      }),
    );
  noticesCommand(cover.command('notices'), build);
}

const pathOf = (id: string): string => `/v1/cover-requests/${encodeURIComponent(id)}`;

function askCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('coverAsk'))
    .requiredOption('--schedule <name>', text('optSchedule'))
    .requiredOption('--person <name>', text('optTurnOf'))
    .requiredOption('--from <instant>', text('optFrom'))
    .requiredOption('--until <instant>', text('optEnd'))
    .addOption(new Option('--role <role>', text('optRole')).choices(ON_CALL_ROLES).default('primary'))
    .option('--expires <instant>', text('optExpires'))
    .option('--reason <text>', text('optWhy'))
    .action(
      run(
        async (
          { api, show },
          { schedule, person, from, until, role, expires, reason }: AskOptions,
        ): Promise<void> => {
          const body = { schedule, person, from, until, role, expires, reason };
          show(await api.json<AnsweredCover>('/v1/cover-requests', { method: 'POST', body }));
        },
      ),
    );
}

function listCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('coverList'))
    .option('--schedule <name>', text('optSchedule'))
    .option('--person <name>', text('optTurnOf'))
    .option('--eligible <name>', text('optEligible'))
    .addOption(new Option('--state <state>', text('optCoverState')).choices([...COVER_STATES, 'all']))
    .action(
      run(async ({ api, format, show }, { schedule, person, eligible, state }: ListOptions) => {
        const query = queryOf({ schedule, person, eligible, state });
        const list = await api.json<CoverRequestList>(`/v1/cover-requests?${query}`);
        if (format === 'table') show(list.requests, COLUMNS);
        else show(list);
      }),
    );
}

function answerCommand(command: Command, act: 'accept' | 'decline', { text, run }: Build): void {
  command.option('--person <name>', text('optCoverBy')).action(
    run(async ({ api, show }, { person }: { readonly person?: string }, id = '') => {
      const body = person === undefined ? {} : { person };
      show(await api.json<AnsweredCover>(`${pathOf(id)}/${act}`, { method: 'POST', body }));
    }),
  );
}

function noticesCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('coverNotices'))
    .option('--person <name>', text('optNoticeFor'))
    .action(
      run(async ({ api, format, settings, show }, { person }: { readonly person?: string }) => {
        const list = await api.json<ShiftNoticeList>(`/v1/shift-notices?${queryOf({ person })}`);
        if (format !== 'table') return show(list);
        const rows = list.notices.map((notice) => ({ ...notice, text: notice.text[settings.language] }));
        show(rows, { AT: 'at', FOR: 'person', TEXT: 'text' });
      }),
    );
}
