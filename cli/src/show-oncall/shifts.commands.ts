import type { GapsView, ShiftsView } from '@tocsin/contracts';
import type { Command } from 'commander';
import { queryOf } from '../cover-shifts/shift-changes.js';
import type { Build } from '../program.js';

type Asked = Readonly<Partial<Record<'schedule' | 'person' | 'role' | 'from' | 'until' | 'asOf', string>>>;

const SHIFT_COLUMNS = {
  SCHEDULE: 'schedule',
  ROLE: 'role',
  PERSON: 'person',
  NAME: 'name',
  FROM: 'from',
  UNTIL: 'until',
  BY: 'by',
  LAYER: 'layer',
  CHANGE: 'change',
};

const GAP_COLUMNS = {
  SCHEDULE: 'schedule',
  FROM: 'from',
  UNTIL: 'until',
  BY: 'by',
  PERSON: 'person',
};

/** `tocsin oncall shifts`: turns from now for 14 days unless told. */
export function shiftsCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('oncallShifts'))
    .option('--schedule <name>', text('optSchedule'))
    .option('--person <name>', text('optTurnsOf'))
    .option('--role <role>', text('optRole'))
    .option('--from <instant>', text('optShiftsFrom'))
    .option('--until <instant>', text('optShiftsUntil'))
    .option('--as-of <instant>', text('optAsOf'))
    .action(
      run(async ({ api, format, show }, { asOf, ...asked }: Asked) => {
        const found = await api.json<ShiftsView>(`/v1/oncall/shifts?${queryOf({ ...asked, 'as-of': asOf })}`);
        if (format === 'table') show(found.shifts, SHIFT_COLUMNS);
        else show(found);
      }),
    );
}

/** `tocsin oncall gaps`: where nobody is on call, from now for 90 days unless told. */
export function gapsCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('oncallGaps'))
    .option('--schedule <name>', text('optSchedule'))
    .option('--role <role>', text('optRole'))
    .option('--from <instant>', text('optShiftsFrom'))
    .option('--until <instant>', text('optGapsUntil'))
    .action(
      run(async ({ api, format, show }, asked: Omit<Asked, 'person' | 'asOf'>) => {
        const found = await api.json<GapsView>(`/v1/oncall/gaps?${queryOf({ ...asked })}`);
        if (format !== 'table') return show(found);
        show(
          found.schedules.flatMap(({ schedule, gaps }) => gaps.map((gap) => ({ schedule, ...gap }))),
          GAP_COLUMNS,
        );
      }),
    );
}
