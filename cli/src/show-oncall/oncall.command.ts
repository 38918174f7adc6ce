import type { OnCallView } from '@tocsin/contracts';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import type { Build } from '../program.js';
import { fairnessCommand } from './fairness.command.js';
import { gapsCommand, shiftsCommand } from './shifts.commands.js';

interface OncallOptions {
  readonly at?: string;
  readonly schedule?: string;
  readonly role?: string;
  readonly asOf?: string;
}

const COLUMNS = {
  SCHEDULE: 'schedule',
  PERSON: 'person',
  NAME: 'name',
  PATH: 'path',
  FROM: 'from',
  UNTIL: 'until',
};

export function oncallCommands(program: Command, build: Build): void {
  const oncall = program.command('oncall').description(build.text('oncall'));
  nowCommand(oncall.command('now'), build);
  shiftsCommand(oncall.command('shifts'), build);
  gapsCommand(oncall.command('gaps'), build);
  fairnessCommand(oncall.command('fairness'), build);
  withOptions(oncall.command('at <instant>').description(build.text('oncallAt')), build).action(
    build.run((context, options: OncallOptions, at: string) => showOnCall(context, { ...options, at })),
  );
}

/** Also the alias `tocsin who`. */
export function nowCommand(command: Command, build: Build): void {
  withOptions(command.description(build.text('oncallNow')), build)
    .option('--at <instant>', build.text('optAt'))
    .action(build.run(showOnCall));
}

const withOptions = (command: Command, { text }: Build): Command =>
  command
    .option('--schedule <name>', text('optSchedule'))
    .option('--role <role>', text('optRole'))
    .option('--as-of <instant>', text('optAsOf'));

async function showOnCall(context: Context, { asOf, at, role, schedule }: OncallOptions): Promise<void> {
  const asked = Object.entries({ at, schedule, role, 'as-of': asOf });
  const query = new URLSearchParams(
    asked.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const found = await context.api.json<OnCallView>(`/v1/oncall?${query.toString()}`);
  if (context.format !== 'table') context.show(found);
  else
    context.show(
      found.schedules.map((answer) => ({ ...answer, path: answer.path.map(wordsOf).join(' > ') })),
      COLUMNS,
    );
}

/** `layer 1: ana > override: bo`: the last one decides. */
const wordsOf = ({ by, layer, person }: OnCallView['schedules'][number]['path'][number]): string =>
  `${layer === undefined ? by : `${by} ${layer}`}: ${person}`;
