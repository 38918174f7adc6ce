import type { PageBalance } from '@tocsin/contracts';
import type { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';
import { given } from '../work-cases/case-request.js';

const COLUMNS = {
  MINUTE: 'minute',
  PLANNED: 'planned',
  DELIVERED: 'delivered',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  SUPPRESSED: 'suppressed',
  OPEN: 'open',
  BALANCED: 'balanced',
};

interface Range {
  readonly from?: string;
  readonly to?: string;
}

/** Ends with 1 when a page was lost, so that a script can watch it. */
export function balanceCommand(program: Command, { text, run }: Build): void {
  program
    .command('balance')
    .description(text('balance'))
    .option('--from <instant>', text('optBalanceFrom'))
    .option('--to <instant>', text('optBalanceTo'))
    .action(
      run(async (context, { from, to }: Range) => {
        const query = new URLSearchParams({ ...given('from', from), ...given('to', to) });
        const balance = await context.api.json<PageBalance>(`/v1/deliveries/balance?${query.toString()}`);
        if (context.format === 'table')
          context.show(
            [...balance.minutes, { minute: context.say('balanceTotal'), ...balance.total }],
            COLUMNS,
          );
        else context.show(balance);
        if (!balance.total.balanced) throw new CommandFailed(EXIT.refused, context.say('balanceOff'));
      }),
    );
}
