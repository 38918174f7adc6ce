import type { ResolutionTable } from '@tocsin/contracts';

/** The codes that can be chosen: those with others below them are headings. */
export const chosenCodes = ({ codes }: ResolutionTable): string[] => {
  const paths = Object.keys(codes);
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`))).toSorted();
};
