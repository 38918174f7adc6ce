import { type MergedTree, readFolder } from '@tocsin/config-files';
import type { Config, Instant, Language } from '@tocsin/contracts';
import { readConfig } from '@tocsin/rules';

/** A fault of a tree where its file has it; line and column count from 1. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  /** JSON pointer in the tree; absent where the file is no YAML. */
  readonly pointer?: string;
  readonly message: string;
}

/** In the order of files and lines; `files` and `config` only of a tree without errors. */
export interface Linted {
  readonly findings: readonly Finding[];
  readonly files?: MergedTree;
  readonly config?: Config;
}

export const isError = ({ severity }: Finding): boolean => severity === 'error';

/** Checks a tree without a server: every error and warning at once, also what is over by now. */
export async function lintTree(path: string, language: Language, now: Instant): Promise<Linted> {
  const files = await readFolder(path);
  if (files.ok) {
    const { findings, config } = meaningOf(files, { path, language, now });
    return { findings: inOrder(findings), ...(config === undefined ? {} : { files, config }) };
  }
  const unread = files.faults.map((fault): Finding => ({ ...fault, severity: 'error' }));
  const others = files.rest === undefined ? [] : meaningOf(files.rest, { path, language, now }).findings;
  return { findings: inOrder([...unread, ...others]) };
}

function meaningOf(
  { tree, placeOf }: MergedTree,
  { path, language, now }: { readonly path: string; readonly language: Language; readonly now: Instant },
): { readonly findings: Finding[]; readonly config?: Config } {
  const read = readConfig(tree, now);
  const faults = [...(read.ok ? [] : read.faults), ...read.warnings];
  const findings = faults.map(({ pointer, severity, texts }): Finding => {
    const place = placeOf(pointer) ?? { file: path, line: 1, column: 1 };
    return { ...place, severity, pointer, message: texts[language] };
  });
  return { findings, ...(read.ok ? { config: read.config } : {}) };
}

const inOrder = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
