import { text } from 'node:stream/consumers';
import { runCommand } from './program.js';

// Whoever reads has had enough, as `head` does: nothing that is written from now on would be seen.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  out: (line) => process.stdout.write(line),
  err: (line) => process.stderr.write(line),
  fetch: globalThis.fetch,
  now: Date.now,
  stdin: () => text(process.stdin),
});
