import { describe, expect, it } from '@jest/globals';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { nextWebhookTry, WEBHOOK_WAITS, type WebhookAnswer } from './next-webhook-try.js';

const NOW = Date.parse('2026-11-28T03:00:00Z');
const DAY = 86_400_000;

describe('the next try of an outgoing webhook', () => {
  it.each([
    [1, 5],
    [2, 300],
    [3, 1_800],
    [4, 7_200],
    [5, 18_000],
    [6, 36_000],
    [7, 50_400],
    [8, 72_000],
    [9, 86_400],
  ])('comes after failure %i in %i seconds', (tries, seconds) => {
    expect(nextWebhookTry({ status: 500 }, tries, NOW, 0)).toEqual({
      type: 'again',
      at: NOW + seconds * 1000,
    });
  });

  it('never comes after the tenth failure', () => {
    expect(nextWebhookTry({ status: 500 }, 10, NOW, 0)).toEqual({ type: 'dead' });
    expect(nextWebhookTry({}, 11, NOW, 0)).toEqual({ type: 'dead' });
  });

  it.each([
    [200, 'delivered'],
    [202, 'delivered'],
    [299, 'delivered'],
    [301, 'again'],
    [302, 'again'],
    [308, 'again'],
    [400, 'again'],
    [401, 'again'],
    [404, 'again'],
    [410, 'disable'],
    [429, 'again'],
    [500, 'again'],
    [503, 'again'],
    [undefined, 'again'],
  ])('after status %p is: %s', (status, type) => {
    expect(nextWebhookTry({ status }, 1, NOW, 0.5).type).toBe(type);
  });

  it.each([429, 503])('waits as long as a receiver asks by %i, and so does its whole endpoint', (status) => {
    const at = NOW + 40_000;
    expect(nextWebhookTry({ status, retryAfter: 40 }, 1, NOW, 0)).toEqual({
      type: 'again',
      at,
      quietUntil: at,
    });
  });

  it('is not made earlier by a receiver that asks for less, nor later than a day by one that asks for more', () => {
    const quietUntil = NOW + 40_000;
    const again = { type: 'again', at: NOW + 300_000, quietUntil };
    expect(nextWebhookTry({ status: 429, retryAfter: 40 }, 2, NOW, 0)).toEqual(again);
    const long = nextWebhookTry({ status: 429, retryAfter: 9_000_000 }, 1, NOW, 0);
    expect(long).toEqual({ type: 'again', at: NOW + DAY, quietUntil: NOW + DAY });
  });

  it('does not listen to a Retry-After of any other answer', () => {
    expect(nextWebhookTry({ status: 500, retryAfter: 3600 }, 1, NOW, 0)).toEqual({
      type: 'again',
      at: NOW + 5000,
    });
  });

  it('comes after its wait and at most a tenth later, whatever is answered and however long is asked', () => {
    const anyAnswer = fc.record({
      status: fc.option(fc.integer({ min: 200, max: 599 }), { nil: undefined }),
      retryAfter: fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: undefined }),
    });
    const jitter = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
    const within = ({ status = 0, retryAfter = 0 }: WebhookAnswer, tries: number) => {
      const wait = (WEBHOOK_WAITS[tries - 1] ?? 0) * 1000;
      const asked = [429, 503].includes(status) ? Math.min(retryAfter * 1000, DAY) : 0;
      return { from: NOW + Math.max(wait, asked), to: NOW + Math.max(wait * 1.1 + 1, asked) };
    };
    fc.assert(
      fc.property(anyAnswer, fc.integer({ min: 1, max: 12 }), jitter, (answer, tries, roll) => {
        const verdict = nextWebhookTry(answer, tries, NOW, roll);
        const { status = 0 } = answer;
        if (status >= 200 && status <= 299) return verdict.type === 'delivered';
        if (status === 410) return verdict.type === 'disable';
        if (verdict.type !== 'again') return tries >= 10 && verdict.type === 'dead';
        const { from, to } = within(answer, tries);
        return tries < 10 && verdict.at >= from && verdict.at <= to;
      }),
      { numRuns: runs(1000) },
    );
  });
});
