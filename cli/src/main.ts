import { text } from 'node:stream/consumers';
import { runCommand } from './program.js';

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  out: (line) => process.stdout.write(line),
  err: (line) => process.stderr.write(line),
  fetch: globalThis.fetch,
  now: Date.now,
  stdin: () => text(process.stdin),
});
