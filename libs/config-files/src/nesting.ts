import type { CST } from 'yaml';

/**
 * Whether the tokens of a YAML text nest deeper than `levels`. Tokens are read without recursion: a document that would
 * overflow the stack is never composed.
 */
export function isDeeperThan(levels: number, tokens: readonly CST.Token[]): boolean {
  const waiting = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.depth > levels) return true;
    for (const token of tokensIn(next.token)) waiting.push({ token, depth: next.depth + 1 });
  }
  return false;
}

function tokensIn(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((inner) => inner != null));
}
