const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Text as HTML text or as the value of a quoted attribute. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"'`]/g, (c) => ENTITIES[c] ?? c);

/** Only these become a link: `javascript:` and `data:` would run. */
export const isWebLink = (url: string): boolean => /^https?:\/\//i.test(url) && URL.canParse(url);
