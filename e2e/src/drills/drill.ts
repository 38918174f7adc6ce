import type { FakeProvider } from './fake-provider.js';
import type { RunningSystem, SystemOptions } from '../system/running-system.js';
import type { Api } from '../system/api.js';
import type { History } from './history-file.js';
import type { LoadShape, TicketLoad } from './ticket-load.js';

/** What a drill may use while its load runs. */
export interface DrillScene {
  readonly system: RunningSystem;
  readonly api: Api;
  readonly provider: FakeProvider;
  readonly history: History;
  readonly load: TicketLoad;
  readonly random: () => number;
  /** Writes the fault's window into the history around `act`, so that lateness counts from its end. */
  fault(name: string, act: () => Promise<void>): Promise<void>;
  /** The system is ready again; part of the fault's window, because until then nothing can be promised. */
  ready(): Promise<void>;
}

/** One experiment of the catalogue (reliability drills): a load, a fault, and the checker's verdict on what was seen. */
export interface Drill {
  /** Number in the catalogue. */
  readonly number: number;
  readonly name: string;
  readonly what: string;
  readonly system: SystemOptions;
  readonly load?: Partial<LoadShape>;
  /** Faults, while the load runs. */
  readonly during: (scene: DrillScene) => Promise<void>;
}
