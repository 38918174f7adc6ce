import type { Command } from 'commander';
import type { Build } from '../program.js';

const COLUMNS = { EVENT: 'eventId', SOURCE: 'source', RECEIVED: 'receivedAt', CAUSE: 'cause' };

export function quarantineCommands(program: Command, { text, run }: Build): void {
  const quarantine = program.command('quarantine').description(text('quarantine'));
  quarantine
    .command('list')
    .description(text('quarantineList'))
    .action(
      run(async (context) => {
        const list = await context.api.json<{ events?: unknown[] }>('/v1/quarantine');
        if (context.format === 'table' && Array.isArray(list.events)) context.show(list.events, COLUMNS);
        else context.show(list);
      }),
    );
  quarantine
    .command('redrive <event-id>')
    .description(text('quarantineRedrive'))
    .action(
      run(async (context, _options, id) => {
        context.show(await context.api.json(`/v1/quarantine/${encodeURIComponent(id)}/redrive`, { method: 'POST', body: {} }));
      }),
    );
}
