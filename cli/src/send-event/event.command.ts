import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AcceptedEvent, TICKET_EVENT_TYPES } from '@tocsin/contracts';
import { type Command, Option } from 'commander';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';

interface SendOptions {
  readonly source: string;
  readonly key?: string;
  readonly file?: string;
  readonly type: string;
  readonly subject?: string;
  readonly severity?: string;
  readonly ticketKey?: string;
  readonly id?: string;
  readonly category?: string;
  readonly market?: string;
}

export function eventCommands(program: Command, { text, run }: Build): void {
  const event = program.command('event').description(text('event'));
  event
    .command('send')
    .description(text('eventSend'))
    .option('--source <name>', text('optSource'), 'demo')
    .option('--key <key>', text('optKey'))
    .option('-f, --file <path>', text('optFile'))
    .addOption(
      new Option('--type <type>', text('optType')).choices(TICKET_EVENT_TYPES).default('ticket.created'),
    )
    .option('--subject <text>', text('optSubject'))
    .option('--severity <word>', text('optSeverity'))
    .option('--ticket-key <key>', text('optTicketKey'))
    .option('--id <id>', text('optEventId'))
    .option('--category <path>', text('optCategory'))
    .option('--market <code>', text('optMarket'))
    .action(run((context, options: SendOptions) => send(context, options)));
  event
    .command('show <event-id>')
    .description(text('eventShow'))
    .action(
      run(async (context, _options, id) => {
        context.show(await context.api.json(`/v1/events/${encodeURIComponent(id)}`));
      }),
    );
}

async function send(context: Context, options: SendOptions): Promise<void> {
  const key = options.key ?? context.settings.sourceKey;
  if (key === undefined)
    throw new CommandFailed(EXIT.usage, context.say('noKey', { source: options.source }));
  const body = options.file === undefined ? eventOf(context, options) : await fileOf(context, options.file);
  const path = `/v1/sources/${encodeURIComponent(options.source)}/events`;
  context.show(AcceptedEvent.parse(await context.api.json(path, { method: 'POST', body, key })));
}

function eventOf(
  context: Context,
  { type, subject, severity, ticketKey, id, category, market }: SendOptions,
): unknown {
  if (subject === undefined) throw new CommandFailed(EXIT.usage, context.say('needsSubject'));
  const fresh = randomUUID();
  return { id: id ?? fresh, type, key: ticketKey ?? `cli-${fresh}`, subject, severity, category, market };
}

async function fileOf(context: Context, file: string): Promise<unknown> {
  const text = await (file === '-' ? context.terminal.stdin() : readFile(file, 'utf8')).catch(
    (error: unknown) => {
      throw new CommandFailed(
        EXIT.usage,
        context.say('noFile', { file, fault: String((error as NodeJS.ErrnoException).code) }),
      );
    },
  );
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandFailed(
      EXIT.usage,
      context.say('notJson', { file, fault: error instanceof Error ? error.message : '' }),
    );
  }
}
