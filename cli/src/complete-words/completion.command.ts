import { Argument, type Command } from 'commander';
import type { Build } from '../program.js';
import { completionScript, SHELLS, type Shell } from './completion-script.js';
import { verbsOf } from './verbs-of.js';

/** `tocsin completion bash`: prints what the shell is to read. */
export function completionCommand(program: Command, { text, run }: Build): void {
  program
    .command('completion')
    .description(text('completion'))
    .addArgument(new Argument('<shell>', text('argShell')).choices(SHELLS))
    .action(
      run(async ({ terminal }, _options, shell) => {
        terminal.out(completionScript(shell as Shell, verbsOf(program)));
        await Promise.resolve();
      }),
    );
}
