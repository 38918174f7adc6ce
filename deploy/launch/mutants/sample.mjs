// Which mutants a sample of a given size has, and what its score says about the whole.
import { createHash } from 'node:crypto';
import { relative } from 'node:path';

/** A mutant by what and where it is: the same in each run of the same source. */
export function keyOf({ fileName, location, mutatorName, replacement }, root) {
  const { start, end } = location;
  const place = [start.line, start.column, end.line, end.column].join(':');
  return [relative(root, fileName), place, mutatorName, replacement].join(' ');
}

/** A sample of `size` of these mutants, each as likely as the others; a larger one contains a smaller one. */
export function sampleOf(keys, size, seed) {
  const lots = keys.map((key) => lotOf(key, seed)).sort();
  return { seed, last: lots[Math.min(size, lots.length) - 1] ?? '' };
}

export function isInSample(key, { seed, last }) {
  return lotOf(key, seed) <= last;
}

/**
 * Bounds of the share in a population of `all`, of which `tried` were drawn and `noticed` of them noticed: the 95 %
 * interval of Wilson, narrowed as the sample comes near to the whole.
 */
export function intervalOf(noticed, tried, all) {
  if (tried === 0) return [0, 1];
  if (tried >= all) return [noticed / tried, noticed / tried];
  const [share, n, z2] = [noticed / tried, (tried * (all - 1)) / (all - tried), 1.96 ** 2];
  const middle = share + z2 / (2 * n);
  const half = Math.sqrt(z2 * ((share * (1 - share)) / n + z2 / (4 * n * n)));
  return [(middle - half) / (1 + z2 / n), (middle + half) / (1 + z2 / n)];
}

function lotOf(key, seed) {
  return createHash('sha256').update(`${seed} ${key}`).digest('hex');
}
