/** How many letters must be added, left out or changed to make one word of the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** @returns the name that was probably meant; undefined when none is near */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const far = Math.max(2, Math.floor(name.length / 3));
  return names
    .map((candidate) => ({ candidate, off: distance(name, candidate) }))
    .filter(({ off }) => off <= far)
    .toSorted((a, b) => a.off - b.off)[0]?.candidate;
}
