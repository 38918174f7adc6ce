import type { z } from 'zod';

/** One route of the API as the outside sees it. */
export interface ApiRoute {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** With its parameters in braces. */
  readonly path: string;
  readonly summary: string;
  /** `source`: a source's key; `api`: a token of the config; `open`: nothing. */
  readonly credential: 'source' | 'api' | 'open';
  readonly query?: readonly string[];
  readonly body?: z.ZodType;
  readonly answer: { readonly status: number; readonly schema?: z.ZodType };
}
