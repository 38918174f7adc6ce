import {
  type CalendarFeedList,
  type CalendarFeedView,
  type NewFeedAddress,
  ON_CALL_ROLES,
} from '@tocsin/contracts';
import { type Command, Option } from 'commander';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';

const COLUMNS = {
  ID: 'id',
  SCHEDULE: 'schedule',
  ROLE: 'role',
  PERSON: 'person',
  SECRET: 'prefix',
  'MADE BY': 'createdBy',
  'LAST USED': 'lastUsedAt',
  REVOKED: 'revokedAt',
};

type CreateOptions = Readonly<Partial<Record<'schedule' | 'role' | 'person', string>>>;

/** `tocsin calendar-feed create|list|revoke`. */
export function calendarFeedCommands(program: Command, build: Build): void {
  const { text, run } = build;
  const feed = program.command('calendar-feed').description(text('calendarFeed'));
  createCommand(feed.command('create'), build);
  feed
    .command('list')
    .description(text('feedList'))
    .option('--revoked', text('optRevoked'))
    .action(
      run(async ({ api, format, show }, { revoked }: { readonly revoked?: true }) => {
        const list = await api.json<CalendarFeedList>(`/v1/calendar-feeds${revoked ? '?revoked=true' : ''}`);
        if (format === 'table') show(list.feeds.map(rowOf), COLUMNS);
        else show(list);
      }),
    );
  feed
    .command('revoke <id>')
    .description(text('feedRevoke'))
    .action(
      run(async ({ api, show }, _, id = '') => {
        const path = `/v1/calendar-feeds/${encodeURIComponent(id)}`;
        show(await api.json<CalendarFeedView>(path, { method: 'DELETE' }));
      }),
    );
}

function createCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('feedCreate'))
    .option('--schedule <name>', text('optSchedule'))
    .addOption(new Option('--role <role>', text('optRole')).choices(ON_CALL_ROLES))
    .option('--person <name>', text('optFeedOf'))
    .action(
      run(async ({ api, format, settings, say, show, terminal }, asked: CreateOptions) => {
        if ((asked.schedule === undefined) === (asked.person === undefined))
          throw new CommandFailed(EXIT.usage, say('feedOfOne'));
        const made = await api.json<NewFeedAddress>('/v1/calendar-feeds', { method: 'POST', body: asked });
        const url = `${settings.url}${made.path}`;
        if (format !== 'table') return show({ ...made, url });
        terminal.out(`${url}\n`);
        terminal.err(`${say('feedShownOnce')}\n`);
      }),
    );
}

const rowOf = (feed: CalendarFeedView) => ({ ...feed, prefix: `${feed.prefix}…` });
