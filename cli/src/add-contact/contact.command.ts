import { randomBytes } from 'node:crypto';
import type { ContactMethodView, NewContactMethod } from '@tocsin/contracts';
import type { Command } from 'commander';
import type { Build } from '../program.js';

interface WebhookOptions {
  readonly secret?: string;
  readonly bands: string;
}

/** `whsec_` and 24 random bytes in base64: the form that Standard Webhooks libraries take as it is. */
const newSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;

export function contactCommands(program: Command, { text, run }: Build): void {
  const contact = program.command('contact').description(text('contact'));
  contact
    .command('add-webhook <person> <url>')
    .description(text('contactAddWebhook'))
    .option('--secret <secret>', text('optSecret'))
    .option('--bands <bands>', text('optBands'), 'P1-P5')
    .action(
      run(async (context, { secret, bands }: WebhookOptions, person, url) => {
        const made = secret ?? newSecret();
        const body: NewContactMethod = { person, kind: 'webhook', url, secret: made, bands };
        context.show(
          await context.api.json<ContactMethodView>('/v1/contact-methods', { method: 'POST', body }),
        );
        if (secret === undefined) context.terminal.err(`${context.say('madeSecret', { secret: made })}\n`);
      }),
    );
}
