import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bannedNames } from '../../checking/banned-names.mjs';
import { ProbeTree, type Finding } from './probe-tree.js';

const NX = '@nx/enforce-module-boundaries';
const importing = (from: string): string => `import { here } from '${from}';\nexport const there = here;\n`;

/** Title, file, its text, then the rule that must name it in eslint, and the one in dependency-cruiser. */
const BANS: readonly (readonly [
  title: string,
  file: string,
  text: string,
  lint: string | undefined,
  cruise?: string,
])[] = [
  [
    'a contract importing rules',
    'libs/contracts/src/probe-rules.ts',
    importing('@tocsin/rules'),
    NX,
    'contract-imports',
  ],
  [
    'a contract using a package other than zod',
    'libs/contracts/src/probe-pg.ts',
    "import { Pool } from 'pg';\nexport const there = Pool;\n",
    NX,
    'contract-packages',
  ],
  [
    'rules importing node:fs',
    'libs/rules/src/probe-fs.ts',
    "import { readFileSync } from 'node:fs';\nexport const there = readFileSync;\n",
    'no-restricted-imports',
    'rules-are-pure',
  ],
  [
    'rules importing an adapter',
    'libs/rules/src/probe-adapter.ts',
    importing('@tocsin/postgres'),
    NX,
    'rules-imports',
  ],
  [
    'rules using an impure package',
    'libs/rules/src/probe-package.ts',
    "import { Pool } from 'pg';\nexport const there = Pool;\n",
    NX,
    'rules-packages',
  ],
  [
    'rules asking Date.now',
    'libs/rules/src/probe-now.ts',
    'export const at = Date.now();\n',
    'no-restricted-properties',
  ],
  [
    'rules asking new Date()',
    'libs/rules/src/probe-date.ts',
    'export const at = new Date();\n',
    'no-restricted-syntax',
  ],
  [
    'rules asking Math.random',
    'libs/rules/src/probe-random.ts',
    'export const luck = Math.random();\n',
    'no-restricted-properties',
  ],
  [
    'rules asking Temporal.Now',
    'libs/rules/src/probe-temporal.ts',
    "import { Temporal } from 'temporal-polyfill';\nexport const at = Temporal.Now.instant();\n",
    'no-restricted-properties',
  ],
  [
    'rules reading process',
    'libs/rules/src/probe-process.ts',
    'export const id = process.pid;\n',
    'no-restricted-globals',
  ],
  [
    'rules waiting on a timer',
    'libs/rules/src/probe-timer.ts',
    'export const wait = (): unknown => setTimeout(() => undefined, 5);\n',
    'no-restricted-globals',
  ],
  [
    'the port importing an adapter',
    'libs/event-log/src/probe-adapter.ts',
    importing('@tocsin/kafka'),
    NX,
    'port-imports',
  ],
  [
    'the port importing rules',
    'libs/event-log/src/probe-rules.ts',
    importing('@tocsin/rules'),
    NX,
    'port-imports',
  ],
  [
    'an adapter importing a sister',
    'libs/kafka/src/probe-sister.ts',
    importing('@tocsin/postgres'),
    NX,
    'adapter-sister',
  ],
  [
    'an adapter importing rules',
    'libs/redis/src/probe-rules.ts',
    importing('@tocsin/rules'),
    NX,
    'adapter-imports',
  ],
  [
    'an adapter using the client of another',
    'libs/redis/src/probe-client.ts',
    "import { Pool } from 'pg';\nexport const there = Pool;\n",
    undefined,
    'only-postgres-uses-its-client',
  ],
  [
    'runtime importing an adapter',
    'libs/runtime/src/probe-adapter.ts',
    importing('@tocsin/redis'),
    NX,
    'runtime-imports',
  ],
  [
    'a service importing a service',
    'services/notification/src/probe-service.ts',
    importing('@tocsin/console'),
    NX,
    'service-sister',
  ],
  [
    'a service reaching into the files of a package',
    'services/console/src/probe-inside.ts',
    "export { here } from '@tocsin/rules/src/index.js';\n",
    'no-restricted-imports',
    'resolvable',
  ],
  [
    'a service using the client of an adapter',
    'services/console/src/probe-client.ts',
    "import { Redis } from 'ioredis';\nexport const there = Redis;\n",
    undefined,
    'only-redis-uses-its-client',
  ],
  [
    'production code using the test rig',
    'services/ticket-intake/src/probe-rig.ts',
    importing('@tocsin/test-rig'),
    NX,
    'service-imports',
  ],
  [
    'the command line importing a service',
    'cli/src/probe-service.ts',
    importing('@tocsin/console'),
    NX,
    'cli-imports',
  ],
  [
    'an end-to-end test importing a service',
    'e2e/src/probe-service.ts',
    importing('@tocsin/console'),
    NX,
    'e2e-imports',
  ],
  [
    'process.env outside of config loading',
    'services/console/src/probe-env.ts',
    "export const home = process.env['HOME'];\n",
    'no-restricted-properties',
  ],
  [
    'console.log in a service',
    'services/console/src/probe-console.ts',
    "console.log('x');\nexport const there = 1;\n",
    'no-console',
  ],
  [
    'a promise left floating',
    'services/console/src/probe-floating.ts',
    'export const there = (): void => {\n  Promise.resolve(1);\n};\n',
    '@typescript-eslint/no-floating-promises',
  ],
  [
    'a switch that forgets a case',
    'services/console/src/probe-switch.ts',
    "export function there(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}\n",
    '@typescript-eslint/switch-exhaustiveness-check',
  ],
  [
    'any',
    'services/console/src/probe-any.ts',
    'export const there: any = 1;\n',
    '@typescript-eslint/no-explicit-any',
  ],
  [
    'more than four parameters',
    'services/console/src/probe-params.ts',
    'export const there = (a: 1, b: 1, c: 1, d: 1, e: 1): number => a + b + c + d + e;\n',
    'no-restricted-syntax',
  ],
  [
    'a to-do',
    'services/console/src/probe-todo.ts',
    '// TODO later\nexport const there = 1;\n',
    'no-warning-comments',
  ],
  [
    'a file name in camel case',
    'services/console/src/probeCase.ts',
    'export const there = 1;\n',
    'unicorn/filename-case',
  ],
  [
    'a cycle',
    'services/console/src/probe-cycle-a.ts',
    "import { b } from './probe-cycle-b.js';\nexport const a = (): number => b();\n",
    undefined,
    'no-circular',
  ],
  [
    'a file nobody imports',
    'services/console/src/probe-orphan.ts',
    'export const there = 1;\n',
    undefined,
    'no-orphans',
  ],
  [
    'production code importing a spec',
    'services/console/src/probe-spec-import.ts',
    "export { there } from './probe-allowed.spec.js';\n",
    undefined,
    'specs-are-not-imported',
  ],
];

