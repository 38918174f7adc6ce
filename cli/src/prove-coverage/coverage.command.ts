import type { Command } from 'commander';
import { soundTree } from '../change-config/show-findings.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';
import { provedDays } from './proved-days.js';

/** Proves for each service that P1 and P2 always page somebody in time, or names the earliest hole; no server is asked. */
export function coverageCommand(command: Command, { text, run }: Build): void {
  command.description(text('configCoverage')).action(
    run(async (context, _options, path) => {
      const { config } = await soundTree(context, path);
      const { settings, terminal } = context;
      const proofs = provedDays(config, terminal.now(), settings.language);
      if (context.format !== 'table') context.show({ coverage: proofs });
      else terminal.out(proofs.map((proof) => `${proof.text}\n`).join(''));
      if (proofs.some(({ priority, proved }) => priority === 'P1' && !proved))
        throw new CommandFailed(EXIT.failed, '');
    }),
  );
}
