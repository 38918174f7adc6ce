// The second lock on the layers, beside the Nx rule of eslint.config.mjs: resolves real files, sees cycles, orphans
// and Node's own modules. Both read the same table.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT_OF, LAYERS } from './deploy/launch/checking/layers.mjs';

const root = import.meta.dirname;
const SPEC = '[.](spec|int-spec|story-spec|browser-spec|contract|rig|given)[.](ts|mjs)$';
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const oneOf = (names) =>
  `(${names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)).join('|')})`;

const projects = json(join(root, 'package.json')).workspaces.flatMap((pattern) =>
  pattern.endsWith('/*')
    ? readdirSync(join(root, pattern.slice(0, -2))).map((name) => `${pattern.slice(0, -2)}/${name}`)
    : [pattern],
);

const foldersOf = {};
for (const folder of projects) {
  try {
    for (const tag of json(join(root, folder, 'package.json')).nx.tags)
      (foldersOf[tag.replace('type:', '')] ??= []).push(folder);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
  }
}
const within = (layers) => `^${oneOf(layers.flatMap((layer) => foldersOf[layer] ?? []))}/`;
const everything = Object.keys(LAYERS);

/** A layer may import itself only where a project is alone in it: adapters and services have sisters. */
const matrix = everything
  .filter((layer) => foldersOf[layer] !== undefined)
  .flatMap((layer) => {
    const forbidden = everything.filter((other) => other !== layer && !LAYERS[layer].imports.includes(other));
    const rule = (name, from, to) => ({
      name,
      severity: 'error',
      from: { path: within([layer]), ...from },
      to,
    });
    const sisters = foldersOf[layer].length > 1;
    return [
      rule(`${layer}-imports`, { pathNot: SPEC }, { path: within(forbidden) }),
      rule(
        `${layer}-spec-imports`,
        { path: `${within([layer])}.*${SPEC}` },
        { path: within(forbidden.filter((name) => name !== 'test-rig')) },
      ),
      ...(sisters
        ? [
            {
              name: `${layer}-sister`,
              severity: 'error',
              from: { path: within([layer]) },
              to: { path: within([layer]), pathNot: '^$1/' },
            },
          ]
        : []),
    ];
  });

const packages = everything
  .filter((layer) => LAYERS[layer].packages !== undefined && foldersOf[layer] !== undefined)
  .map((layer) => ({
    name: `${layer}-packages`,
    severity: 'error',
    from: { path: within([layer]), pathNot: SPEC },
    to: { path: 'node_modules/', pathNot: `node_modules/${oneOf(LAYERS[layer].packages)}/` },
  }));

const clients = Object.entries(CLIENT_OF).map(([adapter, own]) => ({
  name: `only-${adapter}-uses-its-client`,
  severity: 'error',
  from: {
    pathNot: [
      `^libs/${adapter}/`,
      '^libs/test-rig/',
      SPEC,
      ...(adapter === 'postgres' ? ['^libs/connections/', '^services/.*[.](store|row)[.]ts$'] : []),
    ],
  },
  to: { path: `node_modules/${oneOf(own)}/` },
}));

export default {
  forbidden: [
    ...matrix,
    ...packages,
    ...clients,
    {
      name: 'rules-are-pure',
      comment: 'No I/O, clock or randomness: effects are data.',
      severity: 'error',
      from: { path: within(['rules']), pathNot: SPEC },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        // The last one is preloaded by name into every service process.
        pathNot: [SPEC, '(^|/)(index|main)[.]ts$', '/bin/', '[.]d[.]ts$', '/end-with-launcher[.]ts$'],
      },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'specs-are-not-imported', severity: 'error', from: { pathNot: SPEC }, to: { path: SPEC } },
    {
      name: 'what-is-declared',
      comment: 'A package that only the top package.json has must not be used by production code.',
      severity: 'error',
      from: { path: '^(libs|services|cli|deploy/launch/src)/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['/dist/', '^coverage/', '^[.]tocsin/'] },
    combinedDependencies: false,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: join(root, 'tsconfig.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['tocsin-source', 'import', 'node', 'default'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.json'],
    },
  },
};
