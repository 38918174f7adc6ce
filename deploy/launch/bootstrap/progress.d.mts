export function cureFor(output: string): string;
