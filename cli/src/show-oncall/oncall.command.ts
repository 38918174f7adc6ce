import type { OnCallView } from '@tocsin/contracts';
import type { Command } from 'commander';
import type { Build } from '../program.js';

interface OncallOptions {
  readonly at?: string;
  readonly schedule?: string;
}

const COLUMNS = {
  SCHEDULE: 'schedule',
  PERSON: 'person',
  NAME: 'name',
  LAYER: 'layer',
  FROM: 'from',
  UNTIL: 'until',
};

export function oncallCommands(program: Command, build: Build): void {
  const oncall = program.command('oncall').description(build.text('oncall'));
  nowCommand(oncall.command('now'), build);
}

/** Also the alias `tocsin who`. */
export function nowCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('oncallNow'))
    .option('--at <instant>', text('optAt'))
    .option('--schedule <name>', text('optSchedule'))
    .action(
      run(async (context, { at, schedule }: OncallOptions) => {
        const query = new URLSearchParams({
          ...(at === undefined ? {} : { at }),
          ...(schedule === undefined ? {} : { schedule }),
        });
        const found = await context.api.json<OnCallView>(`/v1/oncall?${query.toString()}`);
        if (context.format === 'table') context.show(found.schedules, COLUMNS);
        else context.show(found);
      }),
    );
}
