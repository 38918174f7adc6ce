import { type MergedTree, readFolder } from '@tocsin/config-files';
import { readConfig } from '@tocsin/rules';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';

interface Change {
  readonly kind: string;
  readonly name?: string;
  readonly change: string;
  readonly differences?: readonly { pointer: string; before?: unknown; after?: unknown }[];
}

interface Fault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
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
  command.description(text('configLint')).action(
    run(async (context, _options, path) => {
      await lintedTree(context, path);
      context.terminal.out(`${context.say('lintClean', { folder: path })}\n`);
    }),
  );
}

export function planCommand(command: Command, { text, run }: Build): void {
  command.description(text('configPlan')).action(
    run(async (context, _options, path) => {
      const { tree } = await lintedTree(context, path);
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
        const { tree } = await lintedTree(context, path);
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

/** @throws CommandFailed with every fault by file, line and column: all at once, not the first */
async function lintedTree(context: Context, path: string): Promise<MergedTree> {
  const files = await readFolder(path);
  if (!files.ok) throw failed(context, files.faults);
  const read = readConfig(files.tree);
  if (read.ok) return files;
  throw failed(
    context,
    read.faults.map(({ pointer, texts }) => {
      const place = files.placeOf(pointer) ?? { file: path, line: 1, column: 1 };
      return { ...place, message: `${pointer} ${texts[context.settings.language]}` };
    }),
  );
}

function failed(context: Context, faults: readonly Fault[]): CommandFailed {
  const lines = faults.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
  return new CommandFailed(
    EXIT.failed,
    [...lines, context.say('faults', { count: faults.length })].join('\n'),
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
