import 'reflect-metadata';
import { Module, StandardSchemaValidationPipe, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DEFAULT_PORTS, schemaFaults } from '@tocsin/contracts';
import { fastify, type FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { z } from 'zod';
import { healthRoutes, Readiness } from './health.js';
import { HostConfig } from './host-config.js';
import { loadConfig } from './load-config.js';
import { makeLogger } from './logger.js';
import { expose, makeRegistry } from './metrics.js';
import { NestLogger } from './nest-logger.js';
import { pointerOf, ProblemError } from './problem-error.js';
import { ProblemFilter, sendProblem } from './problem-filter.js';
import type { HealthCheck, ServiceDefinition, ServiceParts } from './service-definition.js';
import { shutDown } from './shutdown.js';

/** Biggest body of any route: a batch of events, inflated. Routes set their own, smaller limits. */
const BODY_LIMIT = 16 * 1024 * 1024;
/** Connections that may wait to be taken. A storm opens thousands at one instant, and one too many is reset. */
const BACKLOG = 4096;
/** A sender that has not finished its request by then is cut off (slowloris). */
const REQUEST_TIMEOUT_MS = 30_000;

/** Services that run in this process. */
export interface RunningServices {
  /** Such as http://127.0.0.1:8080. */
  readonly url: string;
  /** Orderly: HTTP, consumers, loops, then connections. */
  stop(): Promise<void>;
}

interface BuiltService {
  readonly name: string;
  readonly parts: ServiceParts;
  readonly metrics: Registry;
}

/**
 * Hosts the given services in one Nest application on one port.
 * @param env where every config comes from; read here and nowhere else
 * @throws ConfigError when the environment lacks something; whatever a service's `build` throws
 */
export async function runServices(
  definitions: readonly ServiceDefinition[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<RunningServices> {
  const config = loadConfig(HostConfig, env);
  const log = makeLogger(config.LOG_LEVEL);
  let url = '';
  const services = await buildAll(definitions, env, log, () => url);
  const http = makeHttp();
  const readiness = new Readiness(services.flatMap(checksOf));
  const app = await assemble(http, services, readiness, log);
  const stop = (): Promise<void> => {
    readiness.stopping();
    return shutDown({
      app,
      loops: services.flatMap((s) => s.parts.loops),
      closers: services.map((s) => s.parts.close),
      log,
      seconds: config.SHUTDOWN_SECONDS,
    });
  };
  try {
    await app.listen({ port: config.PORT ?? portOf(definitions), host: config.HOST, backlog: BACKLOG });
    const { address, port } = http.server.address() as AddressInfo;
    url = `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
    await app.startAllMicroservices();
    for (const { parts } of services) for (const loop of parts.loops) await loop.start();
  } catch (error) {
    await stop();
    throw error;
  }
  readiness.running();
  log.info({ url, services: services.map(({ name }) => name) }, 'services are running');
  return { url, stop };
}

async function buildAll(
  definitions: readonly ServiceDefinition[],
  env: Readonly<Record<string, string | undefined>>,
  log: Logger,
  address: () => string,
): Promise<BuiltService[]> {
  const configured = definitions.map((definition) => ({
    definition,
    config: loadConfig(definition.config, env),
  }));
  const built: BuiltService[] = [];
  try {
    for (const { definition, config } of configured) {
      const metrics = makeRegistry(definition.name);
      const parts = await definition.build(config, {
        log: log.child({ service: definition.name }),
        metrics,
        address,
      });
      built.push({ name: definition.name, parts, metrics });
    }
  } catch (error) {
    for (const { parts } of built) await parts.close();
    throw error;
  }
  return built;
}

const portOf = ([only, ...more]: readonly ServiceDefinition[]): number =>
  only !== undefined && more.length === 0 ? DEFAULT_PORTS[only.name] : DEFAULT_PORTS.console;

function makeHttp(): FastifyInstance {
  return fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 600 },
    // A stop answers what is in flight and closes idle connections; new requests meet a closed port and are retried.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  });
}

async function assemble(
  http: FastifyInstance,
  services: readonly BuiltService[],
  readiness: Readiness,
  log: Logger,
): Promise<NestFastifyApplication> {
  const own = makeRegistry();
  // A scope of their own: Nest puts its error handler on the root.
  await http.register((plain, _, done) => {
    plain.setErrorHandler((error, request, reply) => {
      sendProblem(error, request, reply, log);
    });
    healthRoutes(plain, readiness);
    plain.get('/metrics', async (_request, reply) => {
      reply.type('text/plain; version=0.0.4; charset=utf-8');
      return expose([own, ...services.map(({ metrics }) => metrics)]);
    });
    for (const { parts } of services) parts.routes?.(plain);
    done();
  });
  const root: DynamicModule = { module: class Root {}, imports: services.map(moduleOf) };
  const app = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(http as never), {
    logger: new NestLogger(log),
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalPipes(validation());
  for (const { parts } of services) {
    if (parts.strategy === undefined) continue;
    const consumers = app.connectMicroservice(parts.strategy, { deferInitialization: true });
    consumers.useGlobalFilters(...(parts.strategy.filters ?? []));
  }
  return app;
}

/** Two services of one process check the same things: each says whose check it is. */
const checksOf = ({ name, parts }: BuiltService): HealthCheck[] =>
  parts.checks.map((one) => ({ ...one, name: `${name}: ${one.name}`, check: () => one.check() }));

/** Each service is one Nest module, so that two services may provide the same token differently. */
function moduleOf({ name, parts }: BuiltService): DynamicModule {
  const module = { [name]: class {} }[name] ?? class {};
  Module({})(module);
  return {
    module,
    controllers: [...parts.controllers],
    providers: [...parts.providers, ...(parts.guards ?? [])],
  };
}

/** `@Body({ schema })` of our own API: what breaks our published schema is 422, each fault by its JSON pointer. */
const validation = (): StandardSchemaValidationPipe =>
  new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new ProblemError(422, 'The request does not fit its schema', {
        // Every schema of ours is zod's, and so are its issues.
        errors: schemaFaults(issues as readonly z.core.$ZodIssue[]).map(({ place, issue }) => ({
          pointer: pointerOf(place),
          detail: issue.message,
        })),
      }),
  });
