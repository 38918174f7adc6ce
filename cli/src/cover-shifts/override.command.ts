import {
  type ChangedShifts,
  ON_CALL_ROLES,
  type ShiftChangeList,
  type ShiftChangeView,
} from '@tocsin/contracts';
import { type Command, Option } from 'commander';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';
import { cancelCommand, pathOf, queryOf, showChanged } from './shift-changes.js';

type AddOptions = Readonly<Record<'schedule' | 'person' | 'from' | 'until' | 'role', string>> &
  Readonly<Partial<Record<'replaces' | 'reason' | 'repeats' | 'timeZone' | 'ends', string>>> & {
    readonly preview?: true;
  };

const COLUMNS = {
  ID: 'id',
  SCHEDULE: 'schedule',
  PERSON: 'person',
  REPLACES: 'replaces',
  FROM: 'from',
  UNTIL: 'until',
  REPEATS: 'repeats',
};

/** `tocsin override add|list|cancel`. */
export function overrideCommands(program: Command, build: Build): void {
  const override = program.command('override').description(build.text('override'));
  addCommand(override.command('add'), build);
  listCommand(override.command('list'), build);
  cancelCommand(override.command('cancel <id>'), 'overrides', build);
}

function addCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('overrideAdd'))
    .requiredOption('--schedule <name>', text('optSchedule'))
    .requiredOption('--person <name>', text('optCoversIt'))
    .requiredOption('--from <instant>', text('optFrom'))
    .requiredOption('--until <instant>', text('optEnd'))
    .addOption(new Option('--role <role>', text('optRole')).choices(ON_CALL_ROLES).default('primary'))
    .option('--replaces <name>', text('optReplaces'))
    .option('--repeats <rule>', text('optRepeats'))
    .option('--time-zone <zone>', text('optRepeatsIn'))
    .option('--ends <instant>', text('optRepeatsEnd'))
    .option('--reason <text>', text('optWhy'))
    .option('--preview', text('optPreviewImport'))
    .action(
      run(async (context, { repeats: rule, timeZone, ends, preview, ...override }: AddOptions) => {
        if ([rule, timeZone, ends].some((given) => (given === undefined) !== (rule === undefined)))
          throw new CommandFailed(EXIT.usage, context.say('repeatsInHalf'));
        const repeats = rule === undefined ? undefined : { rule, timeZone, until: ends };
        const call = { method: 'POST', body: { ...override, repeats } } as const;
        showChanged(context, await context.api.json<ChangedShifts>(pathOf('overrides', preview), call));
      }),
    );
}

function listCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('overrideList'))
    .option('--schedule <name>', text('optSchedule'))
    .option('--person <name>', text('optCoversIt'))
    .action(
      run(async ({ api, format, show }, asked: Readonly<Partial<Record<'schedule' | 'person', string>>>) => {
        const list = await api.json<ShiftChangeList>(`/v1/overrides?${queryOf({ ...asked })}`);
        if (format === 'table') show(list.changes.map(rowOf), COLUMNS);
        else show(list);
      }),
    );
}

/** `FREQ=WEEKLY;BYDAY=FR until 2027-03-31T00:00:00.000Z` */
const rowOf = (change: ShiftChangeView) => ({
  ...change,
  ...('repeats' in change && change.repeats !== undefined
    ? { repeats: `${change.repeats.rule} … ${change.repeats.until}` }
    : { repeats: undefined }),
});
