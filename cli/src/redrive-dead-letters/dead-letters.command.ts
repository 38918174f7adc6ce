import type { Command } from 'commander';
import type { Build } from '../program.js';

const COLUMNS = {
  ID: 'id',
  GROUP: 'group',
  KEY: 'key',
  TYPE: 'type',
  WAITING: 'waiting',
  PARKED: 'parkedAt',
  CAUSE: 'cause',
};

export function deadLetterCommands(program: Command, { text, run }: Build): void {
  const letters = program.command('dead-letters').description(text('deadLetters'));
  letters
    .command('list')
    .description(text('deadLettersList'))
    .action(
      run(async (context) => {
        const list = await context.api.json<{ entries?: unknown[] }>('/v1/dead-letters');
        if (context.format === 'table' && Array.isArray(list.entries)) context.show(list.entries, COLUMNS);
        else context.show(list);
      }),
    );
  letters
    .command('redrive <id>')
    .description(text('deadLettersRedrive'))
    .action(
      run(async (context, _options, id) => {
        const path = `/v1/dead-letters/${encodeURIComponent(id)}/redrive`;
        context.show(await context.api.json(path, { method: 'POST', body: {} }));
      }),
    );
}
