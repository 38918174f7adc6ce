// What a spec of libs/rules takes from '@jest/globals': jest's own parts, without a module registry per run.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const workspace = createRequire(join(process.cwd(), 'package.json'));
export const { describe, it, test } = workspace('jest-circus');
export const { jestExpect: expect } = workspace('@jest/expect');
