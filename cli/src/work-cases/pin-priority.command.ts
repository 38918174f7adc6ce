import { type PinnedPriority, PRIORITIES } from '@tocsin/contracts';
import { type Command, Option } from 'commander';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';

interface PinOptions {
  readonly set?: PinnedPriority['set'];
  readonly reason?: string;
  readonly until?: string;
  readonly unpin?: true;
}

/** `tocsin case priority 4F7K2 --set P2 --reason "known outage"`, and `--unpin` to take it back. */
export function pinPriorityCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('casePriority'))
    .addOption(new Option('--set <priority>', text('optSet')).choices(PRIORITIES))
    .option('--reason <text>', text('optPinReason'))
    .option('--until <instant>', text('optPinUntil'))
    .addOption(new Option('--unpin', text('optUnpin')).conflicts(['set', 'reason', 'until']))
    .action(
      run(async ({ api, show, say }, { set, reason, until, unpin }: PinOptions, id) => {
        const path = `/v1/cases/${encodeURIComponent(id)}/priority`;
        if (unpin) return show(await api.json(path, { method: 'DELETE' }));
        if (set === undefined || reason === undefined) throw new CommandFailed(EXIT.usage, say('needsPin'));
        const body: PinnedPriority = { set, reason, ...(until === undefined ? {} : { until }) };
        show(await api.json(path, { method: 'POST', body }));
      }),
    );
}
