import type { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';
import { isError, lintTree } from './lint-tree.js';
import { showFindings, soundTree } from './show-findings.js';

interface Change {
  readonly kind: string;
  readonly name?: string;
  readonly change: string;
  readonly differences?: readonly { pointer: string; before?: unknown; after?: unknown }[];
}

export function configCommands(program: Command, build: Build): void {
  const config = program.command('config').description(build.text('config'));
  lintCommand(config.command('lint <path>'), build);
  planCommand(config.command('plan <path>'), build);
  applyCommand(config.command('apply <path>'), build);
  config
    .command('export')
    .description(build.text('configExport'))
    .action(
      build.run(async ({ api, terminal }) => {
        terminal.out(await api.text('/v1/config', { accept: 'application/yaml' }));
      }),
    );
}

export function lintCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('configLint'))
    .option('--strict', text('optStrict'))
    .action(
      run(async (context, { strict = false }: { strict?: boolean }, path) => {
        const { findings } = await lintTree(path, context.settings.language);
        showFindings(context, path, findings);
        if (findings.some(isError)) throw new CommandFailed(EXIT.failed, '');
        if (strict && findings.length > 0) throw new CommandFailed(EXIT.refused, '');
      }),
    );
}

export function planCommand(command: Command, { text, run }: Build): void {
  command.description(text('configPlan')).action(
    run(async (context, _options, path) => {
      const { tree } = await soundTree(context, path);
      const plan = await context.api.json<{ revision: number; changes: Change[] }>('/v1/config/plan', {
        method: 'POST',
        body: tree,
      });
      if (context.format !== 'table') return context.show(plan);
      const { changes, revision } = plan;
      context.terminal.out(
        changes.length === 0 ? `${context.say('noChange', { revision })}\n` : changes.map(linesOf).join(''),
      );
    }),
  );
}

export function applyCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('configApply'))
    .option('--reason <text>', text('optReason'))
    .action(
      run(async (context, { reason }: { reason?: string }, path) => {
        const { tree } = await soundTree(context, path);
        const query = reason === undefined ? '' : `?${new URLSearchParams({ reason }).toString()}`;
        const applied = await context.api.json<{ revision: number; changed: boolean }>(
          `/v1/config/apply${query}`,
          {
            method: 'POST',
            body: tree,
          },
        );
        if (context.format !== 'table') return context.show(applied);
        const { revision } = applied;
        context.terminal.out(`${context.say(applied.changed ? 'applied' : 'unchanged', { revision })}\n`);
      }),
    );
}

function linesOf({ kind, name, change, differences = [] }: Change): string {
  const object = name === undefined ? kind : `${kind}.${name}`;
  const values = differences.map(
    ({ pointer, before, after }) => `  ${pointer}: ${shown(before)} → ${shown(after)}\n`,
  );
  return `${object}: ${change}\n${values.join('')}`;
}

const shown = (value: unknown): string => (value === undefined ? '—' : JSON.stringify(value));
