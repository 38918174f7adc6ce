/** The places where a drill may kill the process: between any two statements of a routing transaction. */
export const FAILPOINTS = [
  'router.after_tickets',
  'router.after_cases',
  'router.after_plan',
  'router.after_save',
  'router.after_append',
] as const;
export type FailpointName = (typeof FAILPOINTS)[number];

interface ArmedFailpoint {
  readonly name: FailpointName;
  /** Chance that passing the point kills, 0 to 1. */
  readonly chance: number;
  readonly seed: number;
}

/**
 * Reads `NAME[:chance[:seed]]`, such as `router.after_plan:0.01:7`.
 * @returns undefined when the text names no failpoint
 */
export function readFailpoint(text: string): ArmedFailpoint | undefined {
  const [name, chance = '1', seed = '1'] = text.split(':');
  const known = FAILPOINTS.find((point) => point === name);
  if (known === undefined || !(Number(chance) > 0) || !Number.isInteger(Number(seed))) return undefined;
  return { name: known, chance: Number(chance), seed: Number(seed) };
}

export type PassFailpoint = (name: FailpointName) => void;

/**
 * What every statement sequence calls between its statements: nothing at all unless armed, else `kill -9` of ourselves.
 * The same seed dies at the same pass.
 */
export function failpoints(armed: ArmedFailpoint | undefined): PassFailpoint {
  if (armed === undefined) return () => undefined;
  let state = armed.seed >>> 0;
  return (name) => {
    if (name !== armed.name) return;
    // mulberry32, public domain: a small generator, so that a drill's seed repeats.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const roll = ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    if (roll < armed.chance) process.kill(process.pid, 'SIGKILL');
  };
}
