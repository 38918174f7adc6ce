export { EmbeddedPostgresError } from './embedded-postgres-error.js';
export { keptSecret } from './kept-secret.js';
export { portIsFree } from './listening-port.js';
export { lastLines, rotateLog } from './server-log.js';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './start-embedded-postgres.js';
