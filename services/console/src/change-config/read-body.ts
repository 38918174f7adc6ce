import { mergeFiles, type MergedTree } from '@tocsin/config-files';
import { ProblemError } from '@tocsin/runtime';
import type { FastifyInstance } from 'fastify';

/** Biggest tree that can be sent; a thousand people with their schedules are a tenth of it. */
export const MAX_TREE_BYTES = 8 * 1024 * 1024;

/** Levels of a tree; the deepest kind needs eight. Guards what walks a tree by recursion. */
const MAX_DEPTH = 64;

const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml'];

/** The body of a request that carries a tree, with places in it where it was YAML. */
export type SentTree = Pick<MergedTree, 'tree'> & Partial<MergedTree>;

/** Makes YAML bodies readable on the routes of this scope; JSON is Fastify's own. */
export function readYamlBodies(scope: FastifyInstance): void {
  scope.addContentTypeParser(
    YAML_TYPES,
    { parseAs: 'string', bodyLimit: MAX_TREE_BYTES },
    (_request, body, done) => {
      const merged = mergeFiles([{ path: 'body', text: String(body) }]);
      if (merged.ok) return done(null, merged);
      const errors = merged.faults.map(({ line, column, message }) => ({
        pointer: '',
        detail: `line ${line}, column ${column}: ${message}`,
      }));
      done(new ProblemError(422, 'The YAML cannot be read', { detail: 'Nothing was changed.', errors }));
    },
  );
}

/** @throws ProblemError 422 when the body is no object of kinds */
export function treeOf(body: unknown, contentType: string | undefined): SentTree {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new ProblemError(422, 'No config tree in the body', {
      detail: 'Send the tree as a JSON object or as YAML (application/yaml), such as { "people": { … } }.',
    });
  if (isDeeperThan(MAX_DEPTH, body))
    throw new ProblemError(422, 'The config tree is nested too deep', {
      detail: `Over ${MAX_DEPTH} levels; nothing was changed.`,
    });
  return contentType?.includes('yaml') === true
    ? (body as MergedTree)
    : { tree: body as Record<string, unknown> };
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
