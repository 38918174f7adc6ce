import { globSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';

const NAMES = new Set([
  'utils',
  'util',
  'helpers',
  'common',
  'shared',
  'core',
  'misc',
  'base',
  'types',
  'constants',
]);

/** Folders and files whose name says nothing of what is in them. Gives their paths, relative to `root`. */
export function bannedNames(root) {
  const found = new Set();
  const files = globSync('{libs,services,cli,e2e,deploy,examples}/**/*.{ts,mjs,cjs,js,json,yaml,sql}', {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|dist)$/.test(path),
  });
  for (const file of files) {
    if (NAMES.has(basename(file, extname(file)))) found.add(file);
    for (let folder = dirname(file); folder !== '.'; folder = dirname(folder))
      if (NAMES.has(basename(folder))) found.add(`${folder}/`);
  }
  return [...found].sort();
}
