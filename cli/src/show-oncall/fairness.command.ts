import type { FairnessView } from '@tocsin/contracts';
import type { Command } from 'commander';
import type { Build } from '../program.js';

type Options = Readonly<Partial<Record<'from' | 'until' | 'schedule' | 'calendar' | 'asOf', string>>>;

const COLUMNS = {
  PERSON: 'person',
  NAME: 'name',
  TURNS: 'turns',
  HOURS: 'hours',
  'SHARE %': 'share',
  'ABOVE EVEN': 'aboveEven',
  NIGHTS: 'nights',
  'NIGHT H': 'nightHours',
  WEEKENDS: 'weekends',
  'WEEKEND H': 'weekendHours',
  HOLIDAYS: 'holidays',
  'HOLIDAY H': 'holidayHours',
};

/** `tocsin oncall fairness`. */
export function fairnessCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('fairness'))
    .option('--from <instant>', text('optFairFrom'))
    .option('--until <instant>', text('optFairUntil'))
    .option('--schedule <name>', text('optSchedule'))
    .option('--calendar <name>', text('optHolidaysOf'))
    .option('--as-of <instant>', text('optAsOf'))
    .action(
      run(async ({ api, format, show }, { asOf, from, until, schedule, calendar }: Options) => {
        const asked = Object.entries({ from, until, schedule, calendar, 'as-of': asOf });
        const query = new URLSearchParams(
          asked.filter((entry): entry is [string, string] => entry[1] !== undefined),
        );
        const found = await api.json<FairnessView>(`/v1/oncall/fairness?${query.toString()}`);
        if (format === 'table') show(found.people, COLUMNS);
        else show(found);
      }),
    );
}
