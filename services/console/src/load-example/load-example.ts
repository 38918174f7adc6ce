import { resolve } from 'node:path';
import { type MergedTree, readFolder } from '@tocsin/config-files';
import { refuseBeyondLoopback } from '@tocsin/connections';
import { readConfig } from '@tocsin/rules';
import { type Host, StartRefused } from '@tocsin/runtime';
import type { ConfigApplication, TreeFault } from '../change-config/apply-config.js';
import type { RevisionStore } from '../keep-revisions/revision.store.js';

interface ExampleChoice {
  /** Folder name below `examples`, or `none`: then the first revision is an empty tree. */
  readonly example: string;
  readonly examples: string | undefined;
  readonly host: string;
  readonly tenant: string;
}

/** The folder of example worlds of this checkout, seen from src/load-example and dist/load-example alike. */
const OWN_EXAMPLES = resolve(import.meta.dirname, '../../../../examples');

/**
 * Gives an empty database its first revision: the chosen example world, or an empty tree. Every service is told a
 * revision either way, so «no config yet» always means «not arrived yet».
 * @throws StartRefused when the example has faults, or holds example keys and this process listens beyond loopback
 */
export async function loadFirstRevision(
  application: ConfigApplication,
  revisions: RevisionStore,
  choice: ExampleChoice,
  log: Host['log'],
): Promise<void> {
  if ((await revisions.newest(choice.tenant)) !== undefined) return;
  const { example, host, tenant } = choice;
  const { tree, files } =
    example === 'none'
      ? { tree: {}, files: undefined }
      : await exampleTree(resolve(choice.examples ?? OWN_EXAMPLES, example), host);
  const reason = example === 'none' ? 'first start, empty' : `first start, example ${example}`;
  const applied = await application.apply(tree, { tenant, author: 'tocsin', reason, onlyFirst: true, files });
  if (!applied.ok) {
    const faults =
      'faults' in applied ? applied.faults.map(lineOf) : applied.risks.map(({ texts }) => texts.en);
    throw new StartRefused(`the example «${example}» has faults:\n${faults.join('\n')}`);
  }
  log.info({ example, revision: applied.result.revision }, 'first config revision stored');
}

const lineOf = ({ pointer, texts }: TreeFault): string => `  ${pointer} ${texts.en}`;

async function exampleTree(folder: string, host: string): Promise<MergedTree> {
  const files = await readFolder(folder);
  if (!files.ok)
    throw new StartRefused(
      `the example cannot be read; set TOCSIN_EXAMPLE to a folder of examples/, or to none:\n${files.faults
        .map(({ file, line, message }) => `  ${file}:${line} ${message}`)
        .join('\n')}`,
    );
  const read = readConfig(files.tree);
  if (read.ok) refuseBeyondLoopback(read.config, host);
  return files;
}
