import { join } from 'node:path';
import { childEnvironment } from './child-environment.js';
import { ROOT, type Launch } from './launcher.js';
import type { LaunchOptions } from './launch-options.js';
import { tryPort } from './port-check.js';
import { BEHIND_GATEWAY } from './replicas.js';
import type { ChildPlan } from './supervise/supervised-child.js';

type Planned = ChildPlan & { readonly port: number };

/** Ports that do not depend on what else runs here: the gateway's, then the first replica of each service. */
export const fixedPorts = ({ port }: LaunchOptions): number[] => [
  port,
  ...BEHIND_GATEWAY.map((_, i) => port + 1 + i),
];

/** Every process of the cluster: the gateway, and the replicas of each service on the ports that follow. */
export async function planCluster(
  launch: Launch,
  given: Readonly<Record<string, string>>,
): Promise<Planned[]> {
  const { options } = launch;
  const [gatewayPort = options.port, ...first] = fixedPorts(options);
  const next = freePortsFrom(Math.max(...first) + 1, options.host);
  const ports = new Map<string, number[]>();
  for (const [i, service] of BEHIND_GATEWAY.entries()) {
    const own = [first[i] as number];
    while (own.length < options.replicas[service]) own.push((await next.next()).value);
    ports.set(service, own);
  }
  const urls = (service: string): string[] =>
    (ports.get(service) ?? []).map((port) => `http://127.0.0.1:${port}`);
  const lists = Object.fromEntries(
    BEHIND_GATEWAY.map((s) => [`TOCSIN_${s.toUpperCase().replaceAll('-', '_')}_URLS`, urls(s).join(',')]),
  );
  // One routing replica is asked directly; several are shared out by the gateway.
  const routing =
    options.replicas['escalation-routing'] === 1
      ? (urls('escalation-routing')[0] as string)
      : `http://127.0.0.1:${gatewayPort}`;
  const env = childEnvironment(process.env, launch, { ROUTING_URL: routing, ...given, ...lists });
  const planned = (service: string, name: string, port: number): Planned => ({
    name,
    port,
    file: join(ROOT, 'services', service, 'dist/main.js'),
    env: { ...env, PORT: String(port) },
  });
  return [
    planned('console', 'console', gatewayPort),
    ...BEHIND_GATEWAY.flatMap((service) =>
      (ports.get(service) ?? []).map((port, i) =>
        planned(service, i === 0 ? service : `${service}-${i + 1}`, port),
      ),
    ),
  ];
}

async function* freePortsFrom(start: number, host: string): AsyncGenerator<number, never> {
  for (let port = start; ; port++) if ((await tryPort(port, host)) === undefined) yield port;
}
