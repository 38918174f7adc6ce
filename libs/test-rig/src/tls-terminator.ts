import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface TlsTerminator {
  /** `https://localhost:<port>`; the certificate is also good for 127.0.0.1 and the names asked for. */
  readonly url: string;
  readonly port: number;
  /** PEM file of the authority, for SSL_CERT_FILE, REQUESTS_CA_BUNDLE or NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  close(): Promise<void>;
}

/**
 * TLS in front of a plain server on 127.0.0.1, for real clients that insist on https. The authority is made for this
 * one terminator by the `openssl` command and gone with it.
 * @param options.names further host names for the certificate, such as `events.pagerduty.com`
 */
export async function terminateTls(options: { toPort: number; names?: string[] }): Promise<TlsTerminator> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-tls-'));
  const { key, cert } = await makeCertificate(folder, options.names ?? []);
  const sockets = new Set<Socket>();
  const server = createServer({ key, cert }, (secure) => {
    const plain = connect(options.toPort, '127.0.0.1');
    const cut = (): void => {
      secure.destroy();
      plain.destroy();
      sockets.delete(secure);
    };
    sockets.add(secure);
    for (const end of [secure, plain]) end.on('error', cut).on('close', cut);
    secure.pipe(plain).pipe(secure);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `https://localhost:${String(port)}`,
    caFile: join(folder, 'ca.pem'),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What both requests have in common; the configuration of the machine would add its own extensions. */
const REQUEST = [
  'req',
  '-config',
  'openssl.cnf',
  '-newkey',
  'ec',
  '-pkeyopt',
  'ec_paramgen_curve:prime256v1',
  '-nodes',
];
/** Python's ssl refuses an authority without these two marks (X.509 strict since 3.13). */
const AUTHORITY = [
  '-addext',
  'basicConstraints=critical,CA:TRUE',
  '-addext',
  'keyUsage=critical,keyCertSign',
];
const DAYS = ['-days', '2'];

async function makeCertificate(folder: string, names: string[]): Promise<{ key: string; cert: string }> {
  const openssl = (command: string[], ...options: string[]): Promise<unknown> =>
    run('openssl', [...command, ...options], { cwd: folder });
  const sans = ['DNS:localhost', 'IP:127.0.0.1', ...names.map((name) => `DNS:${name}`)].join(',');
  await writeFile(join(folder, 'openssl.cnf'), '[req]\ndistinguished_name=dn\n[dn]\n');
  await writeFile(
    join(folder, 'server.ext'),
    `subjectAltName=${sans}\nauthorityKeyIdentifier=keyid\nextendedKeyUsage=serverAuth\n`,
  );
  const files = (name: string, kind: string): string[] => [
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.${kind}`,
  ];
  await openssl(
    REQUEST,
    '-x509',
    ...files('ca', 'pem'),
    ...DAYS,
    '-subj',
    '/CN=Test authority',
    ...AUTHORITY,
  );
  await openssl(REQUEST, ...files('server', 'csr'), '-subj', '/CN=localhost');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', ...DAYS, '-extfile', 'server.ext'];
  await openssl(['x509', '-req', '-in', 'server.csr'], ...signed, '-out', 'server.pem');
  return {
    key: await readFile(join(folder, 'server.key'), 'utf8'),
    cert: await readFile(join(folder, 'server.pem'), 'utf8'),
  };
}
