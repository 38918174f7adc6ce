export interface ServerAddress {
  readonly port: number;
  readonly maxConnections: number;
}

/** Arguments of `postgres` for one unattended node: durable, loopback only, few connections, frequent vacuum of hot tables. */
export function serverArguments(dataDirectory: string, { port, maxConnections }: ServerAddress): string[] {
  const settings = {
    port,
    max_connections: maxConnections,
    listen_addresses: '127.0.0.1',
    // A socket folder would need a path that any user may write and that is short; TCP serves all.
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    fsync: 'on',
    synchronous_commit: 'on',
    shared_buffers: '256MB',
    max_wal_size: '4GB',
    min_wal_size: '512MB',
    checkpoint_timeout: '10min',
    wal_buffers: '16MB',
    // The embedded build has no lz4: naming it would stop the start.
    wal_compression: 'off',
    jit: 'off',
    autovacuum_naptime: '10s',
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
  };
  return [
    '-D',
    dataDirectory,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}
