import { PRIORITIES, type StartedEscalation } from '@tocsin/contracts';
import { type Command, Option } from 'commander';
import type { Build } from '../program.js';
import { given } from './case-request.js';

interface PageOptions {
  readonly priority: string;
  readonly subject: string;
  readonly link?: string;
  readonly key?: string;
}

/** `tocsin page "person bo" --subject …`: somebody is paged by hand; what the server warns of goes to stderr. */
export function pageCommand(program: Command, { text, run }: Build): void {
  program
    .command('page <target...>')
    .description(text('page'))
    .requiredOption('--subject <text>', text('optSubject'))
    .addOption(new Option('--priority <priority>', text('optPagePriority')).choices(PRIORITIES).default('P2'))
    .option('--link <url>', text('optLink'))
    .option('--key <key>', text('optOnceKey'))
    .action(
      run(async (context, { priority, subject, link, key }: PageOptions, ...target) => {
        const { case: started, warnings } = await context.api.json<StartedEscalation>('/v1/escalations', {
          method: 'POST',
          body: { target: target.join(' '), priority, subject, ...given('link', link) },
          idempotencyKey: key,
        });
        context.show(started);
        for (const warning of warnings) context.terminal.err(`${warning}\n`);
      }),
    );
}
