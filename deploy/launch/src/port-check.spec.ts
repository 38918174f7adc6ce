import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { mustBeFree } from './port-check.js';

describe('the check of the port', () => {
  const servers: ReturnType<typeof createServer>[] = [];
  const taken = async (): Promise<number> => {
    const server = createServer();
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it('names a taken port and the variable that chooses another, in one line', async () => {
    const port = await taken();
    const refusal = mustBeFree(port, '127.0.0.1');
    await expect(refusal).rejects.toThrow(
      new RegExp(`^Port ${port} is taken by another program.*TOCSIN_PORT=\\d+\\.$`),
    );
  });

  it('waits for a port that processes of a killed launcher still hold', async () => {
    const port = await taken();
    const free = mustBeFree(port, '127.0.0.1', 5_000);
    servers[0]?.close();
    await expect(free).resolves.toBeUndefined();
  });
});
