import { CLI_TEXTS, say } from '@tocsin/contracts';
import type { Command } from 'commander';
import { ApiClient } from './api-client.js';
import { type Columns, print } from './print.js';
import { type GlobalOptions, type Settings, settingsOf, type Terminal } from './settings.js';

/** What a command works with. */
export interface Context {
  readonly settings: Settings;
  readonly api: ApiClient;
  readonly terminal: Terminal;
  readonly format: GlobalOptions['output'];
  /** A text of the catalogue in the terminal's language. */
  say(name: keyof typeof CLI_TEXTS, facts?: Readonly<Record<string, string | number>>): string;
  /** Prints a value in the format that was asked for. */
  show(value: unknown, columns?: Columns): void;
}

/** @param command the one that runs: it knows the options of all its parents */
export function contextOf(command: Command, terminal: Terminal): Context {
  const options = command.optsWithGlobals<GlobalOptions>();
  const settings = settingsOf(options, terminal.env);
  return {
    settings,
    terminal,
    format: options.output,
    api: new ApiClient(settings, terminal),
    say: (name, facts = {}) => say(CLI_TEXTS[name], settings.language, facts),
    show: (value, columns) => {
      terminal.out(print(value, options.output, settings.language, columns));
    },
  };
}
