import {
  type ApprovedPlan,
  CONFIG_FILES_TYPE,
  type ConfigProblems,
  type RevisionList,
} from '@tocsin/contracts';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { Build } from '../program.js';
import { planConfig, sentFiles } from './plan-config.js';
import { soundTree } from './show-findings.js';
import { planLines } from './show-plan.js';

/** The second pair of eyes: shows a plan and approves exactly it, or reviews what went through broken glass. */
export function approveCommand(command: Command, { text, run }: Build): void {
  command
    .description(text('configApprove'))
    .option('--revision <number>', text('optReviewed'))
    .action(
      run(async (context, { revision }: { revision?: string }, path?: string) => {
        if (revision !== undefined) return review(context, revision);
        if (path === undefined) throw new CommandFailed(EXIT.usage, context.say('approveWhat'));
        const sound = await soundTree(context, path);
        const plan = await planConfig(context, sound, { judge: true });
        if (context.format === 'table') context.terminal.out(planLines(plan, sound.config, context));
        const approved = await context.api.json<ApprovedPlan>('/v1/config/approve', {
          method: 'POST',
          body: sentFiles(sound),
          type: CONFIG_FILES_TYPE,
        });
        if (context.format !== 'table') return context.show(approved);
        const { base, approvedBy } = approved;
        context.terminal.out(`${context.say('approved', { base, by: approvedBy })}\n`);
      }),
    );
}

async function review(context: Context, revision: string): Promise<void> {
  const path = `/v1/config/revisions/${encodeURIComponent(revision)}/approve`;
  const reviewed = await context.api.json<{ approvedBy: string }>(path, { method: 'POST' });
  if (context.format !== 'table') return context.show(reviewed);
  context.terminal.out(`${context.say('reviewed', { revision, by: reviewed.approvedBy })}\n`);
}

/** The revisions with who applied and who approved them; problems of the config come last. */
export function revisionsCommand(command: Command, { text, run }: Build): void {
  command.description(text('configRevisions')).action(
    run(async (context) => {
      const { revisions } = await context.api.json<RevisionList>('/v1/config/revisions');
      const { problems } = await context.api.json<ConfigProblems>('/v1/config/problems');
      if (context.format !== 'table') return context.show({ revisions, problems });
      const lines = revisions.map(({ revision, at, author, approvedBy, brokeGlass, reason }) =>
        [
          `${revision}  ${at}  ${author}`,
          ...(approvedBy === null ? [] : [context.say('approvedBy', { by: approvedBy })]),
          ...(brokeGlass ? [context.say('brokeGlass')] : []),
          reason,
        ]
          .join('  ')
          .trimEnd(),
      );
      const told = problems.map(({ detail }) => `${context.say('problem')}: ${detail}`);
      context.terminal.out([...lines, ...told, ''].join('\n'));
    }),
  );
}
