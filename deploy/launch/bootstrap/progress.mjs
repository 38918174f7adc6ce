import { spawn } from 'node:child_process';
import { Failure } from './failure.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const STILL_WORKING_MS = 5_000;
// npm tells the cause first and then its usage; other tools tell it last.
const FIRST_LINES = 6;
const LAST_LINES = 4;

const CURES = [
  [/ENOSPC|No space left/, 'the disk is full: free about 2 GB and run it again'],
  [/EACCES|EPERM|EROFS/, 'no permission to write there: run it as the owner of this folder'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|network/i,
    'the npm registry cannot be reached: check the network, a proxy or «npm config get registry», then run it again',
  ],
  [/E401|E403/, 'the npm registry refused us: check its credentials in your .npmrc'],
  [/EINTEGRITY/, 'a download was damaged: run «npm cache verify» and try again'],
  [
    /EUSAGE/,
    'package-lock.json does not match the package.json files: restore both with git, or run «npm install --ignore-scripts» under Node 24',
  ],
  [/ENOENT.*spawn|spawn.*ENOENT/, 'a program is missing: install Node.js with npm from https://nodejs.org'],
];

/** What to do about a tool's failure, from what it printed. */
export function cureFor(output) {
  return (
    CURES.find(([symptom]) => symptom.test(output))?.[1] ??
    'see the lines above; run it again when they are settled'
  );
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(0)} s`;
const show = (line) => process.stderr.write(`${line}\n`);

/**
 * Runs one tool quietly and shows that it lives: a line when it begins, every 5 s, and when it is done.
 * @param {string} what such as «installing packages»
 * @param {string} command @param {string[]} args @param {import('node:child_process').SpawnOptions} options
 */
export async function runShown(what, command, args, options = {}) {
  const started = performance.now();
  const lines = [];
  show(`${what} …`);
  const alive = setInterval(() => show(`${what} … ${seconds(started)}`), STILL_WORKING_MS);
  try {
    await runTool(command, args, options, (line) => {
      lines.push(line);
      if (lines.length > FIRST_LINES + LAST_LINES) lines.splice(FIRST_LINES, 1);
    });
  } catch (error) {
    throw new Failure(`${what} failed: ${cureFor(`${lines.join('\n')}\n${error.message}`)}`, [
      ...lines,
      error.message,
    ]);
  } finally {
    clearInterval(alive);
  }
  show(`${what}: done in ${seconds(started)}`);
}

function runTool(command, args, options, onLine) {
  return new Promise((resolve, reject) => {
    const tool = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [tool.stdout, tool.stderr])
      stream.setEncoding('utf8').on('data', (text) => text.split('\n').filter(Boolean).forEach(onLine));
    // Left running, it would still be writing when the next start installs.
    let interrupted = false;
    // npm takes its time to heed a gentler signal, and an unstamped install is done again anyway.
    const interrupt = () => {
      interrupted = true;
      tool.kill('SIGKILL');
    };
    for (const signal of SIGNALS) process.on(signal, interrupt);
    tool.once('error', reject);
    tool.once('close', (code, signal) => {
      for (const name of SIGNALS) process.off(name, interrupt);
      if (interrupted) process.exit(130);
      if (code === 0) resolve();
      else reject(new Error(`${command} ended with ${signal ?? `code ${code}`}`));
    });
  });
}
