import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LaunchError } from './launch-error.js';
import { readReplicas, type Replicas } from './replicas.js';

type Environment = Readonly<Record<string, string | undefined>>;

export interface LaunchOptions {
  /** Absolute folder of data, secrets and logs. */
  readonly home: string;
  readonly host: string;
  readonly port: number;
  /** Name of the world under `examples/` for an empty database; undefined: none. */
  readonly example: string | undefined;
  /** CIDR list that the guard of outgoing webhooks lets through. */
  readonly webhookAllow: string;
  /** For a cluster. */
  readonly replicas: Replicas;
}

const STARTER = 'starter';

/**
 * Reads the command line and the environment.
 * @param root folder of the clone
 * @throws LaunchError naming the fault and the cure
 */
export function readOptions(
  args: readonly string[],
  env: Environment,
  root: string,
  isRoot: boolean,
): LaunchOptions {
  const { replicas, ...wish } = parse(args);
  const world = worldOf(wish, env);
  return {
    home: resolve(root, env['TOCSIN_HOME'] ?? (isRoot ? '/var/lib/tocsin' : join(root, '.tocsin'))),
    host: hostOf(env),
    port: number('TOCSIN_PORT', env['TOCSIN_PORT'] ?? '8080', 1, 65_535),
    example: world,
    webhookAllow: env['TOCSIN_WEBHOOK_ALLOW'] ?? (world === STARTER ? '127.0.0.0/8' : ''),
    replicas: readReplicas(replicas ?? '1'),
  };
}

function parse(args: readonly string[]): { example?: string; empty?: boolean; replicas?: string } {
  try {
    return parseArgs({
      args: [...args],
      options: { example: { type: 'string' }, empty: { type: 'boolean' }, replicas: { type: 'string' } },
    }).values;
  } catch (error) {
    throw new LaunchError(
      `${(error as Error).message.split('. ')[0]}: use --example NAME, --empty, or --replicas N or SERVICE=N,… (cluster).`,
    );
  }
}

/** The command line goes before the environment; an empty name is none, and so is «none». */
function worldOf(
  { example, empty }: { example?: string; empty?: boolean },
  env: Environment,
): string | undefined {
  if (empty === true) return undefined;
  const name = example ?? env['TOCSIN_EXAMPLE'] ?? STARTER;
  return name === '' || name === 'none' ? undefined : name;
}

/** Some shells and tools export HOST as a machine's name: only an address is taken as a wish. */
function hostOf(env: Environment): string {
  const wish = env['TOCSIN_HOST'] ?? env['HOST'] ?? '';
  return isIP(wish) > 0 ? wish : '127.0.0.1';
}

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new LaunchError(`${name} is «${text}»: it must be a whole number from ${least} to ${most}.`);
}
