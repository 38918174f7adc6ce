/** Many receivers put their secret into the path: what is shown of a URL ends before it. */
export const shownAddress = (url: string): string => `${new URL(url).origin}/…`;
