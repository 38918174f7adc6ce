import type { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';

export function doctorCommand(program: Command, { text, run }: Build): void {
  program
    .command('doctor')
    .description(text('doctor'))
    .action(
      run(async (context) => {
        const alive = await context.api.raw('/livez');
        const ready = await context.api.raw('/readyz?verbose');
        const body = await ready.text();
        const { out } = context.terminal;
        if (context.format === 'table') out(`${context.settings.url}\nlivez   ${alive.status}\nreadyz  ${ready.status}\n${body}\n`);
        else context.show({ url: context.settings.url, livez: alive.status, readyz: ready.status, detail: body });
        if (!alive.ok || !ready.ok) throw new CommandFailed(EXIT.refused, '');
      }),
    );
}
