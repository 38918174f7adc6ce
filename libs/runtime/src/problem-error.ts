import type { Problem } from '@tocsin/contracts';

interface ProblemDetails {
  readonly detail?: string;
  readonly errors?: readonly { pointer: string; detail: string }[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Extension members (RFC 9457 section 3.2). */
  readonly members?: Pick<Problem, 'owner' | 'at'>;
  /** Last part of the problem's type; the docs have a page of that name. */
  readonly type?: string;
}

/** An expected refusal on its way to the caller as RFC 9457 problem+json. Thrown at the rim only. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly status: number,
    readonly title: string,
    readonly details: ProblemDetails = {},
  ) {
    super(details.detail ?? title);
  }

  body(): Problem {
    const { type, detail, errors, members } = this.details;
    return {
      type: type === undefined ? 'about:blank' : `/docs/problems/${type}`,
      title: this.title,
      status: this.status,
      ...(detail === undefined ? {} : { detail }),
      ...members,
      ...(errors === undefined ? {} : { errors: [...errors] }),
    };
  }
}

/** The one 404: the same body for unknown, another tenant's and restricted things, so that nothing can be probed. */
export const notFound = (): ProblemError => new ProblemError(404, 'Not found');

/** JSON pointer (RFC 6901) of a zod issue's path. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
