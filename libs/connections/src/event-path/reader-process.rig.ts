import { endThisProcess } from './end-this-process.js';
import { EventPathRig, recordEffects } from './event-path.rig.js';

// One replica of a reader as a process of its own, for the tests that kill or freeze it, or whose handler hangs.
const [databaseUrl, brokers, prefix, manner] = process.argv.slice(2);
if (databaseUrl === undefined || brokers === undefined || prefix === undefined)
  throw new Error('database, brokers, prefix');

const kind = brokers === '' ? 'postgres' : 'kafka';
const rig = EventPathRig.on(databaseUrl, {
  kind,
  brokers: brokers.split(','),
  prefix,
  replay: () => Promise.resolve(),
  // Short only where the stall is wanted: a reader that takes over waits for the dead one's session before it reads.
  stall: {
    onStalled: endThisProcess,
    ...(manner === 'hangs' ? { stallLimits: { lookEvery: 200, stalledAfter: 2_000 } } : {}),
  },
});
const hang = (): Promise<void> => new Promise(() => undefined);
await rig.consume(rig.reader(), manner === 'hangs' ? hang : recordEffects);
process.stdout.write('reading\n');
