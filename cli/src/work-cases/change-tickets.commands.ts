import type { ChangedTickets, TicketName } from '@tocsin/contracts';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';
import { given, pathOf } from './case-request.js';

interface SaidOptions {
  readonly as?: string;
  readonly note?: string;
}

/** Merge, split, move and undo: `tocsin case split 4F7K2 zendesk:1042`. */
export function changeTicketsCommands(cases: Command, { text, run }: Build): void {
  cases
    .command('tickets <case>')
    .description(text('caseTickets'))
    .action(
      run(async (context, _options, id = '') =>
        context.show(await context.api.json(`${pathOf(id)}/tickets`)),
      ),
    );
  const command = (usage: string, about: Parameters<Build['text']>[0]): Command =>
    cases
      .command(usage)
      .description(text(about))
      .option('--as <person>', text('optPerson'))
      .option('--note <text>', text('optNote'));
  command('merge <case> <into>', 'caseMerge').action(
    run((context, options: SaidOptions, id = '', into = '') =>
      act(context, { id, verb: 'merge', body: { ...saidBy(options), into } }),
    ),
  );
  command('split <case> <ticket...>', 'caseSplit').action(
    run((context, options: SaidOptions, id = '', ...names) =>
      act(context, { id, verb: 'split', body: { ...saidBy(options), tickets: ticketsOf(context, names) } }),
    ),
  );
  command('move <case> <to> <ticket...>', 'caseMove').action(
    run((context, options: SaidOptions, ...[id = '', to = '', ...names]) =>
      act(context, {
        id,
        verb: 'move',
        body: { ...saidBy(options), to, tickets: ticketsOf(context, names) },
      }),
    ),
  );
  command('undo <case>', 'caseUndo').action(
    run((context, options: SaidOptions, id = '') =>
      act(context, { id, verb: 'undo', body: saidBy(options) }),
    ),
  );
}

interface Asked {
  readonly id: string;
  readonly verb: 'merge' | 'split' | 'move' | 'undo';
  readonly body: object;
}

async function act(context: Context, { id, verb, body }: Asked): Promise<void> {
  const answer = await context.api.json<ChangedTickets>(`${pathOf(id)}/${verb}`, { method: 'POST', body });
  if (context.format !== 'table') return context.show(answer);
  const { change, from, to } = answer;
  context.show({
    ...change,
    tickets: change.tickets.map(({ source, ticketKey }) => `${source}:${ticketKey}`),
  });
  context.show([from, to], {
    ID: 'id',
    PRIORITY: 'priority',
    STATE: 'state',
    ESCALATION: 'escalation.state',
    SUBJECT: 'subject',
  });
}

const saidBy = ({ as, note }: SaidOptions): object => ({
  via: 'cli',
  ...given('person', as),
  ...given('note', note),
});

/** `source:key`; a key may hold colons, the name of a source does not. */
const ticketsOf = ({ say }: Context, names: readonly string[]): TicketName[] =>
  names.map((name) => {
    const colon = name.indexOf(':');
    if (colon < 1) throw new CommandFailed(EXIT.usage, say('needsTicket', { name }));
    return { source: name.slice(0, colon), ticketKey: name.slice(colon + 1) };
  });
