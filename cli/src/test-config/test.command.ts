import { type PolicyTestResult, runPolicyTests, scoreMutants } from '@tocsin/rules';
import type { Command } from 'commander';
import { type SoundTree, soundTree } from '../change-config/show-findings.js';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';

/** Runs the tests of a tree without a server; with `--mutate` also tells which mistakes they would not notice. */
export function testCommand(program: Command, { text, run }: Build): void {
  program
    .command('test <path>')
    .description(text('test'))
    .option('--mutate', text('optMutate'))
    .action(
      run(async (context, { mutate = false }: { mutate?: boolean }, path) => {
        const sound = await soundTree(context, path);
        const results = runPolicyTests(sound.config);
        if (results.length === 0)
          throw new CommandFailed(EXIT.failed, context.say('noTests', { folder: path }));
        const failed = results.filter(({ passed }) => !passed).length;
        const score = mutate && failed === 0 ? scoreOf(context, sound) : undefined;
        if (context.format === 'table') showLines(context, sound, results, score);
        else context.show({ tests: results.map((result) => told(context, sound, result)), ...score });
        if (failed > 0) throw new CommandFailed(EXIT.failed, '');
      }),
    );
}

interface Survivor {
  readonly place: string;
  readonly pointer: string;
  readonly change: string;
}

interface Score {
  readonly mutants: number;
  readonly survivors: readonly Survivor[];
}

function scoreOf({ settings }: Context, sound: SoundTree): Score {
  const { mutants, survivors } = scoreMutants(sound.config);
  return {
    mutants,
    survivors: survivors.map(({ pointer, change }) => ({
      place: placeOf(sound, pointer),
      pointer,
      change: change[settings.language],
    })),
  };
}

function showLines(
  context: Context,
  sound: SoundTree,
  results: readonly PolicyTestResult[],
  score?: Score,
): void {
  const failed = results.filter(({ passed }) => !passed).length;
  const lines = results.map((result) => lineOf(context, sound, result));
  const mutants = score === undefined ? [] : scoreLines(context, score);
  const count = context.say('testCount', { passed: results.length - failed, failed });
  context.terminal.out([...lines, count, ...mutants, ''].join('\n'));
}

function scoreLines(context: Context, { mutants, survivors }: Score): string[] {
  const killed = mutants - survivors.length;
  return [
    context.say('mutants', { killed, mutants, survivors: survivors.length }),
    ...survivors.map(({ place, pointer, change }) => `${place} ${pointer} ${change}`),
  ];
}

function lineOf(context: Context, sound: SoundTree, { name, difference }: PolicyTestResult): string {
  if (difference === undefined) return context.say('testPassed', { name });
  const why = `${placeOf(sound, difference.pointer)} ${difference.texts[context.settings.language]}`;
  return `${context.say('testFailed', { name })}\n    ${why}`;
}

function told(context: Context, sound: SoundTree, { name, passed, difference }: PolicyTestResult): object {
  if (difference === undefined) return { name, passed };
  const { pointer, texts } = difference;
  return { name, passed, place: placeOf(sound, pointer), pointer, message: texts[context.settings.language] };
}

function placeOf(sound: SoundTree, pointer: string): string {
  const place = sound.placeOf(pointer);
  return place === undefined ? pointer : `${place.file}:${place.line}:${place.column}`;
}
