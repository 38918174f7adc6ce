import { describe, expect, it } from '@jest/globals';
import { until } from './until.js';

describe('waiting for a condition', () => {
  it('gives what the condition gave once that is truthy', async () => {
    let asked = 0;
    await expect(until(() => (++asked < 3 ? undefined : { asked }))).resolves.toEqual({ asked: 3 });
  });

  it('takes a condition that throws as not yet true', async () => {
    let asked = 0;
    const value = await until(() => {
      if (++asked < 3) throw new Error('too early');
      return 'done';
    });
    expect(value).toBe('done');
  });

  it('says what it waited for and what it last saw', async () => {
    await expect(until(() => 0, { within: '0s', for: 'the first page' })).rejects.toThrow(
      /not within 0s: the first page\nlast seen: 0/,
    );
  });

  it('says why the condition last failed', async () => {
    const failing = (): never => {
      throw new Error('no such case');
    };
    await expect(until(failing, { within: '0s' })).rejects.toThrow(/last failure: no such case/);
  });
});
