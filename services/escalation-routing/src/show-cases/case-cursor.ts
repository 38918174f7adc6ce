import type { CasePlace } from './case-list.store.js';

/** Where a page ended, as text that clients hand back and do not read. */
export const cursorOf = ({ openedAt, id }: CasePlace): string =>
  Buffer.from(`${openedAt}:${id}`).toString('base64url');

/** @returns undefined when the text is no cursor of ours; its numbers always fit the database's types */
export function parseCursor(text: string): CasePlace | undefined {
  const parts = /^(\d{1,14}):(\d{1,18})$/.exec(Buffer.from(text, 'base64url').toString());
  if (parts?.[1] === undefined || parts[2] === undefined) return undefined;
  return { openedAt: Number(parts[1]), id: BigInt(parts[2]) };
}
