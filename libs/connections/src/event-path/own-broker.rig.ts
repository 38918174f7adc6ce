import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment, freePort, until } from '@tocsin/test-rig';

/** A Kafka broker of the suite's own, for suites that kill it. */
export class OwnBroker {
  readonly address: string;
  readonly #home: string;
  readonly #classPath: string;
  #process: ChildProcess | undefined;

  private constructor(address: string, home: string, classPath: string) {
    this.address = address;
    this.#home = home;
    this.#classPath = classPath;
  }

  static async start(): Promise<OwnBroker> {
    const jars = environment('TOCSIN_TEST_KAFKA_JARS', 'give the folder with the jars of Kafka 4');
    const [port, controllerPort] = [await freePort(), await freePort()];
    const home = await mkdtemp(join(tmpdir(), 'tocsin-own-broker-'));
    const broker = new OwnBroker(`127.0.0.1:${port}`, home, join(jars, '*'));
    await writeFile(join(home, 'server.properties'), properties(home, port, controllerPort));
    const format = ['kafka.tools.StorageTool', 'format', '--standalone', '-t', 'MkU3OEVBNTcwNTJENDM2Qg'];
    const formatted = spawnSync('java', ['-cp', broker.#classPath, ...format, '-c', join(home, 'server.properties')]);
    if (formatted.status !== 0) throw new Error(`storage not formatted: ${String(formatted.stderr)}`);
    await broker.up();
    return broker;
  }

  /** Starts the broker on what the last one left. */
  async up(): Promise<void> {
    const heap = ['-Xms256m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
    this.#process = spawn('java', [...heap, '-cp', this.#classPath, 'kafka.Kafka', join(this.#home, 'server.properties')], {
      stdio: 'ignore',
    });
    await until(() => listens(this.address), { within: '60s', for: 'the broker to listen' });
  }

  /** As a power cut would end it. */
  async kill(): Promise<void> {
    const process = this.#process;
    if (process === undefined || process.exitCode !== null || process.signalCode !== null) return;
    const gone = once(process, 'exit');
    process.kill('SIGKILL');
    await gone;
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#home, { recursive: true, force: true });
  }
}

const properties = (home: string, port: number, controllerPort: number): string => `
process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
controller.listener.names=CONTROLLER
log.dirs=${join(home, 'data')}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
`;

function listens(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  return new Promise((resolve) => {
    const socket = createConnection({ host: host ?? '', port: Number(port) });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
