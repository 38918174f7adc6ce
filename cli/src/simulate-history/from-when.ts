import { Duration, type Instant } from '@tocsin/contracts';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';

/** How far back history is replayed without being asked. */
export const DEFAULT_FROM = '30d';

/** @throws CommandFailed when it is no time */
export function fromWhen(from: string, { terminal, say }: Pick<Context, 'terminal' | 'say'>): Instant {
  const ago = Duration.safeParse(from);
  if (ago.success) return terminal.now() - ago.data * 1000;
  const at = Date.parse(from);
  if (Number.isNaN(at)) throw new CommandFailed(EXIT.usage, say('badFrom', { from }));
  return at;
}
