import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNativeKafka, type NativeKafka } from '@tocsin/kafka/native';

/** A Kafka broker of the suite's own, for suites that kill it. */
export class OwnBroker {
  readonly #home: string;
  #broker: NativeKafka;

  private constructor(home: string, broker: NativeKafka) {
    this.#home = home;
    this.#broker = broker;
  }

  static async start(): Promise<OwnBroker> {
    const home = await mkdtemp(join(tmpdir(), 'tocsin-own-broker-'));
    return new OwnBroker(home, await startNativeKafka({ home }));
  }

  get address(): string {
    return this.#broker.brokers;
  }

  /** As a power cut would end it. */
  async kill(): Promise<void> {
    process.kill(this.#broker.pid, 'SIGKILL');
    await this.#broker.ended;
  }

  /** Starts it again on what the killed one left, at the same address. */
  async up(): Promise<void> {
    this.#broker = await startNativeKafka({ home: this.#home });
  }

  async remove(): Promise<void> {
    await this.#broker.stop();
    await rm(this.#home, { recursive: true, force: true });
  }
}
