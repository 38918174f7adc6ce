import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Decides about one chunk on its way back from the server: let it pass, or cut the connection instead. */
export type ReplyFate = (chunk: Buffer) => 'pass' | 'cut';

/** A TCP proxy on 127.0.0.1 that loses replies: the request has reached the server, the caller never learns how it ended. */
export class TcpProxy {
  private fate: ReplyFate = () => 'pass';
  private readonly sockets = new Set<Socket>();
  cuts = 0;

  private constructor(private readonly server: ReturnType<typeof createServer>) {}

  static async open(target: { host: string; port: number }): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(server);
    server.on('connection', (caller) => {
      proxy.join(caller, connect(target.port, target.host));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on `fate` decides about every reply. */
  replies(fate: ReplyFate): void {
    this.fate = fate;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(caller: Socket, target: Socket): void {
    for (const socket of [caller, target]) {
      this.sockets.add(socket);
      const end = (): void => {
        caller.destroy();
        target.destroy();
        this.sockets.delete(socket);
      };
      socket.on('error', end).on('close', end);
    }
    caller.pipe(target);
    target.on('data', (chunk: Buffer) => {
      if (this.fate(chunk) === 'pass') {
        if (!caller.write(chunk)) {
          target.pause();
          caller.once('drain', () => target.resume());
        }
        return;
      }
      this.cuts += 1;
      caller.destroy();
      target.destroy();
    });
  }
}
