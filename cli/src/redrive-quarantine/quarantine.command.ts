import type { Command } from 'commander';
import type { Build } from '../program.js';

const COLUMNS = { ID: 'id', SOURCE: 'source', RECEIVED: 'receivedAt', MAPPING: 'mapping', REASON: 'reason' };

export function quarantineCommands(program: Command, { text, run }: Build): void {
  const quarantine = program.command('quarantine').description(text('quarantine'));
  quarantine
    .command('list')
    .description(text('quarantineList'))
    .action(
      run(async (context) => {
        const list = await context.api.json<{ entries?: unknown[] }>('/v1/quarantine');
        if (context.format === 'table' && Array.isArray(list.entries)) context.show(list.entries, COLUMNS);
        else context.show(list);
      }),
    );
  quarantine
    .command('redrive <id>')
    .description(text('quarantineRedrive'))
    .action(
      run(async (context, _options, id) => {
        context.show(
          await context.api.json(`/v1/quarantine/${encodeURIComponent(id)}/redrive`, {
            method: 'POST',
            body: {},
          }),
        );
      }),
    );
}
