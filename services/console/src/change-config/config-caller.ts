import { type Access, type Caller, ProblemError } from '@tocsin/runtime';
import type { FastifyRequest } from 'fastify';

/** @throws ProblemError 401 without a token that is known, 403 when its role does not suffice */
export function callerOf(access: Access, request: FastifyRequest, needs: 'operator' | 'viewer'): Caller {
  const caller = access.of(request.headers.authorization);
  if (caller === undefined)
    throw new ProblemError(401, 'No valid token', {
      detail: 'Send «Authorization: Bearer TOKEN» with a token of the config tree.',
      headers: { 'www-authenticate': 'Bearer' },
    });
  if (needs === 'operator' && caller.role !== 'operator')
    throw new ProblemError(403, 'This token may not do that', {
      detail: `Config is applied by an operator; yours is «${caller.role}».`,
    });
  return caller;
}

const MAX_REASON = 500;

/** Why somebody changes the config, as the query says it; empty when it does not. */
export function reasonOf(request: FastifyRequest): string {
  const { reason } = request.query as { reason?: unknown };
  return typeof reason === 'string' ? reason.slice(0, MAX_REASON) : '';
}
