import type { Command } from 'commander';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';

/** The body of `/readyz?verbose`. */
interface Report {
  readonly status: string;
  readonly checks?: readonly { name: string; required: boolean; ok: boolean; detail?: string }[];
}

export function doctorCommand(program: Command, { text, run }: Build): void {
  program
    .command('doctor')
    .description(text('doctor'))
    .action(run((context) => doctor(context)));
}

async function doctor(context: Context): Promise<void> {
  const alive = await context.api.raw('/livez');
  const ready = await context.api.raw('/readyz?verbose');
  const report = (await ready.json().catch(() => ({ status: `HTTP ${ready.status}` }))) as Report;
  const { url } = context.settings;
  if (context.format === 'table') {
    context.show({ url, livez: alive.status, readyz: ready.status, status: report.status });
    context.show(report.checks ?? [], { CHECK: 'name', OK: 'ok', REQUIRED: 'required', DETAIL: 'detail' });
  } else context.show({ url, livez: alive.status, readyz: ready.status, ...report });
  if (!alive.ok || !ready.ok) throw new CommandFailed(EXIT.refused, '');
}
