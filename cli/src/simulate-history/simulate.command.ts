import { createHash } from 'node:crypto';
import { isoOf } from '@tocsin/contracts';
import { simulateHistory, type Simulation } from '@tocsin/rules';
import type { Command } from 'commander';
import { soundTree } from '../change-config/show-findings.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';
import { DEFAULT_FROM, fromWhen } from './from-when.js';
import { readRecording } from './read-recording.js';
import { simulationLines } from './show-simulation.js';

interface SimulateOptions {
  readonly config?: string;
  readonly from: string;
}

/** Replays recorded history by another config, here and not on the server, and sends nothing. */
export function simulateCommand(program: Command, { text, run }: Build): void {
  program
    .command('simulate')
    .description(text('simulate'))
    .option('--config <path>', text('optSimulateConfig'))
    .option('--from <when>', text('optSimulateFrom'), DEFAULT_FROM)
    .action(
      run(async (context, options: SimulateOptions) => {
        const tree = options.config === undefined ? undefined : await soundTree(context, options.config);
        const recording = await readRecording(context, fromWhen(options.from, context));
        const simulation = simulateHistory(recording, tree?.config);
        const hash = hashOf(simulation);
        const span = { from: isoOf(recording.from), until: isoOf(recording.until) };
        if (context.format === 'table')
          context.terminal.out(simulationLines({ simulation, hash, span }, context.settings.language));
        else context.show({ ...span, ...withoutStories(simulation), hash });
        if (failed(simulation, tree === undefined)) throw new CommandFailed(EXIT.failed, '');
      }),
    );
}

/** SHA-256 in hex over everything that the replay gave. */
const hashOf = (simulation: Simulation): string =>
  createHash('sha256').update(JSON.stringify(simulation)).digest('hex');

/** Every case that differs carries its own two stories. */
const withoutStories = (simulation: Simulation): object => ({ ...simulation, stories: undefined });

/** Another config may differ in whatever it likes; the one of then may not. */
const failed = ({ differences, unreadable, withoutConfig }: Simulation, ofThen: boolean): boolean =>
  unreadable.length > 0 || Object.keys(withoutConfig).length > 0 || (ofThen && differences.length > 0);
