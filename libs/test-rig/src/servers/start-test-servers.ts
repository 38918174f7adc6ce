import { dockerAnswers, inContainers } from './containers.js';
import { onThisMachine } from './native.js';
import { VARIABLE_OF, type ServerName, type Starters, type TestServer } from './test-server.js';

export interface TestServers {
  /** The variables that specs read, for the servers that are there. */
  readonly env: Record<string, string>;
  /** Why a server is not there, with the cure. */
  readonly failures: Partial<Record<ServerName, string>>;
  stop(): Promise<void>;
}

/**
 * The servers that tests need: those that the environment already names are taken as they are, the others are started
 * as containers where Docker answers and as processes of this machine elsewhere (TOCSIN_TEST_SERVERS=docker|native
 * decides by hand). A server that cannot be started is named in `failures`; whether that matters is the caller's choice.
 */
export async function startTestServers(options: {
  needs: readonly ServerName[];
  say: (line: string) => void;
  /** Processes of this machine, whether Docker answers or not. */
  native?: boolean;
}): Promise<TestServers> {
  const env: Record<string, string> = {};
  const failures: Partial<Record<ServerName, string>> = {};
  const started: TestServer[] = [];
  const starters = options.native === true ? onThisMachine : await startersFor(options);
  await Promise.all(
    options.needs.map(async (name) => {
      const given = process.env[VARIABLE_OF[name]];
      if (given !== undefined && given !== '') {
        env[VARIABLE_OF[name]] = given;
        return;
      }
      try {
        const server = await starters[name]();
        started.push(server);
        env[VARIABLE_OF[name]] = server.address;
      } catch (error) {
        failures[name] = error instanceof Error ? error.message : String(error);
      }
    }),
  );
  return {
    env,
    failures,
    stop: async () => {
      await Promise.allSettled(started.map((server) => server.stop()));
    },
  };
}

async function startersFor(options: {
  needs: readonly ServerName[];
  say: (line: string) => void;
}): Promise<Starters> {
  const wished = process.env['TOCSIN_TEST_SERVERS'];
  const docker = wished === undefined ? await dockerAnswers() : wished === 'docker';
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  options.say(`test servers (${options.needs.join(', ')}): ${docker ? 'containers' : 'on this machine'}`);
  return docker ? inContainers : onThisMachine;
}
