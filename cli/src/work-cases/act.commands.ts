import type { BulkAct, BulkResults, ResolveCase } from '@tocsin/contracts';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';
import { given, pathOf } from './case-request.js';

interface ActOptions {
  readonly as?: string;
  readonly note?: string;
  readonly allOrNone?: true;
  readonly code?: string;
  readonly cause?: string;
  readonly reply?: string;
}

type Act = 'acknowledge' | 'resolve' | 'escalate' | 'note';

/** One act on one case, or on many at once. */
interface Asked {
  readonly cases: readonly string[];
  readonly act: BulkAct['act'];
  /** What stands in the body of either. */
  readonly body: object;
  readonly allOrNone?: boolean | undefined;
}

const RESULT_COLUMNS = {
  CASE: 'case',
  STATUS: 'status',
  STATE: 'state',
  REFUSED: 'error.title',
  DETAIL: 'error.detail',
};

/** `tocsin case ack|resolve|escalate|note CASE…`; also the alias `tocsin ack`. */
export function actCommand(command: Command, act: Act, build: Build): void {
  const { text, run } = build;
  command.option('--as <person>', text('optPerson')).option('--all-or-none', text('optAllOrNone'));
  if (act === 'note') command.requiredOption('--note <text>', text('optNote'));
  else command.option('--note <text>', text('optNote'));
  if (act === 'resolve')
    command
      .option('--code <code>', text('optCode'))
      .option('--cause <text>', text('optCause'))
      .option('--reply <text>', text('optReply'));
  command.action(
    run(async (context, { as, note, allOrNone, ...said }: ActOptions, ...cases) => {
      const resolution = {
        ...given('code', said.code),
        ...given('cause', said.cause),
        ...given('reply', said.reply),
      };
      const body: ResolveCase = { via: 'cli', ...given('person', as), ...given('note', note), ...resolution };
      await actOn(context, { cases, act, body, allOrNone });
    }),
  );
}

/** `tocsin case reopen CASE`. */
export function reopenCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('caseReopen'))
    .option('--as <person>', text('optPerson'))
    .option('--note <text>', text('optNote'))
    .action(
      run(async (context, { as, note }: Pick<ActOptions, 'as' | 'note'>, id = '') => {
        const body = { via: 'cli', ...given('person', as), ...given('note', note) };
        context.show(await context.api.json(`${pathOf(id)}/reopen`, { method: 'POST', body }));
      }),
    );
}

/** Acts and shows what became of it. @throws CommandFailed with `EXIT.refused` when one of many was refused */
export async function actOn(context: Context, { cases, act, body, allOrNone }: Asked): Promise<void> {
  const [only, ...more] = cases;
  if (only !== undefined && more.length === 0)
    return context.show(
      await context.api.json(`${pathOf(only)}/${act === 'note' ? 'notes' : act}`, { method: 'POST', body }),
    );
  const asked = { act, cases, ...body, ...given('allOrNone', allOrNone) };
  const answer = await context.api.json<BulkResults>('/v1/cases/bulk', { method: 'POST', body: asked });
  if (context.format === 'table') context.show(answer.results, RESULT_COLUMNS);
  else context.show(answer);
  if (answer.refused > 0) throw new CommandFailed(EXIT.refused, '');
}
