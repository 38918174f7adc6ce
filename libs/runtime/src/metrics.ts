import { collectDefaultMetrics, Registry } from 'prom-client';

/** One registry per service, labelled with its name, and one for the process. */
export function makeRegistry(service?: string): Registry {
  const registry = new Registry();
  if (service === undefined) collectDefaultMetrics({ register: registry });
  else registry.setDefaultLabels({ service });
  return registry;
}

/**
 * The text exposition of several registries as one. Services of one process may have metrics of the same name; the
 * format wants each family once, so that their samples are put under the first one's HELP and TYPE.
 */
export async function expose(registries: readonly Registry[]): Promise<string> {
  const families = new Map<string, string[]>();
  for (const registry of registries)
    for (const block of (await registry.metrics()).split(/\n\n|\n(?=# HELP )/))
      addFamily(families, block.trim());
  return `${[...families.values()].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function addFamily(families: Map<string, string[]>, block: string): void {
  if (block === '') return;
  const lines = block.split('\n');
  const name = /^# HELP (\S+)/.exec(lines[0] ?? '')?.[1];
  if (name === undefined) throw new Error(`a metric without HELP: ${lines[0] ?? ''}`);
  const known = families.get(name);
  if (known === undefined) families.set(name, lines);
  else known.push(...lines.filter((line) => !line.startsWith('#')));
}
