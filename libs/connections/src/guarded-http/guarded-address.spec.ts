import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from '@jest/globals';
import { WebhookSink } from '@tocsin/test-rig';
import { refusalOfUrl } from './check-url.js';
import { AddressGuard, blockListOf } from './guarded-address.js';
import { BlockedAddress, guardedAgent, guardedLookup, type ResolveAll } from './guarded-connect.js';

const strict = new AddressGuard(blockListOf([]));
const open = new AddressGuard(blockListOf(['127.0.0.0/8', '::1/128']));

const dns =
  (...answers: string[][]): ResolveAll =>
  (_, done) =>
    done(
      null,
      (answers.length > 1 ? answers.shift() : answers[0])?.map(
        (address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }),
      ) ?? [],
    );

describe('the guard of webhook addresses', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '2002:7f00:1::',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    '2001:db8::1',
  ])('keeps %s closed', (address) => {
    expect(strict.refusalOf(address, 443)).toContain(address);
  });

  it.each([
    '93.184.216.34',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '2606:2800:220:1::1',
    '64:ff9b::808:808',
    '::ffff:8.8.8.8',
  ])('lets %s through, on the ports of the web only', (address) => {
    expect(strict.refusalOf(address, 443)).toBeUndefined();
    expect(strict.refusalOf(address, 80)).toBeUndefined();
    expect(strict.refusalOf(address, 9092)).toContain('9092');
  });

  it('opens what the operator names, on any port, in any spelling', () => {
    expect(open.refusalOf('127.0.0.1', 5432)).toBeUndefined();
    expect(open.refusalOf('::ffff:127.0.0.1', 5432)).toBeUndefined();
    expect(open.refusalOf('10.0.0.1', 443)).toBeDefined();
  });

  it('names an entry that is no CIDR', () => {
    expect(() => blockListOf(['127.0.0.0/8', 'localhost'])).toThrow('localhost');
    expect(() => blockListOf(['10.0.0.0/33'])).toThrow('10.0.0.0/33');
  });
});

describe('a URL that shall become a contact method', () => {
  it.each([
    ['http://127.0.0.1:5432/', dns()],
    ['http://169.254.169.254/latest/meta-data/', dns()],
    ['http://[::ffff:169.254.169.254]/', dns()],
    ['http://0x7f000001/', dns()],
    ['http://2130706433/', dns()],
    ['http://127.1/', dns()],
    ['http://localtest.me/', dns(['127.0.0.1'])],
    ['https://rebind.example/', dns(['93.184.216.34', '127.0.0.1'])],
    ['https://nowhere.example/', dns([])],
    ['gopher://127.0.0.1:6379/_FLUSHALL', dns()],
    ['file:///etc/passwd', dns()],
    ['https://good.example:9092/', dns(['93.184.216.34'])],
    ['https://user:secret@good.example/', dns(['93.184.216.34'])],
    ['not a url', dns()],
  ])('is refused: %s', async (url, resolve) => {
    expect(await refusalOfUrl(url, strict, resolve)).toBeDefined();
  });

  it('is taken when every address of it is public', async () => {
    expect(
      await refusalOfUrl('https://good.example/hook', strict, dns(['93.184.216.34', '2606:2800:220:1::1'])),
    ).toBeUndefined();
  });
});

describe('connecting to a webhook', () => {
  it('refuses a name as soon as one of its addresses is closed', (done) => {
    guardedLookup(strict, 443, dns(['93.184.216.34', '10.0.0.1']))(
      'rebind.example',
      { all: true },
      (error) => {
        expect(error).toBeInstanceOf(BlockedAddress);
        done();
      },
    );
  });

  it('asks again at every connection, so that a second DNS answer cannot lead inside', async () => {
    const sink = await WebhookSink.open();
    const resolve = dns(['93.184.216.34'], ['127.0.0.1']);
    expect(await refusalOfUrl('http://rebind.example/', strict, resolve)).toBeUndefined();
    const agent = guardedAgent(strict, resolve);
    await expect(
      agent.request({ origin: `http://rebind.example:${sink.port}`, path: '/', method: 'POST' }),
    ).rejects.toBeInstanceOf(BlockedAddress);
    await expect(agent.request({ origin: sink.url, path: '/', method: 'POST' })).rejects.toBeInstanceOf(
      BlockedAddress,
    );
    expect(sink.requests).toEqual([]);
    await agent.destroy();
    await sink.close();
  });

  it('goes to the address that was checked', async () => {
    const sink = await WebhookSink.open();
    const agent = guardedAgent(open, dns(['127.0.0.1']));
    const answer = await agent.request({
      origin: `http://phone.example:${sink.port}`,
      path: '/x',
      method: 'POST',
    });
    expect(answer.statusCode).toBe(204);
    expect(sink.requests[0]?.headers.host).toBe(`phone.example:${sink.port}`);
    await agent.destroy();
    await sink.close();
  });
});
