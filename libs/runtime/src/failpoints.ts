import { existsSync } from 'node:fs';
import { StartRefused } from './start-refused.js';

/** Called between steps; kills this process where a drill armed the point, else does nothing. */
export type PassFailpoint<Name extends string> = (name: Name) => void;

/**
 * The failpoints of a service.
 * @param setting `NAME[:chance[:seed[:file]]]` (chance above 0, at most 1), as FAILPOINT gives it; with a file the point
 *   kills only while that file exists, so that a drill can end its fault. The processes of a system share one setting:
 *   a name that is not among `names` belongs to another service, and arms nothing here.
 * @throws StartRefused when a point of ours is armed with a chance or a seed that cannot be read
 */
export function failpoints<Name extends string>(
  setting: string | undefined,
  names: readonly Name[],
): PassFailpoint<Name> {
  const [armed, chanceText = '1', seedText = '1', ...path] = (setting ?? '').split(':');
  if (!names.some((name) => name === armed)) return () => undefined;
  const chance = Number(chanceText);
  const seed = Number(seedText);
  if (!(chance > 0 && chance <= 1) || !Number.isInteger(seed))
    throw new StartRefused(
      `FAILPOINT is «${setting}»: write NAME[:chance[:seed[:file]]], such as ${armed}:0.01:7`,
    );
  const roll = rolls(seed);
  const file = path.join(':');
  return (name) => {
    // SIGKILL: nothing is tidied up, as when the power goes.
    if (name === armed && (file === '' || existsSync(file)) && roll() < chance)
      process.kill(process.pid, 'SIGKILL');
  };
}

/** mulberry32 (public domain): numbers from 0 to 1 that the same seed repeats, so that a drill can be repeated. */
function rolls(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
