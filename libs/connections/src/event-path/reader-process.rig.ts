import { EventPathRig } from './event-path.rig.js';

// One replica of a reader as a process of its own, for the tests that kill or freeze it.
const [databaseUrl, brokers, prefix] = process.argv.slice(2);
if (databaseUrl === undefined || brokers === undefined || prefix === undefined)
  throw new Error('database, brokers, prefix');

const kind = brokers === '' ? 'postgres' : 'kafka';
const rig = EventPathRig.on(databaseUrl, {
  kind,
  brokers: brokers.split(','),
  prefix,
  replay: () => Promise.resolve(),
});
await rig.consume(rig.reader());
process.stdout.write('reading\n');
