import { isObject, type Json } from '../read-members.js';

/** Nodes after which a new line begins. */
const BLOCKS = new Set(['paragraph', 'heading', 'listItem', 'codeBlock', 'blockquote', 'rule', 'tableRow']);
const MOST_DEPTH = 32;

/** A text as Jira writes it: plain, or Atlassian Document Format, of which the words are kept. */
export function documentText(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value : isObject(value) ? wordsOf(value, 0) : '';
  const trimmed = text.trim();
  return trimmed === '' ? undefined : trimmed;
}

function wordsOf(node: Json, depth: number): string {
  const { type, text, content, attrs } = node;
  if (typeof text === 'string') return text;
  if (type === 'hardBreak') return '\n';
  if (isObject(attrs) && content === undefined) return attributeText(attrs);
  if (!Array.isArray(content) || depth === MOST_DEPTH) return '';
  const inner = content.map((child: unknown) => (isObject(child) ? wordsOf(child, depth + 1) : '')).join('');
  return BLOCKS.has(String(type)) && !inner.endsWith('\n') ? `${inner}\n` : inner;
}

/** Mentions and emoji carry their text, cards their address. */
function attributeText({ text, shortName, url }: Json): string {
  const said = [text, shortName, url].find((member) => typeof member === 'string');
  return typeof said === 'string' ? said : '';
}
