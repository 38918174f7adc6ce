import type { MergedTree } from '@tocsin/config-files';
import type { Config } from '@tocsin/contracts';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import { type Finding, isError, lintTree } from './lint-tree.js';

/** What `lint` prints: a line for each finding and their count, or all of it as JSON or YAML. */
export function showFindings(context: Context, path: string, findings: readonly Finding[]): void {
  if (context.format !== 'table') return context.show({ findings, ...counted(findings) });
  const lines = findings.map((finding) => lineOf(context, finding));
  const end =
    findings.length === 0
      ? context.say('lintClean', { folder: path })
      : context.say('lintCount', counted(findings));
  context.terminal.out([...lines, end, ''].join('\n'));
}

export interface SoundTree extends MergedTree {
  readonly config: Config;
}

/**
 * A tree that may be sent; its warnings are said on standard error.
 * @throws CommandFailed with every error by file, line and column
 */
export async function soundTree(context: Context, path: string): Promise<SoundTree> {
  const { findings, files, config } = await lintTree(path, context.settings.language, context.terminal.now());
  const lines = findings.map((finding) => lineOf(context, finding));
  if (files === undefined || config === undefined) {
    const count = findings.filter(isError).length;
    throw new CommandFailed(EXIT.failed, [...lines, context.say('faults', { count })].join('\n'));
  }
  for (const line of lines) context.terminal.err(`${line}\n`);
  return { ...files, config };
}

function lineOf(context: Context, { file, line, column, severity, pointer, message }: Finding): string {
  const kind = severity === 'warning' ? `${context.say('warning')}: ` : '';
  return `${file}:${line}:${column} ${pointer === undefined ? '' : `${pointer} `}${kind}${message}`;
}

function counted(findings: readonly Finding[]): { readonly errors: number; readonly warnings: number } {
  const errors = findings.filter(isError).length;
  return { errors, warnings: findings.length - errors };
}
