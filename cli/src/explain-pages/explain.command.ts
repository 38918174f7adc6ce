import type { ExplainView } from '@tocsin/contracts';
import type { Command } from 'commander';
import type { Build } from '../program.js';

export function explainCommand(program: Command, { text, run }: Build): void {
  program
    .command('explain <case> <person>')
    .description(text('explain'))
    .action(
      run(async (context, _options, caseId, person) => {
        const query = new URLSearchParams({ case: caseId ?? '', person: person ?? '' });
        const view = await context.api.json<ExplainView>(`/v1/explain?${query.toString()}`);
        if (context.format !== 'table') return context.show(view);
        const { language } = context.settings;
        const unreachable = view.unreachable?.map((text) => text[language]).join('; ');
        context.show({
          ...{ reason: view.reason, at: view.at, text: view.text[language] },
          ...(unreachable === undefined ? {} : { unreachable }),
        });
      }),
    );
}
