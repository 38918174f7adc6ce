import { type AppliedConfig, CONFIG_FILES_TYPE } from '@tocsin/contracts';
import { configSchema } from '@tocsin/rules';
import type { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit-codes.js';
import { coverageCommand } from '../prove-coverage/coverage.command.js';
import type { Build } from '../program.js';
import { exportCommand } from './export-config.js';
import { isError, lintTree } from './lint-tree.js';
import { planConfig, sentFiles } from './plan-config.js';
import { showFindings, soundTree } from './show-findings.js';
import { planLines } from './show-plan.js';

export function configCommands(program: Command, build: Build): void {
  const config = program.command('config').description(build.text('config'));
  lintCommand(config.command('lint <path>'), build);
  planCommand(config.command('plan <path>'), build);
  applyCommand(config.command('apply <path>'), build);
  coverageCommand(config.command('coverage <path>'), build);
  exportCommand(config.command('export'), build);
  config
    .command('schema')
    .description(build.text('configSchema'))
    .action(
      build.run(({ terminal }) => {
        terminal.out(`${JSON.stringify(configSchema(), undefined, 2)}\n`);
        return Promise.resolve();
      }),
    );
}

export function lintCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('configLint'))
    .option('--strict', text('optStrict'))
    .action(
      run(async (context, { strict = false }: { strict?: boolean }, path) => {
        const { findings } = await lintTree(path, context.settings.language, context.terminal.now());
        showFindings(context, path, findings);
        if (findings.some(isError)) throw new CommandFailed(EXIT.failed, '');
        if (strict && findings.length > 0) throw new CommandFailed(EXIT.refused, '');
      }),
    );
}

export function planCommand(command: Command, { text, run }: Build): void {
  command.description(text('configPlan')).action(
    run(async (context, _options, path) => {
      const sound = await soundTree(context, path);
      const plan = await planConfig(context, sound);
      if (context.format !== 'table') return context.show(plan);
      context.terminal.out(planLines(plan, sound.config, context));
    }),
  );
}

/** Shows the plan, then applies exactly what was planned: should another revision come between, nothing happens. */
export function applyCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('configApply'))
    .option('--reason <text>', text('optReason'))
    .action(
      run(async (context, { reason }: { reason?: string }, path) => {
        const sound = await soundTree(context, path);
        const plan = await planConfig(context, sound);
        if (context.format === 'table' && plan.changes.length > 0)
          context.terminal.out(planLines(plan, sound.config, context));
        const query = reason === undefined ? '' : `?${new URLSearchParams({ reason }).toString()}`;
        const applied = await context.api.json<AppliedConfig>(`/v1/config/apply${query}`, {
          method: 'POST',
          body: sentFiles(sound),
          type: CONFIG_FILES_TYPE,
          ifMatch: plan.hash === undefined ? undefined : `"${plan.hash}"`,
        });
        if (context.format !== 'table') return context.show(applied);
        const { revision } = applied;
        context.terminal.out(`${context.say(applied.changed ? 'applied' : 'unchanged', { revision })}\n`);
      }),
    );
}
