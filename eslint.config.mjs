// Lint rules that hold a design decision. Layout is biome's, dead code knip's, and the layers are locked a second
// time by .dependency-cruiser.mjs. deploy/launch/src/bans has a spec that sees every ban of this file fire.
import nx from '@nx/eslint-plugin';
import unicorn from 'eslint-plugin-unicorn';
import tseslint from 'typescript-eslint';
import { layerConstraints } from './deploy/launch/checking/layers.mjs';

/** Specs, and what stands only for specs: suites that several adapters pass, and rigs around one thing. */
const SPECS = ['**/*.spec.ts', '**/*.{int,story,browser}-spec.ts', '**/*.{contract,rig,given}.ts'];

const inLayers = (forSpecs) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    allow: [],
    depConstraints: layerConstraints(forSpecs),
    // Every spec may use the rig, which knows every library: a circle through it is not one of production code.
    ignoredCircularDependencies: [['!@tocsin/test-rig', '@tocsin/test-rig']],
  },
];

const OTHERS_INSIDES = {
  patterns: [
    {
      regex: '^@tocsin/[^/]+/(src|dist)(/|$)',
      message: 'Import what the package exports, not its files.',
    },
  ],
};

const SIGNATURES = [
  {
    selector:
      ':matches(FunctionDeclaration, ArrowFunctionExpression, MethodDefinition[kind!="constructor"] > FunctionExpression)[params.length>4]',
    message: 'More than 4 parameters: pass one object with names.',
  },
  {
    selector: 'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>8]',
    message: 'More than 8 constructor arguments: this class does too much.',
  },
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      '.nx/',
      '.tocsin/',
      'coverage/',
      '**/*.d.mts',
      '**/*.{mjs,cjs,js}',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { '@nx': nx, unicorn },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': inLayers(false),
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/strict-boolean-expressions': ['error', { allowNullableBoolean: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/require-await': 'error',
      // Ports are written with method signatures and taken apart freely: nothing of theirs uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      'unicorn/filename-case': ['error', { case: 'kebabCase' }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      // «modified» counts a switch as one way: exhaustive switches over unions are how decisions are written here.
      complexity: ['error', { max: 10, variant: 'modified' }],
      'max-depth': ['error', 3],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'start' }],
      'no-restricted-imports': ['error', OTHERS_INSIDES],
      'no-restricted-syntax': ['error', ...SIGNATURES],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only config loading reads the environment.' },
      ],
      'no-console': 'error',
    },
  },
  {
    name: 'where the environment is read or a terminal is written to',
    files: [
      'libs/runtime/src/main.ts',
      'libs/connections/src/config-copy/resolve-secret.ts',
      'libs/postgres/src/embedded/**',
      'services/*/src/main.ts',
      'libs/test-rig/**',
      'e2e/**',
      'cli/**',
      'deploy/**',
    ],
    rules: { 'no-restricted-properties': 'off', 'no-console': 'off' },
  },
  {
    name: 'rules are pure: no I/O, clock, randomness or process',
    files: ['libs/rules/src/**/*.ts'],
    ignores: SPECS,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...OTHERS_INSIDES.patterns,
            { regex: '^node:', message: 'Rules do no I/O: effects are data.' },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'fetch',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'queueMicrotask',
          'crypto',
          'console',
          'performance',
        ],
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness is an argument.' },
        { object: 'Date', property: 'now', message: 'Time is an argument.' },
        { object: 'Temporal', property: 'Now', message: 'Time is an argument.' },
      ],
      'no-restricted-syntax': [
        'error',
        ...SIGNATURES,
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'Time is an argument.',
        },
      ],
    },
  },
  {
    name: 'specs may use the test rig, and are as long as their cases',
    files: SPECS,
    rules: {
      '@nx/enforce-module-boundaries': inLayers(true),
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      'no-restricted-properties': 'off',
      'no-console': 'off',
    },
  },
);
