import type { Command } from 'commander';

/** One path of verbs, such as `case ack`, and what may follow it. */
export interface Verb {
  /** Empty for `tocsin` itself. */
  readonly path: string;
  readonly verbs: readonly string[];
  readonly options: readonly VerbOption[];
}

interface VerbOption {
  /** `-o` and `--output`. */
  readonly flags: readonly string[];
  readonly takesValue: boolean;
  /** The only values that it takes; empty where any will do. */
  readonly choices: readonly string[];
}

/** The whole tree of verbs, the root first. */
export function verbsOf(command: Command, path: readonly string[] = []): Verb[] {
  const { commands } = command;
  const own: Verb = {
    path: path.join(' '),
    verbs: commands.map((inner) => inner.name()),
    options: command.options.map(({ short, long, required, optional, argChoices }) => ({
      flags: [short, long].filter((flag) => flag !== undefined),
      takesValue: required || optional,
      choices: argChoices ?? [],
    })),
  };
  return [own, ...commands.flatMap((inner) => verbsOf(inner, [...path, inner.name()]))];
}
