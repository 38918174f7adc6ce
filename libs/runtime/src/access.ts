import {
  createParamDecorator,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from './problem-error.js';

export type Role = 'operator' | 'responder' | 'viewer' | 'service';

/** Who calls, by credential alone: tenant and role never come from a body or another header. */
export interface Caller {
  readonly tenant: string;
  readonly role: Role;
  /** Name of the token, for timelines and audit. */
  readonly actor: string;
}

/** Knows the tokens. Each service provides its own, so that the guard works without asking another process. */
export abstract class Access {
  abstract of(authorization: string | undefined): Caller | undefined;
}

const ROLES = 'tocsin:roles';

/** Roles that may call a handler; without it every role may GET and every role but viewer may do the rest. */
export const Allow = (...roles: Role[]): MethodDecorator & ClassDecorator => SetMetadata(ROLES, roles);

interface AccessedRequest extends FastifyRequest {
  caller?: Caller;
}

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly access: Access,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<AccessedRequest>();
    const caller = this.access.of(request.headers.authorization);
    if (caller === undefined)
      throw new ProblemError(401, 'No valid token', {
        detail: 'Send «Authorization: Bearer TOKEN» with a token of the config tree.',
        headers: { 'www-authenticate': 'Bearer' },
      });
    const allowed = this.reflector.getAllAndOverride<Role[] | undefined>(ROLES, [
      context.getHandler(),
      context.getClass(),
    ]);
    const may =
      allowed === undefined
        ? request.method === 'GET' || caller.role !== 'viewer'
        : allowed.includes(caller.role);
    if (!may)
      throw new ProblemError(403, 'This token may not do that', {
        detail: `The role «${caller.role}» may not.`,
      });
    request.caller = caller;
    return true;
  }
}

/** The caller that `AccessGuard` let in. */
export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<AccessedRequest>();
  if (caller === undefined) throw new Error('CallerOf needs AccessGuard on the same handler');
  return caller;
});
