import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@tocsin/test-rig';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const run = promisify(execFile);
const ANSWERS_WITHIN_MS = 10_000;

/** Tocsin in containers, as `docker compose up` starts it: a project of its own, on a free port. */
export class ComposedSystem {
  private constructor(
    readonly url: string,
    private readonly command: readonly [string, ...string[]],
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Chooses names and a port; nothing is started yet. */
  static async plan(): Promise<ComposedSystem> {
    const port = await freePort();
    const project = `tocsin-story-${port}`;
    const command = await composeCommand();
    const env = { ...process.env, COMPOSE_PROJECT_NAME: project, TOCSIN_PORT: String(port) };
    return new ComposedSystem(`http://127.0.0.1:${port}`, command, env);
  }

  /** Builds the image of this checkout and starts everything; resolves when compose has started the last container. */
  async up(): Promise<void> {
    await this.compose('up', '-d', '--build');
  }

  /** The keys that the first start printed, by the names of their variables. */
  async printedKeys(): Promise<Record<string, string>> {
    const log = await this.compose('logs', '--no-color', 'keys');
    return Object.fromEntries(
      [...log.matchAll(/\b(TOCSIN_DEMO_\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
    ) as Record<string, string>;
  }

  /** What a program prints that is run in the running container of a service. */
  inside(service: string, ...program: string[]): Promise<string> {
    return this.compose('exec', '-T', service, ...program);
  }

  /** Removes containers, network and volumes. */
  async down(): Promise<void> {
    await this.compose('down', '-v', '--remove-orphans');
  }

  /** Names of the containers of this project that there are, running or not. */
  async containers(): Promise<string[]> {
    return (await this.compose('ps', '-q')).split('\n').filter((line) => line !== '');
  }

  private async compose(...args: string[]): Promise<string> {
    const [program, ...first] = this.command;
    try {
      const { stdout } = await run(program, [...first, ...args], {
        cwd: ROOT,
        env: this.env,
        maxBuffer: 64 * 1024 * 1024,
      });
      return stdout;
    } catch (error) {
      const { stderr, message } = error as Error & { stderr?: string };
      const lines = (stderr ?? '').trim().split('\n').slice(-20).join('\n');
      throw new Error(`compose ${args.join(' ')} failed: ${lines === '' ? message : lines}`, {
        cause: error,
      });
    }
  }
}

/** The plugin of today's Docker, or the program of its own that older ones have. */
async function composeCommand(): Promise<readonly [string, ...string[]]> {
  try {
    await run('docker', ['compose', 'version'], { timeout: ANSWERS_WITHIN_MS });
    return ['docker', 'compose'];
  } catch {
    return ['docker-compose'];
  }
}
