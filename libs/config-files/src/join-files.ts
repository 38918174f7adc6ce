import {
  Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  type Pair,
  parseDocument,
  visit,
  YAMLMap,
} from 'yaml';
import type { SourceFile } from './merge-files.js';

/**
 * The files of a sound tree as one text with all their comments. One file stays as it is, so that joining what was
 * joined changes nothing. Of several, the kinds come in the order of the files, and a kind that stands in more than one
 * is written once; aliases are written out, because what they name may move.
 */
export function joinFiles(files: readonly SourceFile[]): string {
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) return only.text;
  const joining = new Joining();
  for (const { text } of files) joining.add(text);
  return joining.text();
}

class Joining {
  private readonly kinds = new YAMLMap();
  /** Comments that no later node has taken yet. */
  private pending: string[] = [];

  add(text: string): void {
    const document = parseDocument(text, { version: '1.2', schema: 'core' });
    writeAliasesOut(document);
    const { contents } = document;
    this.pending.push(...said(document.commentBefore), ...said(contents?.commentBefore));
    if (isMap(contents)) for (const pair of contents.items) this.addKind(pair);
    this.pending.push(...said(contents?.comment), ...said(document.comment));
  }

  text(): string {
    const document = new Document(this.kinds, { version: '1.2', schema: 'core' });
    const last = this.pending.join('\n');
    if (last !== '') document.comment = last;
    return document.toString({ lineWidth: 0 });
  }

  private addKind(pair: Pair): void {
    const known = this.kinds.items.find(({ key }) => String(key) === String(pair.key));
    if (known === undefined || !isCollection(known.value) || !isCollection(pair.value)) {
      this.takePending(pair.key);
      if (isNode(pair.key)) pair.key.spaceBefore = this.kinds.items.length > 0;
      this.kinds.items.push(pair);
      return;
    }
    const [into, from] = [known.value, pair.value];
    this.pending.push(...said(into.comment), ...commentsOf(pair.key), ...said(from.commentBefore));
    const [first] = from.items;
    this.takePending(isMap(from) ? (first as Pair | undefined)?.key : first);
    into.flow = false;
    into.comment = from.comment ?? null;
    (into.items as unknown[]).push(...from.items);
  }

  private takePending(node: unknown): void {
    if (!isNode(node) || this.pending.length === 0) return;
    node.commentBefore = [...this.pending, ...said(node.commentBefore)].join('\n');
    this.pending = [];
  }
}

const said = (comment: string | null | undefined): string[] => (comment == null ? [] : [comment]);

const commentsOf = (key: unknown): string[] =>
  isNode(key) ? [...said(key.commentBefore), ...said(key.comment)] : [];

function writeAliasesOut(document: Document.Parsed): void {
  visit(document, {
    Alias: (_, alias) => {
      const named = alias.resolve(document);
      return named === undefined ? undefined : (named.clone() as typeof named);
    },
  });
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node) && (isScalar(node) || isCollection(node))) delete node.anchor;
    },
  });
}
