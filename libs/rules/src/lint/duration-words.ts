const UNITS = [
  ['w', 604_800],
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
] as const;

/** Seconds as the config writes them, in the largest unit that divides them: 120 is `2m`, 90 is `90s`. */
export function durationWords(seconds: number): string {
  const [unit, length] = UNITS.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['s', 1];
  return `${seconds / length}${unit}`;
}
