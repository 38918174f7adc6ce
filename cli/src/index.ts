export { runCommand } from './program.js';
export { type ExitCode, EXIT } from './exit-codes.js';
export type { Terminal } from './settings.js';
