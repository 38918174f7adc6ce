import { describe, expect, it } from '@jest/globals';
import { aPage } from '../notification.rig.js';
import { AnswerTokens, isToken, tokenHash } from './answer-token.js';
import { isSameSite } from './same-site.js';

describe('an answer token', () => {
  const tokens = new AnswerTokens(Buffer.alloc(32, 1));
  const page = aPage();

  it('has 22 characters and is the same on every try', () => {
    expect(tokens.of(page)).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(tokens.of({ ...page })).toBe(tokens.of(page));
    expect(tokens.hashOf(page)).toBe(tokenHash(tokens.of(page)));
  });

  it('is another one for another tenant, case, epoch, person, step or installation', () => {
    const others = [
      { tenant: 'b' },
      { caseId: 'Z' },
      { epoch: 2 },
      { person: 'ana' },
      { step: 1 },
      { round: 2 },
    ].map((more) => tokens.of({ ...page, ...more }));
    const all = new Set([tokens.of(page), ...others, new AnswerTokens(Buffer.alloc(32, 2)).of(page)]);
    expect(all.size).toBe(8);
  });

  it('is looked up only when it has the form of one', () => {
    expect(isToken(tokens.of(page))).toBe(true);
    for (const text of ['', 'a'.repeat(21), 'a'.repeat(23), `${'a'.repeat(21)}%`])
      expect(isToken(text)).toBe(false);
  });
});

describe('a POST from another site', () => {
  it.each([
    [{}, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ host: 't.example', origin: 'https://t.example' }, true],
    [{ host: 'inside:8084', 'x-forwarded-host': 't.example', origin: 'https://t.example' }, true],
    [{ host: 't.example', origin: 'https://evil.example' }, false],
    [{ host: 't.example', origin: 'null' }, false],
  ])('is told by its headers: %j → %s', (headers, same) => {
    expect(isSameSite(headers)).toBe(same);
  });
});
