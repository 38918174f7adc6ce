import type { MaintenanceList, MaintenancePreview, MaintenanceView } from '@tocsin/contracts';
import { type Command, Option } from 'commander';
import type { Context } from '../context.js';
import type { Build } from '../program.js';

const COLUMNS = {
  ID: 'id',
  NAME: 'name',
  STATE: 'state',
  FROM: 'from',
  UNTIL: 'until',
  SERVICES: 'services',
  MARKETS: 'markets',
  SOURCES: 'sources',
  WHEN: 'when',
  SAFETY: 'safety',
  TOLD: 'told',
};

const CASE_COLUMNS = {
  ID: 'id',
  PRIORITY: 'priority',
  OPENED: 'openedAt',
  SERVICE: 'service',
  VERDICT: 'verdict',
  SUBJECT: 'subject',
};

interface WindowOptions {
  readonly services?: string[];
  readonly markets?: string[];
  readonly sources?: string[];
  readonly when?: string;
  readonly from?: string;
  readonly until?: string;
  readonly for?: string;
  readonly safety?: string;
  readonly reason?: string;
  readonly every?: string;
  readonly on?: string;
  readonly timeZone?: string;
}

export function maintenanceCommands(program: Command, build: Build): void {
  const { text, run } = build;
  const maintenance = program.command('maintenance').description(text('maintenance'));
  maintenance
    .command('list')
    .description(text('maintenanceList'))
    .option('--over', text('optOver'))
    .action(
      run(async (context, { over }: { readonly over?: boolean }) => {
        const query = over === true ? '?over=true' : '';
        const list = await context.api.json<MaintenanceList>(`/v1/maintenance${query}`);
        if (context.format === 'table') context.show(list.windows.map(withTold), COLUMNS);
        else context.show(list);
      }),
    );
  withWindow(maintenance.command('add <name>').description(text('maintenanceAdd')), build)
    .option('--reason <text>', text('optWindowReason'))
    .action(
      run(async (context, options: WindowOptions, name = '') => {
        const body = bodyOf(name, options);
        context.show(await context.api.json<MaintenanceView>('/v1/maintenance', { method: 'POST', body }));
      }),
    );
  withWindow(maintenance.command('preview [name]').description(text('maintenancePreview')), build)
    .option('--every <days>', text('optEvery'))
    .option('--on <date>', text('optOn'))
    .option('--time-zone <zone>', text('optTimeZone'))
    .action(run(preview));
  for (const [verb, said] of [
    ['end', 'maintenanceEnd'],
    ['cancel', 'maintenanceCancel'],
  ] as const)
    maintenance
      .command(`${verb} <id>`)
      .description(text(said))
      .action(run((context, _options, id = '') => stop(context, verb, id)));
}

/** What was told last, and when it happened, in one column. */
const withTold = ({ told, ...window }: MaintenanceView): object => ({
  ...window,
  told: told === undefined ? '' : `${told.type.replace('Maintenance', '').toLowerCase()} ${told.at}`,
});

const withWindow = (command: Command, { text }: Build): Command =>
  command
    .option('--services <names...>', text('optServices'))
    .option('--markets <names...>', text('optMarkets'))
    .option('--sources <names...>', text('optSources'))
    .option('--when <condition>', text('optWhen'))
    .option('--from <time>', text('optWindowFrom'))
    .option('--until <time>', text('optWindowUntil'))
    .option('--for <duration>', text('optFor'))
    .addOption(new Option('--safety <safety>', text('optSafety')).choices(['exempt', 'muted']));

/** The server checks it; what was not given is left out. */
const bodyOf = (name: string, options: WindowOptions): object => ({ name, ...options });

async function preview(context: Context, options: WindowOptions, name = 'preview'): Promise<void> {
  const body = bodyOf(name, options);
  const found = await context.api.json<MaintenancePreview>('/v1/maintenance/preview', {
    method: 'POST',
    body,
  });
  if (context.format !== 'table') return context.show(found);
  const { hushed, exempt, inScope, from, cases } = found;
  context.terminal.out(`${context.say('previewed', { hushed, exempt, inScope, from })}\n`);
  if (cases.length > 0) context.show(cases, CASE_COLUMNS);
}

async function stop(context: Context, verb: 'end' | 'cancel', id: string): Promise<void> {
  const path = `/v1/maintenance/${encodeURIComponent(id)}`;
  const call =
    verb === 'end' ? { path: `${path}/end`, method: 'POST' as const } : { path, method: 'DELETE' as const };
  context.show(await context.api.json<MaintenanceView>(call.path, { method: call.method }));
}
