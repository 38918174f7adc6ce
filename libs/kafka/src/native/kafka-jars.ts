import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { NativeKafkaError } from './native-kafka-error.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../../../..');
const POM = join(ROOT, 'deploy/native/pom.xml');
const LEAST_JAVA = 17;

/** @throws NativeKafkaError when there is no Java 17 or newer */
export async function mustHaveJava(): Promise<void> {
  const cure = `install Java ${LEAST_JAVA} or newer (Debian: apt-get install openjdk-17-jre-headless), or give a broker with KAFKA_BROKERS=host:9092.`;
  const shown = await run('java', ['-version']).catch(() => undefined);
  if (shown === undefined)
    throw new NativeKafkaError(`Kafka needs Java, and there is no «java» on the PATH: ${cure}`);
  const version = /version "(\d+)/.exec(`${shown.stderr}${shown.stdout}`)?.[1];
  if (version !== undefined && Number(version) < LEAST_JAVA)
    throw new NativeKafkaError(`Kafka needs a newer Java than ${version}: ${cure}`);
}

/** Folder with Kafka's jars: fetched once per pom.xml by Maven, kept for every later start in the clone. */
export async function kafkaJars(): Promise<string> {
  const mark = createHash('sha256')
    .update(await readFile(POM))
    .digest('hex')
    .slice(0, 12);
  const folder = join(ROOT, '.tocsin', `kafka-jars-${mark}`);
  if ((await readdir(folder).catch(() => [])).length > 0) return folder;
  const draft = `${folder}.${process.pid}`;
  try {
    await run('mvn', ['-q', '-B', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${draft}`]);
    await rename(draft, folder).catch((error: NodeJS.ErrnoException) => {
      // Another start was faster: its jars are as good.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    return folder;
  } catch (error) {
    throw fetchFailed(error);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function fetchFailed(error: unknown): NativeKafkaError {
  const { code, stdout = '', message } = error as NodeJS.ErrnoException & { stdout?: string };
  if (code === 'ENOENT')
    return new NativeKafkaError(
      'Kafka is fetched with Maven, and there is no «mvn» on the PATH: install it (Debian: apt-get install maven), or give a broker with KAFKA_BROKERS=host:9092.',
    );
  const lines = stdout
    .split('\n')
    .filter((line) => line.includes('ERROR'))
    .slice(0, 5);
  return new NativeKafkaError(
    `Maven could not fetch Kafka: check the network and Maven's settings, or give a broker with KAFKA_BROKERS=host:9092.`,
    lines.length > 0 ? lines : [message],
  );
}
