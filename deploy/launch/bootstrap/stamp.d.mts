export function hashOf(files: readonly string[]): Promise<string>;
export function isStamped(file: string, mark: string): Promise<boolean>;
export function stamp(file: string, mark: string): Promise<void>;