const ALLOWED: Record<string, string> = {
  'services/console/src/probe-cycle-b.ts':
    "import { a } from './probe-cycle-a.js';\nexport const b = (): number => a();\n",
  'services/console/src/probe-allowed.spec.ts': importing('@tocsin/test-rig'),
  'libs/rules/src/probe-allowed.spec.ts': `${importing('@tocsin/test-rig')}export const at = Date.now();\n`,
  'services/console/src/probe-allowed.ts': importing('@tocsin/rules'),
  'libs/kafka/src/probe-allowed.ts': importing('@tocsin/event-log'),
};

describe('the bans', () => {
  let tree: ProbeTree;
  let linted: Finding[];
  let cruised: Finding[];

  beforeAll(async () => {
    tree = ProbeTree.plant({
      ...Object.fromEntries(BANS.map(([, file, text]) => [file, text])),
      ...ALLOWED,
      'services/console/src/helpers/probe-name.ts': 'export const there = 1;\n',
      'services/console/src/probe-names/utils.ts': 'export const there = 1;\n',
    });
    [linted, cruised] = await Promise.all([tree.lint(), tree.cruise()]);
  }, 180_000);

  afterAll(() => tree.remove());

  const rulesFor = (findings: Finding[], file: string): string[] =>
    findings.filter((finding) => finding.file === file).map(({ rule }) => rule);

  it.each(
    BANS.flatMap(([title, file, , lint]) => (lint === undefined ? [] : [[title, lint, file] as const])),
  )('eslint refuses %s (%s)', (_, rule, file) => {
    expect(rulesFor(linted, file)).toContain(rule);
  });

  it.each(
    BANS.flatMap(([title, file, , , cruise]) =>
      cruise === undefined ? [] : [[title, cruise, file] as const],
    ),
  )('dependency-cruiser refuses %s (%s)', (_, rule, file) => {
    expect(rulesFor(cruised, file)).toContain(rule);
  });

  it.each(Object.keys(ALLOWED).filter((file) => file.includes('allowed')))('both let %s pass', (file) => {
    expect(rulesFor(linted, file)).toEqual([]);
    expect(rulesFor(cruised, file).filter((rule) => rule !== 'no-orphans')).toEqual([]);
  });

  it('refuses folders and files whose name says nothing', () => {
    expect(bannedNames(tree.root)).toEqual([
      'services/console/src/helpers/',
      'services/console/src/probe-names/utils.ts',
    ]);
  });
});
