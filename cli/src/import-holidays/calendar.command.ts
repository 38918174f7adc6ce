import { readFile, writeFile } from 'node:fs/promises';
import { addToList } from '@tocsin/config-files';
import { say as sayIn, SHIFT_TEXTS } from '@tocsin/contracts';
import { type HolidayFile, type HolidaysAsked, readHolidaysCsv, readHolidaysIcs } from '@tocsin/rules';
import { type Command, Option } from 'commander';
import { isError, lintTree } from '../change-config/lint-tree.js';
import { showFindings, soundTree } from '../change-config/show-findings.js';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';
import { type AddedHolidays, compareHolidays } from './compare-holidays.js';
import { type HolidayPlace, placeFor, placeInTree } from './holiday-place.js';
import { yearsOf } from './years.js';

interface ReadOptions {
  readonly market?: string | undefined;
  readonly years?: string;
  readonly format?: 'ics' | 'csv';
}

interface ImportOptions extends ReadOptions {
  readonly into?: string;
}

/** `tocsin calendar import sg-business holidays.ics --into config`. */
export function calendarCommands(program: Command, { text, run }: Build): void {
  program
    .command('calendar')
    .description(text('calendar'))
    .command('import <calendar> <file>')
    .description(text('calendarImport'))
    .option('--market <name>', text('optMarket'))
    .option('--into <path>', text('optInto'))
    .option('--years <years>', text('optYears'))
    .addOption(new Option('--format <format>', text('optFormat')).choices(['ics', 'csv']))
    .action(
      run(async (context, options: ImportOptions, calendar = '', file = '') => {
        const { into } = options;
        if (into === undefined) return printed(context, placeFor(calendar, options.market), file, options);
        await written(context, into, { calendar, file, options });
      }),
    );
}

/** As a tree of its own. */
async function printed(
  context: Context,
  place: HolidayPlace,
  file: string,
  options: ImportOptions,
): Promise<void> {
  const read = await readHolidays(context, file, { ...options, market: place.market });
  const text = addHolidays('', place, read) ?? '';
  if (text === '')
    context.terminal.err(`${context.say('holidaysNone', { years: yearsText(context, options) })}\n`);
  else context.terminal.out(text);
  tellObservances(context, read);
}

interface Import {
  readonly calendar: string;
  readonly file: string;
  readonly options: ImportOptions;
}

/** Into the file of the tree; a tree that would no longer be sound is left as it was. */
async function written(context: Context, path: string, { calendar, file, options }: Import): Promise<void> {
  const { say, terminal, settings } = context;
  const { market } = options;
  const place = placeInTree(context, await soundTree(context, path), { path, calendar, market });
  const read = await readHolidays(context, file, { ...options, market: place.market });
  const added = compareHolidays(place.standing, read);
  const text = addHolidays(place.text, place, added);
  if (text === undefined) {
    const byHand = addHolidays('', place, added) ?? '';
    throw new CommandFailed(EXIT.refused, `${say('cannotAdd', { file: place.file })}\n${byHand}`);
  }
  if (text !== place.text) {
    await writeFile(place.file, text);
    const { findings } = await lintTree(path, settings.language, terminal.now());
    if (findings.some(isError)) {
      await writeFile(place.file, place.text);
      showFindings(context, path, findings);
      throw new CommandFailed(EXIT.failed, '');
    }
  }
  tell(context, { ...added, observances: read.observances, file: place.file }, yearsText(context, options));
}

const addHolidays = (
  text: string,
  place: HolidayPlace,
  { days, worked }: Pick<HolidayFile, 'days' | 'worked'>,
): string | undefined => {
  const withDays = addToList(text, place.days, days);
  return withDays === undefined ? undefined : addToList(withDays, place.worked, worked);
};

function tell(
  context: Context,
  told: AddedHolidays & Pick<HolidayFile, 'observances'> & { readonly file: string },
  years: string,
): void {
  const { say, terminal } = context;
  if (context.format !== 'table') return context.show(told);
  const { days, worked, kept, onlyHere, file } = told;
  const isNone = days.length + worked.length === 0;
  const lines = [
    isNone
      ? say('holidaysNone', { years })
      : say('holidaysAdded', { days: days.length, worked: worked.length, file }),
    ...kept.map((date) => say('holidayKept', { date })),
    ...onlyHere.map((date) => say('holidayOnlyHere', { date })),
  ];
  terminal.out(`${lines.join('\n')}\n`);
  tellObservances(context, told);
}

function tellObservances(
  { say, terminal }: Context,
  { observances }: Pick<HolidayFile, 'observances'>,
): void {
  for (const left of observances) terminal.err(`${say('observanceLeft', { ...left })}\n`);
}

function yearsText(context: Context, { years }: ImportOptions): string {
  const { first, last } = yearsOf(context, years);
  return first === last ? String(first) : `${first}-${last}`;
}

/** @throws CommandFailed with every fault of the file by its line */
async function readHolidays(context: Context, file: string, options: ReadOptions): Promise<HolidayFile> {
  const { say, settings, terminal } = context;
  const asked: HolidaysAsked = { market: options.market, years: yearsOf(context, options.years) };
  const text = await (file === '-' ? terminal.stdin() : readFile(file, 'utf8')).catch((error: unknown) => {
    const fault = String((error as NodeJS.ErrnoException).code);
    throw new CommandFailed(EXIT.usage, say('noFile', { file, fault }));
  });
  const format = options.format ?? (file.toLowerCase().endsWith('.csv') ? 'csv' : 'ics');
  const read = format === 'csv' ? readHolidaysCsv(text, asked) : readHolidaysIcs(text, asked);
  if (read.ok) return read.file;
  const lines = read.faults.map(({ line, message, facts = {} }) => {
    const fault = sayIn(SHIFT_TEXTS[message], settings.language, facts);
    return sayIn(SHIFT_TEXTS.importAtLine, settings.language, { line, fault });
  });
  throw new CommandFailed(EXIT.failed, [say('holidaysUnread', { file }), ...lines].join('\n'));
}
