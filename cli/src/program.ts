import { CLI_TEXTS, say } from '@tocsin/contracts';
import { Command, CommanderError, Option } from 'commander';
import { contactCommands } from './add-contact/contact.command.js';
import { applyCommand, configCommands, lintCommand, planCommand } from './change-config/config.command.js';
import { completionCommand } from './complete-words/completion.command.js';
import { doctorCommand } from './check-health/doctor.command.js';
import { type Context, contextOf } from './context.js';
import { CommandFailed, EXIT, type ExitCode } from './exit-codes.js';
import { balanceCommand } from './explain-pages/balance.command.js';
import { explainCommand } from './explain-pages/explain.command.js';
import { deadLetterCommands } from './redrive-dead-letters/dead-letters.command.js';
import { quarantineCommands } from './redrive-quarantine/quarantine.command.js';
import { eventCommands } from './send-event/event.command.js';
import { FORMATS, languageOfTerminal, type Terminal } from './settings.js';
import { calendarCommands } from './import-holidays/calendar.command.js';
import { calendarFeedCommands } from './cover-shifts/calendar-feed.command.js';
import { leaveCommands } from './cover-shifts/leave.command.js';
import { coverCommands } from './cover-shifts/cover.command.js';
import { swapCommands } from './cover-shifts/swap.command.js';
import { overrideCommands } from './cover-shifts/override.command.js';
import { temporaryScheduleCommands } from './cover-shifts/temporary-schedule.command.js';
import { readinessCommand } from './show-oncall/readiness.command.js';
import { nowCommand, oncallCommands } from './show-oncall/oncall.command.js';
import { monitorCommands } from './report-monitored/monitor.command.js';
import { webhookCommands } from './operate-webhooks/webhooks.command.js';
import { maintenanceCommands } from './plan-maintenance/maintenance.command.js';
import { heartbeatCommands } from './watch-heartbeats/heartbeat.command.js';
import { simulateCommand } from './simulate-history/simulate.command.js';
import { testCommand } from './test-config/test.command.js';
import { actCommand } from './work-cases/act.commands.js';
import { caseCommands } from './work-cases/case.command.js';
import { pageCommand } from './work-cases/page.command.js';

/** What the command files build with. */
export interface Build {
  /** A text of the catalogue. */
  text(name: keyof typeof CLI_TEXTS): string;
  /** Makes commander's action of a function of context, options and the positional arguments. */
  run<O>(
    act: (context: Context, options: O, ...positional: string[]) => Promise<void>,
  ): (...args: unknown[]) => Promise<void>;
}

/** Runs one command line. @param args without node and the script */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    await buildProgram(terminal).parseAsync([...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommandFailed) {
      if (error.message !== '') terminal.err(`${error.message}\n`);
      return error.exit;
    }
    // Help and version end by an error too, with code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    throw error;
  }
}

function buildProgram(terminal: Terminal): Command {
  const language = languageOfTerminal(terminal.env);
  const build: Build = {
    text: (name) => say(CLI_TEXTS[name], language),
    run:
      (act) =>
      async (...args) => {
        // commander gives positional arguments, then options, then the command.
        const command = args.at(-1) as Command;
        // One that may be repeated comes as a list.
        const positional = args.slice(0, -2).flat() as string[];
        await act(contextOf(command, terminal), args.at(-2) as never, ...positional);
      },
  };
  const program = new Command('tocsin')
    .description(build.text('about'))
    .addHelpText('after', `\n${build.text('exits')}`)
    .addOption(new Option('-o, --output <format>', build.text('optOutput')).choices(FORMATS).default('table'))
    .option('--url <url>', build.text('optUrl'))
    .option('--token <token>', build.text('optToken'))
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError()
    .exitOverride();
  for (const add of [
    eventCommands,
    caseCommands,
    pageCommand,
    oncallCommands,
    readinessCommand,
    coverCommands,
    overrideCommands,
    swapCommands,
    temporaryScheduleCommands,
    leaveCommands,
    calendarFeedCommands,
    calendarCommands,
    configCommands,
    testCommand,
    simulateCommand,
    quarantineCommands,
    deadLetterCommands,
    contactCommands,
    heartbeatCommands,
    maintenanceCommands,
    monitorCommands,
    webhookCommands,
    explainCommand,
    balanceCommand,
    doctorCommand,
    completionCommand,
  ])
    add(program, build);
  addAliases(program, build);
  return program;
}

function addAliases(program: Command, build: Build): void {
  lintCommand(program.command('lint <path>'), build);
  planCommand(program.command('plan <path>'), build);
  applyCommand(program.command('apply <path>'), build);
  nowCommand(program.command('who'), build);
  actCommand(program.command('ack <case...>').description(build.text('caseAck')), 'acknowledge', build);
}
