import { mergeFiles, type MergedTree, type SourceFile } from '@tocsin/config-files';
import { CONFIG_FILES_TYPE, ConfigFiles } from '@tocsin/contracts';
import { ProblemError } from '@tocsin/runtime';
import type { FastifyInstance } from 'fastify';

/** Biggest tree that can be sent; a thousand people with their schedules are a tenth of it. */
export const MAX_TREE_BYTES = 8 * 1024 * 1024;

/** Levels of a tree; the deepest kind needs eight. Guards what walks a tree by recursion. */
const MAX_DEPTH = 64;

const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml'];

/** The body of a request that carries a tree, with its files and places in them where it was YAML. */
export type SentTree = Pick<MergedTree, 'tree'> & Partial<MergedTree>;

/** Makes bodies of YAML and of several files readable on the routes of this scope; JSON is Fastify's own. */
export function readYamlBodies(scope: FastifyInstance): void {
  const options = { parseAs: 'string', bodyLimit: MAX_TREE_BYTES } as const;
  scope.addContentTypeParser(YAML_TYPES, options, (_request, body: string, done) => {
    const merged = mergeFiles([{ path: BODY, text: body }]);
    if (merged.ok) return done(null, merged);
    done(unreadable(merged.faults.map((fault) => ({ ...fault, file: '' }))));
  });
  scope.addContentTypeParser(CONFIG_FILES_TYPE, options, (_request, body: string, done) => {
    const files = filesIn(body);
    if (files === undefined)
      return done(
        new ProblemError(422, 'No config files in the body', {
          detail: 'Send { "files": [ { "path": "people.yaml", "text": "…" } ] }. Nothing was changed.',
        }),
      );
    const merged = mergeFiles(files);
    if (merged.ok) return done(null, merged);
    done(unreadable(merged.faults));
  });
}

/** The path of a YAML body that came alone. */
export const BODY = 'config.yaml';

function filesIn(body: string): readonly SourceFile[] | undefined {
  try {
    return ConfigFiles.safeParse(JSON.parse(body)).data?.files;
  } catch {
    return undefined;
  }
}

type Place = { readonly file: string; readonly line: number; readonly column: number };

const unreadable = (faults: readonly (Place & { readonly message: string })[]): ProblemError =>
  new ProblemError(422, 'The YAML cannot be read', {
    detail: 'Nothing was changed.',
    errors: faults.map(({ file, line, column, message }) => ({
      pointer: '',
      detail:
        file === '' ? `line ${line}, column ${column}: ${message}` : `${file}:${line}:${column} ${message}`,
    })),
  });

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
  return contentType?.includes('yaml') === true || contentType?.startsWith(CONFIG_FILES_TYPE) === true
    ? (body as MergedTree)
    : { tree: body as Record<string, unknown> };
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
