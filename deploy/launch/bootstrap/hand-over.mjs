import { spawn } from 'node:child_process';

/**
 * Runs the verb under our Node and ends as it ends. Signals are handed on; a Ctrl-C in a terminal reaches the verb twice
 * then (once from the terminal itself), so verbs take a repeated signal as one.
 */
export function handOver(node, args, options) {
  const verb = spawn(node, args, { ...options, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => verb.kill(signal));
  return new Promise((resolve, reject) => {
    verb.once('error', reject);
    verb.once('exit', (code) => resolve(code ?? 1));
  });
}
