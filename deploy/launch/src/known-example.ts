import { existsSync, readdirSync } from 'node:fs';
import { LaunchError } from './launch-error.js';

/**
 * Refuses the name of an example before anything is started for it.
 * @param folder the one that holds the examples
 * @throws LaunchError naming those that there are
 */
export function mustBeExample(name: string | undefined, folder: string): void {
  if (name === undefined) return;
  const known = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .toSorted()
    : [];
  if (known.includes(name)) return;
  throw new LaunchError(
    `There is no example «${name}»: use --example with one of ${known.join(', ')}, or --empty for none.`,
  );
}
