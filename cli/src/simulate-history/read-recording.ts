import {
  isoOf,
  type Instant,
  type RecordedInput,
  type RecordedInputs,
  type Recording,
  SIMULATE_TEXTS,
  say,
} from '@tocsin/contracts';
import { type DatedHistory, historyOf } from '@tocsin/rules';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';

/**
 * Reads the recording from the server, page by page; how far it is stands on standard error.
 * @throws CommandFailed when nothing is recorded, or by no config that this version can read
 */
export async function readRecording(
  { api, settings, terminal }: Context,
  from: Instant,
): Promise<DatedHistory> {
  const since = encodeURIComponent(isoOf(from));
  const head = await api.json<Recording>(`/v1/simulations/recording?from=${since}`);
  const inputs: RecordedInput[] = [];
  const history = historyOf(head, inputs);
  const fail = (name: 'nothing' | 'noRevision'): CommandFailed =>
    new CommandFailed(EXIT.failed, say(SIMULATE_TEXTS[name], settings.language, { from: isoOf(from) }));
  if (head.inputs === 0) throw fail('nothing');
  if (history === undefined) throw fail('noRevision');
  let told = 0;
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: RecordedInputs = await api.json(`/v1/simulations/inputs?from=${since}&after=${after}`);
    for (const input of page.inputs) inputs.push(input);
    after = page.next;
    if (after !== undefined && inputs.length - told < head.inputs / 10) continue;
    told = inputs.length;
    const facts = { read: told, all: Math.max(told, head.inputs) };
    terminal.err(`${say(SIMULATE_TEXTS.reading, settings.language, facts)}\n`);
  }
  return history;
}
