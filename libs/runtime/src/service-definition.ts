import type { ServiceName } from '@tocsin/contracts';
import type { CanActivate, ExceptionFilter, Provider, Type } from '@nestjs/common';
import type { CustomTransportStrategy, MicroserviceOptions } from '@nestjs/microservices';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { z } from 'zod';

/** A thing that runs until stopped: a timer loop, a sender, a listener. */
export interface Loop {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** One line of `/readyz?verbose`. A failing check that is not `required` degrades, it does not unready. */
export interface HealthCheck {
  readonly name: string;
  readonly required: boolean;
  check(): Promise<{ ok: boolean; detail?: string }>;
}

/** What every service is given by the process that hosts it. */
export interface Host {
  readonly log: Logger;
  readonly metrics: Registry;
  /** Where this process listens, such as http://127.0.0.1:8080; known once it listens. */
  address(): string;
}

/** What a service gives back: everything the host starts, watches and stops. */
export interface ServiceParts {
  readonly controllers: readonly Type[];
  readonly providers: readonly Provider[];
  readonly guards?: readonly Type<CanActivate>[];
  /** Plain Fastify routes for hot paths, registered before Nest's. */
  readonly routes?: (http: FastifyInstance) => void;
  /** Drives the `@EventPattern` handlers of the controllers; `filters` hand their errors through to it. */
  readonly strategy?: MicroserviceOptions & {
    readonly strategy: CustomTransportStrategy;
    readonly filters?: readonly ExceptionFilter[];
  };
  readonly loops: readonly Loop[];
  readonly checks: readonly HealthCheck[];
  /** Runs last at shutdown, after loops and HTTP have stopped. */
  readonly close: () => Promise<void>;
}

/** One service: its name, its config schema and how to build it. The same definition serves every deployment. */
export interface ServiceDefinition<C = unknown> {
  readonly name: ServiceName;
  readonly config: z.ZodType<C>;
  /** Opens connections, wires the parts. A method, so that definitions of any config can stand in one list. */
  build(config: C, host: Host): Promise<ServiceParts>;
}
