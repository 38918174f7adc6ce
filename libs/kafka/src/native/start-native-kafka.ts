import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import kafkajs from 'kafkajs';
import { calmRequestQueue } from '../calm-request-queue.js';
import { writeBrokerFiles, type WrittenFiles } from './broker-files.js';
import { brokerPorts } from './broker-ports.js';
import { kafkaJars, mustHaveJava } from './kafka-jars.js';
import { NativeKafkaError } from './native-kafka-error.js';
import { endProcess } from './owned-process.js';

const run = promisify(execFile);
const READY_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 20_000;
const HEAP = ['-Xms256m', '-Xmx512m'];

export interface NativeKafkaOptions {
  /** The broker keeps to `kafka/` and `logs/` in it. */
  readonly home: string;
  /** Client port on 127.0.0.1, which must be free; default: the one of the last start, else a free one. */
  readonly port?: number;
}

export interface NativeKafka {
  /** As `KAFKA_BROKERS` wants it. */
  readonly brokers: string;
  readonly port: number;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves when the broker has ended, however it ended. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts one Kafka node (KRaft, 512 MB) from Maven's jars; a broker left by a killed launcher is stopped first. Topics
 * are never made by themselves.
 * @throws NativeKafkaError whose message is one line with the cure
 */
export async function startNativeKafka(options: NativeKafkaOptions): Promise<NativeKafka> {
  await mustHaveJava();
  const jars = await kafkaJars();
  const folder = join(options.home, 'kafka');
  const logs = join(options.home, 'logs');
  for (const path of [folder, logs]) await mkdir(path, { recursive: true });
  const pidFile = join(folder, 'pid');
  const mark = join(folder, 'server.properties');
  await endProcess(Number(await readFile(pidFile, 'utf8').catch(() => '0')), mark, STOP_LIMIT_MS);
  const ports = await brokerPorts(join(folder, 'ports'), options.port);
  const logFile = join(logs, 'kafka.log');
  const files = await writeBrokerFiles({ folder, logFile, ...ports });
  await format(jars, folder, files);
  const broker = await spawnBroker(jars, logs, files);
  await writeFile(pidFile, String(broker.pid));
  const ended = new Promise<void>((resolve) => broker.once('exit', () => resolve()));
  const brokers = `127.0.0.1:${ports.port}`;
  const stop = async (): Promise<void> => {
    await endProcess(broker.pid, mark, STOP_LIMIT_MS);
    await rm(pidFile, { force: true });
  };
  const ready = await Promise.race([
    ended.then(() => false),
    untilAnswering(brokers, await clusterOf(folder)),
  ]);
  if (!ready) {
    await stop();
    throw await startFailed(logFile, join(logs, 'kafka.out.log'));
  }
  return { brokers, port: ports.port, pid: broker.pid, logFile, ended, stop };
}

async function format(jars: string, folder: string, { properties, log4j }: WrittenFiles): Promise<void> {
  const formatted = await access(join(folder, 'data/meta.properties')).then(
    () => true,
    () => false,
  );
  if (formatted) return;
  const clusterId = randomBytes(16).toString('base64url');
  const classpath = ['-cp', `${jars}/*`, `-Dlog4j2.configurationFile=${log4j}`];
  const args = [
    ...classpath,
    'kafka.tools.StorageTool',
    'format',
    '--standalone',
    '-t',
    clusterId,
    '-c',
    properties,
  ];
  await run('java', args).catch((error: Error & { stderr?: string }) => {
    throw new NativeKafkaError(
      `Kafka could not prepare ${folder}: remove it to start with an empty broker.`,
      [error.stderr?.trim().split('\n').at(-1) ?? error.message],
    );
  });
}

/** Its own process group: a Ctrl-C in the terminal must reach the launcher first. */
async function spawnBroker(
  jars: string,
  logs: string,
  { properties, log4j }: WrittenFiles,
): Promise<ChildProcess & { readonly pid: number }> {
  const out = await open(join(logs, 'kafka.out.log'), 'w', 0o600);
  try {
    const args = [
      ...HEAP,
      `-Dlog4j2.configurationFile=${log4j}`,
      '-cp',
      `${jars}/*`,
      'kafka.Kafka',
      properties,
    ];
    const broker = spawn('java', args, { detached: true, stdio: ['ignore', out.fd, out.fd] });
    await new Promise<void>((resolve, reject) => broker.once('spawn', resolve).once('error', reject));
    return broker as ChildProcess & { readonly pid: number };
  } finally {
    await out.close();
  }
}

const clusterOf = async (folder: string): Promise<string | undefined> =>
  /^cluster\.id=(.+)$/m.exec(await readFile(join(folder, 'data/meta.properties'), 'utf8'))?.[1];

/** Ready is when a client gets the description of *our* cluster: another broker may have been faster at the port. */
async function untilAnswering(brokers: string, ourCluster: string | undefined): Promise<boolean> {
  const until = performance.now() + READY_LIMIT_MS;
  const { Kafka, logLevel } = kafkajs;
  calmRequestQueue();
  const client = new Kafka({
    brokers: [brokers],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    retry: { retries: 0 },
  });
  while (performance.now() < until) {
    const admin = client.admin();
    try {
      await admin.connect();
      const { controller, clusterId } = await admin.describeCluster();
      if (controller !== null && clusterId === ourCluster) return true;
    } catch {
      // Not up yet: asked again.
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
    await delay(150);
  }
  return false;
}

async function startFailed(...logFiles: string[]): Promise<NativeKafkaError> {
  const texts = await Promise.all(logFiles.map((file) => readFile(file, 'utf8').catch(() => '')));
  const lines = texts.flatMap((text) =>
    text
      .split('\n')
      .filter((line) => /ERROR|FATAL|Exception|Error:/.test(line))
      .slice(-4),
  );
  const full = /No space left/.test(texts.join('')) ? ' The disk is full.' : '';
  return new NativeKafkaError(`Kafka ended before it was ready.${full} Its log is ${logFiles[0]}`, lines);
}
