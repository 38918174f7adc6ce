import { CASE_STATES, type CaseList, type CaseTimeline, type CaseView } from '@tocsin/contracts';
import { type Command, Option } from 'commander';
import type { Context } from '../context.js';
import type { Build } from '../program.js';
import { actCommand, reopenCommand } from './act.commands.js';
import { pinPriorityCommand } from './pin-priority.command.js';
import { given, pathOf } from './case-request.js';
import { changeTicketsCommands } from './change-tickets.commands.js';
import { redirectCommands } from './redirect.commands.js';

const COLUMNS = {
  ID: 'id',
  PRIORITY: 'priority',
  STATE: 'state',
  ESCALATION: 'escalation.state',
  BY: 'acknowledgedBy',
  SERVICE: 'service',
  OPENED: 'openedAt',
  SUBJECT: 'subject',
};

const CLOCK_COLUMNS = {
  CLOCK: 'kind',
  STATE: 'state',
  'AT RISK': 'atRiskAt',
  DUE: 'dueAt',
  'PAUSED SINCE': 'pausedSince',
  PAUSES: 'pauses.length',
  POLICY: 'policy',
};

interface ListOptions {
  readonly state?: string;
  readonly limit: string;
}

export function caseCommands(program: Command, { text, run }: Build): void {
  const cases = program.command('case').description(text('case'));
  cases
    .command('list')
    .description(text('caseList'))
    .addOption(new Option('--state <state>', text('optState')).choices(CASE_STATES))
    .option('--limit <n>', text('optLimit'), '50')
    .action(run((context, options: ListOptions) => list(context, options)));
  cases
    .command('show <case>')
    .description(text('caseShow'))
    .action(
      run(async (context, _options, id) => {
        const { sla, ...view } = await context.api.json<CaseView>(pathOf(id));
        if (context.format !== 'table' || sla === undefined)
          return context.show({ ...view, ...given('sla', sla) });
        context.show(view);
        context.show(sla, CLOCK_COLUMNS);
      }),
    );
  cases
    .command('timeline <case>')
    .description(text('caseTimeline'))
    .action(
      run(async (context, _options, id) => {
        const timeline = await context.api.json<CaseTimeline>(`${pathOf(id)}/timeline`);
        if (context.format !== 'table') return context.show(timeline);
        context.show(timeline.events, { AT: 'at', WHAT: 'text', BY: 'by' });
      }),
    );
  actCommand(cases.command('ack <case...>').description(text('caseAck')), 'acknowledge', { text, run });
  actCommand(cases.command('resolve <case...>').description(text('caseResolve')), 'resolve', { text, run });
  actCommand(cases.command('escalate <case...>').description(text('caseEscalate')), 'escalate', {
    text,
    run,
  });
  reopenCommand(cases.command('reopen <case>'), { text, run });
  actCommand(cases.command('note <case...>').description(text('caseNote')), 'note', { text, run });
  pinPriorityCommand(cases.command('priority <case>'), { text, run });
  redirectCommands(cases, { text, run });
  changeTicketsCommands(cases, { text, run });
}

async function list(context: Context, { state, limit }: ListOptions): Promise<void> {
  const query = new URLSearchParams({ limit, ...given('state', state) });
  const { cases, ...rest } = await context.api.json<CaseList>(`/v1/cases?${query.toString()}`);
  if (context.format === 'table') context.show(cases, COLUMNS);
  else context.show({ cases, ...rest });
}
