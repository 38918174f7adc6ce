export function bannedNames(root: string): string[];
