export { addressMark } from './address-mark.js';
export { AccessConfig } from './api-access/access-config.js';
export { ApiAccess } from './api-access/api-access.js';
export { ConfigCopy, type ConfigSource, type CurrentConfig } from './config-copy/config-copy.js';
export { configCopyMigration } from './config-copy/config-copy.migration.js';
export { AllowedAddresses } from './guarded-http/allowed-addresses.js';
export { refusalOfUrl } from './guarded-http/check-url.js';
export { AddressGuard, blockListOf } from './guarded-http/guarded-address.js';
export { BlockedAddress, guardedAgent, resolveAll, type ResolveAll } from './guarded-http/guarded-connect.js';
export { type Got, guardedGet } from './guarded-http/guarded-get.js';
export { hashOf } from './config-copy/config-revision.store.js';
export {
  holdsLoopbackOnly,
  isLoopback,
  loopbackOnlyIn,
  loopbackRefusal,
  refuseBeyondLoopback,
} from './config-copy/loopback-only.js';
export { type ResolvedSecret, resolveSecret, type SecretPlaces } from './config-copy/resolve-secret.js';
export { ConnectionsConfig } from './connections-config.js';
export { openConnections, type Connections, type ConnectionsOptions } from './open-connections.js';
