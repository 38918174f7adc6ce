import { join } from 'node:path';
import { readFolder } from '@tocsin/config-files';
import type { Config, RecordedInput } from '@tocsin/contracts';
import { flattenTaxonomy, readConfig, simulateHistory } from '@tocsin/rules';

export const STARTER = join(import.meta.dirname, '../../../examples/starter');
export const AT = Date.parse('2026-11-20T01:00:00Z');
export const NOW = Date.parse('2026-11-25T00:00:00Z');

/** The tree that the server says was in force, as its schema reads it. */
export async function starter(): Promise<{ tree: Record<string, unknown>; config: Config }> {
  const files = await readFolder(STARTER);
  if (!files.ok) throw new Error('the starter world cannot be read');
  const read = readConfig(files.tree);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const tree = files.tree as Record<string, unknown>;
  // As console stores a document: the schema alone reads it.
  return { tree: { ...tree, taxonomy: flattenTaxonomy(tree['taxonomy']).categories }, config: read.config };
}

const opened: RecordedInput = {
  ...{ id: 1, at: AT, case: '4F7', revision: 1 },
  input: {
    kind: 'event',
    event: {
      ...{
        source: 'demo',
        kind: 'ticket',
        type: 'ticket.created',
        ticketKey: 'T-1',
        version: { by: 'sender', at: 1, tie: '' },
      },
      ...{ receivedAt: '2026-11-20T01:00:00Z', severity: 'critical' },
    },
  },
  came: { went: 'open' },
};
export const answered: RecordedInput = {
  ...{ id: 2, at: AT + 30_000, case: '4F7', revision: 1 },
  input: { kind: 'act', act: { type: 'Acknowledged', by: 'bo' } },
  came: { status: 'acknowledged', answeredBy: 'bo' },
};

/** The opening with what the engine makes of it, so that history is what the starter world would do. */
export async function history(): Promise<RecordedInput[]> {
  const { config } = await starter();
  const facts = { changes: [], windows: [], configs: new Map([[1, config]]), newest: config, until: AT };
  const [story] = simulateHistory({ inputs: [opened], ...facts }).stories;
  const pages = (story?.pages ?? []).map(({ person, epoch, round, step, stepName }) => ({
    ...{ epoch, round, step, stepName },
    persons: [person],
  }));
  const { service, policy } = story ?? {};
  return [
    {
      ...opened,
      came: {
        ...{ breached: [], went: 'open', priorities: story?.priorities.map(({ priority }) => priority) },
        service,
        policy,
        status: 'running',
        pages,
      },
    },
    answered,
  ];
}
