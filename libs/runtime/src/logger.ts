import { pino, type DestinationStream, type Logger } from 'pino';

/** Members that never reach a log, wherever they stand in an object. */
const REDACTED = [
  'authorization',
  'cookie',
  'token',
  'secret',
  'password',
  'body',
  'text',
  'subject',
  'payload',
];

/** One JSON line per event: fixed message, ids in fields. */
export function makeLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '***' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
