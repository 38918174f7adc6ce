// Gives every workspace the same three targets, so that no package.json repeats them.
const { dirname } = require('node:path');

const targetsOf = (projectRoot) => ({
  build: { executor: 'nx:run-commands', options: { command: 'node deploy/launch/build.mjs --quiet' } },
  test: {
    executor: 'nx:run-commands',
    options: {
      command: `node --experimental-vm-modules node_modules/jest/bin/jest.js --selectProjects unit --passWithNoTests --testPathPatterns ${projectRoot}/`,
    },
  },
  lint: {
    executor: 'nx:run-commands',
    options: { command: `node node_modules/eslint/bin/eslint.js --cache --cache-location .nx/eslint/ ${projectRoot}` },
  },
});

exports.createNodesV2 = [
  '{{libs,services}/*,cli,e2e,deploy/launch}/package.json',
  async (files) =>
    files.map((file) => {
      const root = dirname(file);
      return [file, { projects: { [root]: { targets: targetsOf(root) } } }];
    }),
];
