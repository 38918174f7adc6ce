import { readFileSync } from 'node:fs';

/** The one style sheet of the pages that work without an application; served by us, as their policy wants. */
export const PAGE_STYLE = readFileSync(new URL('./page.css', import.meta.url), 'utf8');

/** A bell, drawn by hand. */
export const PAGE_ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2858cd"/><path d="M16 6a7 7 0 0 0-7 7v5l-2 4h18l-2-4v-5a7 7 0 0 0-7-7zm-3 18a3 3 0 0 0 6 0z" fill="#fff"/></svg>`;
