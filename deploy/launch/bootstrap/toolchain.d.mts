export function isNewEnough(version: string): boolean;
export function cleanEnvironment(): Record<string, string>;
