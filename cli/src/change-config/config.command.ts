import { type AppliedConfig, CONFIG_FILES_TYPE } from '@tocsin/contracts';
import { configSchema } from '@tocsin/rules';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import { coverageCommand } from '../prove-coverage/coverage.command.js';
import type { Build } from '../program.js';
import { DEFAULT_FROM, fromWhen } from '../simulate-history/from-when.js';
import { approveCommand, revisionsCommand } from './approve-config.js';
import { coverageFindings } from './coverage-findings.js';
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
  approveCommand(config.command('approve [path]'), build);
  revisionsCommand(config.command('revisions'), build);
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
        const { settings, terminal } = context;
        const linted = await lintTree(path, settings.language, terminal.now());
        const holes = coverageFindings(linted, terminal.now(), settings.language);
        const findings = [...linted.findings, ...holes];
        showFindings(context, path, findings);
        if (findings.some(isError)) throw new CommandFailed(EXIT.failed, '');
        if (strict && findings.length > 0) throw new CommandFailed(EXIT.refused, '');
      }),
    );
}

export function planCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('configPlan'))
    .option('--from <when>', text('optPlanFrom'), DEFAULT_FROM)
    .option('--no-history', text('optNoHistory'))
    .action(
      run(async (context, { from, history }: PlanOptions, path) => {
        const since = history ? fromWhen(from, context) : undefined;
        const sound = await soundTree(context, path);
        const plan = await planConfig(context, sound, { from: since, judge: history });
        if (context.format !== 'table') return context.show(plan);
        context.terminal.out(planLines(plan, sound.config, context));
      }),
    );
}

interface PlanOptions {
  readonly from: string;
  readonly history: boolean;
}

interface ApplyOptions {
  readonly reason?: string;
  readonly breakGlass?: boolean;
}

/** @throws CommandFailed when the glass is to be broken without a reason */
function queryOf(context: Context, { reason, breakGlass = false }: ApplyOptions): string {
  if (breakGlass && (reason ?? '').trim() === '')
    throw new CommandFailed(EXIT.usage, context.say('breakGlassReason'));
  const query = new URLSearchParams({
    ...(reason === undefined ? {} : { reason }),
    ...(breakGlass ? { 'break-glass': 'true' } : {}),
  });
  return query.size === 0 ? '' : `?${query.toString()}`;
}

/** Shows the plan, then applies exactly what was planned: should another revision come between, nothing happens. */
export function applyCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('configApply'))
    .option('--reason <text>', text('optReason'))
    .option('--break-glass', text('optBreakGlass'))
    .action(
      run(async (context, options: ApplyOptions, path) => {
        const sound = await soundTree(context, path);
        const plan = await planConfig(context, sound, { judge: false });
        if (context.format === 'table' && plan.changes.length > 0)
          context.terminal.out(planLines(plan, sound.config, context));
        const query = queryOf(context, options);
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
