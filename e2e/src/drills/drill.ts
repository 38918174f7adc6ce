import type { TcpProxy } from '@tocsin/test-rig';
import type { FakeProvider } from './fake-provider.js';
import type { RunningSystem, SystemOptions } from '../system/running-system.js';
import type { Shape } from '../system/service-roles.js';
import type { Api } from '../system/api.js';
import type { History } from './history-file.js';
import type { LoadShape, TicketLoad } from './ticket-load.js';

/** What a drill puts around the system instead of what the launcher would start. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string>>;
  /** The database itself, when the services are told to go through the proxy. */
  readonly databaseUrl?: string;
  readonly proxy?: TcpProxy;
  /** The file that keeps a failpoint armed. */
  readonly armedWhile?: string;
  close(): Promise<void>;
}

/** What a drill may use while its load runs. */
export interface DrillScene {
  readonly system: RunningSystem;
  readonly surroundings: Surroundings | undefined;
  readonly api: Api;
  readonly provider: FakeProvider;
  readonly history: History;
  readonly load: TicketLoad;
  readonly random: () => number;
  /** Writes the fault's window into the history around `act`, so that lateness counts from its end. */
  fault(name: string, act: () => Promise<void>): Promise<void>;
  /** Every service is ready again; part of the fault's window, because until then nothing can be promised. */
  ready(): Promise<void>;
}

/** One experiment of the catalogue (reliability drills): a load, a fault, and the checker's verdict on what was seen. */
export interface Drill {
  /** Number in the catalogue. */
  readonly number: number;
  readonly name: string;
  readonly what: string;
  /** Where the fault exists; the first is what runs unasked. */
  readonly shapes: readonly [Shape, ...Shape[]];
  readonly system?: Pick<SystemOptions, 'args'>;
  readonly surroundings?: () => Promise<Surroundings>;
  readonly load?: Partial<LoadShape>;
  /** Faults, while the load runs. */
  readonly during: (scene: DrillScene) => Promise<void>;
}
