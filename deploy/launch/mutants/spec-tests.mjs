// The tests of spec files, collected once per load and run as often as asked.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { renewModules } from './spec-modules.mjs';

const workspace = createRequire(join(process.cwd(), 'package.json'));
const { getState, resetState } = workspace('jest-circus');

/** The tests of all specs under these folders, from modules that nothing has used yet. */
export async function loadTests(folders) {
  renewModules();
  const tests = [];
  for (const file of folders.flatMap(specsOf)) {
    resetState();
    await import(pathToFileURL(join(process.cwd(), file)).href);
    for (const { names, run } of collect(getState().rootDescribeBlock, []))
      tests.push({ id: `${file} › ${names.join(' › ')}`, file, run });
  }
  return tests;
}

/** What the test fails with, if it does, and how long it took in milliseconds. */
export async function runTest(test) {
  const begun = performance.now();
  let failure;
  try {
    await test.run();
  } catch (error) {
    failure = String(error?.message ?? error).slice(0, 500);
  }
  return { failure, took: performance.now() - begun };
}

function specsOf(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.spec.ts'))
    .sort()
    .map((name) => join(folder, name));
}

function collect(block, outer) {
  if (block.hooks.length > 0) throw new Error('a hook in a spec: spec-tests.mjs runs none');
  return block.children.flatMap((child) => {
    const names = [...outer, child.name];
    if (child.type === 'describeBlock') return collect(child, names);
    return child.mode === 'skip' || child.mode === 'todo' ? [] : [{ names, run: child.fn }];
  });
}
