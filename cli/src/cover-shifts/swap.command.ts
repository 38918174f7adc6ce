import { type ChangedShifts, ON_CALL_ROLES, type ShiftChangeList } from '@tocsin/contracts';
import { type Command, Option } from 'commander';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';
import { cancelCommand, pathOf, queryOf, showChanged } from './shift-changes.js';

interface AddOptions {
  readonly schedule: string;
  readonly role: string;
  readonly first: string;
  readonly second: string;
  readonly reason?: string;
  readonly preview?: true;
}

const COLUMNS = {
  ID: 'id',
  SCHEDULE: 'schedule',
  FIRST: 'first.person',
  FROM: 'first.from',
  UNTIL: 'first.until',
  SECOND: 'second.person',
  'FROM ': 'second.from',
  'UNTIL ': 'second.until',
};

/** `tocsin swap add|list|cancel`. */
export function swapCommands(program: Command, build: Build): void {
  const { text, run } = build;
  const swap = program.command('swap').description(text('swap'));
  swap
    .command('add')
    .description(text('swapAdd'))
    .requiredOption('--schedule <name>', text('optSchedule'))
    .requiredOption('--first <turn>', text('optFirstTurn'))
    .requiredOption('--second <turn>', text('optSecondTurn'))
    .addOption(new Option('--role <role>', text('optRole')).choices(ON_CALL_ROLES).default('primary'))
    .option('--reason <text>', text('optWhy'))
    .option('--preview', text('optPreviewImport'))
    .action(
      run(async (context, { first, second, preview, ...swapped }: AddOptions) => {
        const turn = (written: string): HeldTurn => {
          const held = heldTurn(written);
          if (held === undefined)
            throw new CommandFailed(EXIT.usage, context.say('needsTurn', { turn: written }));
          return held;
        };
        const body = { ...swapped, first: turn(first), second: turn(second) };
        const path = pathOf('swaps', preview);
        showChanged(context, await context.api.json<ChangedShifts>(path, { method: 'POST', body }));
      }),
    );
  swap
    .command('list')
    .description(text('swapList'))
    .option('--schedule <name>', text('optSchedule'))
    .option('--person <name>', text('optTurnsOf'))
    .action(
      run(async ({ api, format, show }, asked: Readonly<Partial<Record<'schedule' | 'person', string>>>) => {
        const list = await api.json<ShiftChangeList>(`/v1/swaps?${queryOf({ ...asked })}`);
        if (format === 'table') show(list.changes, COLUMNS);
        else show(list);
      }),
    );
  cancelCommand(swap.command('cancel <id>'), 'swaps', build);
}

interface HeldTurn {
  readonly person: string;
  readonly from: string;
  readonly until: string;
}

/** `bo 2026-12-01T01:00:00Z/2026-12-02T01:00:00Z`: a person and an interval as in ISO 8601. */
function heldTurn(written: string): HeldTurn | undefined {
  const [, person, from, until] = /^\s*(\S+)\s+([^\s/]+)\/([^\s/]+)\s*$/.exec(written) ?? [];
  return person === undefined || from === undefined || until === undefined
    ? undefined
    : { person, from, until };
}
