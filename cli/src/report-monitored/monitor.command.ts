import { Duration, isoOf, type MonitoredRulesView } from '@tocsin/contracts';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';

interface ReportOptions {
  readonly rule?: string;
  readonly from: string;
}

/** What rules would have decided that only watch so far. */
export function monitorCommands(program: Command, { text, run }: Build): void {
  const monitor = program.command('monitor').description(text('monitor'));
  monitor
    .command('report')
    .description(text('monitorReport'))
    .option('--rule <name>', text('optMonitorRule'))
    .option('--from <when>', text('optMonitorFrom'), '7d')
    .action(
      run(async (context, { rule, from }: ReportOptions) => {
        const query = new URLSearchParams({
          from: fromOf(from, context),
          ...(rule === undefined ? {} : { rule }),
        });
        const report = await context.api.json<MonitoredRulesView>(`/v1/monitored-rules?${query.toString()}`);
        if (context.format === 'table') context.terminal.out(reportLines(report, context));
        else context.show(report);
      }),
    );
}

/** @throws CommandFailed when it is no time */
function fromOf(from: string, { terminal, say }: Context): string {
  const ago = Duration.safeParse(from);
  if (ago.success) return isoOf(terminal.now() - ago.data * 1000);
  const at = Date.parse(from);
  if (Number.isNaN(at)) throw new CommandFailed(EXIT.usage, say('badFrom', { from }));
  return isoOf(at);
}

function reportLines({ rules }: MonitoredRulesView, context: Context): string {
  if (rules.length === 0) return `${context.say('monitorNone')}\n`;
  return rules
    .flatMap((rule) => ruleLines(rule, context))
    .map((line) => `${line}\n`)
    .join('');
}

function ruleLines(rule: MonitoredRulesView['rules'][number], { say }: Context): string[] {
  const { kind, name, since = say('monitorNotYet'), matched, differed, pagesHeld, live } = rule;
  const named = ({ real, would }: { readonly real: string; readonly would: string }) => ({
    real: real === '' ? say('monitorNothing') : real,
    would: would === '' ? say('monitorNothing') : would,
  });
  const pages =
    pagesHeld === undefined ? say('monitorPagesUnknown') : say('monitorPages', { pages: pagesHeld });
  return [
    say('monitorRule', { kind, name, since, matched, differed }),
    ...rule.changes.map((change) => `  ${say('monitorChange', { ...named(change), cases: change.cases })}`),
    ...(differed === 0 ? [] : [`  ${pages}`]),
    ...rule.examples.map(
      (example) =>
        `  ${say('monitorExample', { caseId: example.caseId, at: example.at, ...named(example) })}`,
    ),
    `  ${say('monitorLive', live)}`,
  ];
}
