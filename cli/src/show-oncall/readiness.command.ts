import type { ReadinessView } from '@tocsin/contracts';
import type { Command } from 'commander';
import type { Build } from '../program.js';

const COLUMNS = {
  PERSON: 'person',
  READY: 'ready',
  REACHABLE: 'reachable',
  'ASKED BY': 'askedBy',
  'NEXT SHIFT': 'nextShift.from',
  MISSING: 'missing',
};

interface Options {
  readonly person?: string;
  readonly missing?: true;
}

/** `tocsin readiness`. */
export function readinessCommand(program: Command, { text, run }: Build): void {
  program
    .command('readiness')
    .description(text('readiness'))
    .option('--person <name>', text('optReadinessOf'))
    .option('--missing', text('optMissing'))
    .action(
      run(async (context, { person, missing }: Options) => {
        const query = new URLSearchParams({
          ...(person === undefined ? {} : { person }),
          ...(missing === undefined ? {} : { missing: 'true' }),
        });
        const view = await context.api.json<ReadinessView>(`/v1/readiness?${query.toString()}`);
        if (context.format !== 'table') return context.show(view);
        const { language } = context.settings;
        context.show(
          view.persons.map((one) => ({
            ...one,
            askedBy: one.askedBy.map(({ kind, name }) => `${kind} ${name}`).join(', '),
            missing: one.missing.map((lack) => lack.text[language]).join('; '),
          })),
          COLUMNS,
        );
      }),
    );
}
