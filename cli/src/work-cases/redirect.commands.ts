import type { Command } from 'commander';
import type { Build } from '../program.js';
import { actOn } from './act.commands.js';
import { given, pathOf } from './case-request.js';

interface SaidOptions {
  readonly as?: string;
  readonly note?: string;
}

interface SnoozeOptions extends SaidOptions {
  readonly for?: string;
  readonly until?: string;
  readonly reason: string;
}

interface OwnerTimesOptions extends SnoozeOptions {
  readonly remind?: string;
  readonly reopen?: string;
}

interface ReassignOptions extends SaidOptions {
  readonly also?: readonly string[];
  readonly allOrNone?: true;
}

/** Commands that change whom a case pages, or when. */
export function redirectCommands(cases: Command, { text, run }: Build): void {
  said(cases.command('snooze <case>').description(text('caseSnooze')), text)
    .option('--for <duration>', text('optFor'))
    .option('--until <instant>', text('optUntil'))
    .requiredOption('--reason <text>', text('optSnoozeReason'))
    .action(
      run(async (context, { reason, ...options }: SnoozeOptions, id) => {
        const times = { ...given('for', options.for), ...given('until', options.until) };
        const body = { ...saidBy('person', options), ...times, reason };
        context.show(await context.api.json(`${pathOf(id)}/snooze`, { method: 'POST', body }));
      }),
    );
  ownerTimesCommand(cases, { text, run });
  said(cases.command('reassign <case> <target>').description(text('caseReassign')), text)
    .option('--also <case...>', text('optAlso'))
    .option('--all-or-none', text('optAllOrNone'))
    .action(
      run(async (context, { also = [], allOrNone, ...options }: ReassignOptions, id, target = '') => {
        const body = { ...saidBy('person', options), to: target };
        await actOn(context, { cases: [id ?? '', ...also], act: 'reassign', body, allOrNone });
      }),
    );
  said(cases.command('responder <case> <person>').description(text('caseResponder')), text).action(
    run(async (context, options: SaidOptions, id, person) => {
      const body = { ...saidBy('by', options), person };
      context.show(await context.api.json(`${pathOf(id)}/responders`, { method: 'POST', body }));
    }),
  );
  cases
    .command('migrate <case>')
    .description(text('caseMigrate'))
    .option('--preview', text('optPreview'))
    .action(
      run(async (context, { preview = false }: { readonly preview?: boolean }, id) => {
        const path = `${pathOf(id)}/migrate?preview=${preview}`;
        context.show(await context.api.json(path, { method: 'POST' }));
      }),
    );
}

function ownerTimesCommand(cases: Command, { text, run }: Build): void {
  said(cases.command('owner-times <case>').description(text('caseOwnerTimes')), text)
    .option('--remind <duration>', text('optRemind'))
    .option('--reopen <duration>', text('optReopen'))
    .option('--for <duration>', text('optFor'))
    .option('--until <instant>', text('optUntil'))
    .requiredOption('--reason <text>', text('optSnoozeReason'))
    .action(
      run(async (context, { as, note, ...times }: OwnerTimesOptions, id) => {
        const body = { ...saidBy('person', { ...given('as', as), ...given('note', note) }), ...times };
        context.show(await context.api.json(`${pathOf(id)}/owner-times`, { method: 'POST', body }));
      }),
    );
}

const said = (command: Command, text: Build['text']): Command =>
  command.option('--as <person>', text('optPerson')).option('--note <text>', text('optNote'));

const saidBy = (member: 'person' | 'by', { as, note }: SaidOptions): object => ({
  via: 'cli',
  ...given(member, as),
  ...given('note', note),
});
