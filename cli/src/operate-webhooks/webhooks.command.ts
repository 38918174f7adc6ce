import type {
  OutgoingWebhookList,
  OutgoingWebhookView,
  ReplayedDeliveries,
  WebhookDeliveries,
  WebhookDelivery,
} from '@tocsin/contracts';
import { type Command, Option } from 'commander';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';
import { given } from '../work-cases/case-request.js';

const COLUMNS = {
  NAME: 'name',
  STATE: 'state',
  SINCE: 'since',
  BY: 'by',
  WAITING: 'waiting',
  'WAITING SINCE': 'waitingSince',
  DEAD: 'dead',
  EVENTS: 'events',
  FAULT: 'fault',
};

const LOG_COLUMNS = {
  ID: 'id',
  TYPE: 'type',
  ABOUT: 'about',
  AT: 'at',
  STATE: 'state',
  TRIES: 'tries',
  'LAST TRY': 'last.at',
  ANSWER: 'last.outcome',
  'NEXT TRY': 'nextTryAt',
};

interface LogOptions {
  readonly state?: string;
  readonly from?: string;
  readonly to?: string;
}

const pathOf = (name: string): string => `/v1/outgoing-webhooks/${encodeURIComponent(name)}`;

export function webhookCommands(program: Command, build: Build): void {
  const { text, run } = build;
  const webhooks = program.command('webhooks').description(text('webhooks'));
  webhooks
    .command('list')
    .description(text('webhooksList'))
    .action(
      run(async (context) => {
        const list = await context.api.json<OutgoingWebhookList>('/v1/outgoing-webhooks');
        if (context.format === 'table') context.show(list.webhooks, COLUMNS);
        else context.show(list);
      }),
    );
  webhooks
    .command('log <name>')
    .description(text('webhooksLog'))
    .addOption(
      new Option('--state <state>', text('optDeliveryState')).choices([
        'waiting',
        'sending',
        'delivered',
        'dead',
      ]),
    )
    .option('--from <instant>', text('optReplayFrom'))
    .option('--to <instant>', text('optReplayTo'))
    .action(
      run(async (context, { state, from, to }: LogOptions, name = '') => {
        const query = new URLSearchParams({
          ...given('state', state),
          ...given('from', from),
          ...given('to', to),
        });
        const found = await deliveriesOf(context, name, query);
        if (context.format === 'table') context.show(found.deliveries.map(withLast), LOG_COLUMNS);
        else context.show(found);
      }),
    );
  webhooks
    .command('replay <name> [delivery]')
    .description(text('webhooksReplay'))
    .option('--from <instant>', text('optReplayFrom'))
    .option('--to <instant>', text('optReplayTo'))
    .addOption(new Option('--state <state>', text('optDeliveryState')).choices(['delivered', 'dead']))
    .action(run(replay));
  for (const [verb, said] of [
    ['pause', 'webhooksPause'],
    ['resume', 'webhooksResume'],
  ] as const)
    webhooks
      .command(`${verb} <name>`)
      .description(text(said))
      .action(
        run(async (context, _options, name = '') => {
          const path = `${pathOf(name)}/${verb}`;
          context.show(await context.api.json<OutgoingWebhookView>(path, { method: 'POST', body: {} }));
        }),
      );
  webhooks.command('test <name>').description(text('webhooksTest')).action(run(test));
}

const deliveriesOf = (context: Context, name: string, query: URLSearchParams): Promise<WebhookDeliveries> =>
  context.api.json<WebhookDeliveries>(`${pathOf(name)}/deliveries?${query.toString()}`);

const withLast = (delivery: WebhookDelivery): object => ({ ...delivery, last: delivery.requests.at(-1) });

async function replay(
  context: Context,
  { from, to, state }: LogOptions,
  name = '',
  delivery?: string,
): Promise<void> {
  if (delivery === undefined && (from === undefined || to === undefined))
    throw new CommandFailed(EXIT.usage, context.say('replayWhat'));
  const span = new URLSearchParams({ ...given('from', from), ...given('to', to), ...given('state', state) });
  const path =
    delivery === undefined
      ? `${pathOf(name)}/replay?${span.toString()}`
      : `${pathOf(name)}/deliveries/${encodeURIComponent(delivery)}/replay`;
  const said = await context.api.json<ReplayedDeliveries>(path, { method: 'POST', body: {} });
  if (context.format === 'table') context.terminal.out(`${context.say('replayed', { ...said })}\n`);
  else context.show(said);
}

/** Milliseconds between looks at the log, and how many: longer than a request may take. */
const LOOK_MS = 500;
const LOOKS = 40;

/** Sends a test and waits for its end. Ends with 1 when it was not delivered, so that a script can watch it. */
async function test(context: Context, _options: object, name = ''): Promise<void> {
  const { id } = await context.api.json<{ id: string }>(`${pathOf(name)}/test`, { method: 'POST', body: {} });
  const over = await endOf(context, name, id);
  if (over === undefined) throw new CommandFailed(EXIT.refused, context.say('testNotOver', { name }));
  const outcome = over.requests.at(-1)?.outcome ?? '';
  if (context.format === 'table') context.terminal.out(`${context.say('tested', { outcome })}\n`);
  else context.show(over);
  if (over.state === 'dead') throw new CommandFailed(EXIT.refused, '');
}

/** @returns undefined when it is still not over after a while */
async function endOf(context: Context, name: string, id: string): Promise<WebhookDelivery | undefined> {
  for (let looks = 0; looks < LOOKS; looks++) {
    const { deliveries } = await deliveriesOf(context, name, new URLSearchParams({ limit: '20' }));
    const mine = deliveries.find((delivery) => delivery.id === id);
    if (mine !== undefined && ['delivered', 'dead'].includes(mine.state)) return mine;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return undefined;
}
