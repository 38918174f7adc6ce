import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ShownConfigFiles } from '@tocsin/contracts';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';

/** Prints the tree in force as one YAML text, or writes its files into a folder as they were applied. */
export function exportCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('configExport'))
    .option('--to <folder>', text('optTo'))
    .action(
      run(async (context, { to }: { to?: string }) => {
        if (to !== undefined) return writeFiles(context, to);
        context.terminal.out(await context.api.text('/v1/config', { accept: 'application/yaml' }));
      }),
    );
}

/** The paths are checked once more here: they come from whoever applied the tree, and are written to this disk. */
async function writeFiles(context: Context, folder: string): Promise<void> {
  const shown = ShownConfigFiles.safeParse(await context.api.json('/v1/config/files'));
  if (!shown.success)
    throw new CommandFailed(EXIT.failed, context.say('badExport', { fault: shown.error.message }));
  const { revision, files } = shown.data;
  for (const { path, text } of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  context.terminal.out(`${context.say('exported', { revision, count: files.length, folder })}\n`);
}
