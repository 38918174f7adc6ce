import { describe, expect, it } from '@jest/globals';
import { instantOf, LANGUAGES } from '@tocsin/contracts';
import { aPage } from '../notification.rig.js';
import { cleanText } from './clean-text.js';
import { headlineOf, pageHtml, pageText } from './page-text.js';

const context = {
  language: 'en',
  answerUrl: 'http://t.example/a/AAAAAAAAAAAAAAAAAAAAAA',
  repeat: false,
  now: 1_000_000,
} as const;
const page = aPage({
  caseId: '4F7K2',
  dueAt: new Date(1_000_000 - 120_000).toISOString(),
  nextStepAt: new Date(1_000_000 + 300_000).toISOString(),
});

describe('the text of a page', () => {
  it('says what, why this priority, why you, since when, what comes next and how to take it', () => {
    expect(pageText(page, context).split('\n')).toEqual([
      '[P1] live-payments: LIVE payout missing (case 4F7K2)',
      'Take it: http://t.example/a/AAAAAAAAAAAAAAAAAAAAAA',
      'Why P1: severity critical',
      'Why you: policy live-pay, step 1 of 3 (on call), round 1.',
      'Waiting for an answer since 2 min.',
      'Next step in 5 min, unless somebody answers.',
    ]);
  });

  it('says the same in Chinese', () => {
    expect(pageText(page, { ...context, language: 'zh-CN' }).split('\n')).toEqual([
      '[P1] live-payments：LIVE payout missing（案例 4F7K2）',
      '接手处理：http://t.example/a/AAAAAAAAAAAAAAAAAAAAAA',
      '为何是 P1：严重级别为 critical',
      '为何通知您：策略 live-pay，第 1 步，共 3 步（on call），第 1 轮。',
      '已等待回应 2 分钟。',
      '若无人回应，5 分钟后进入下一步。',
    ]);
  });

  it.each([
    ['reminder', 'Reminder: you took this case. Press «Take it» if you are still on it.'],
    ['responder', 'Why you: chen asks for your help.'],
    ['owner', 'Why you: chen hands this case to you.'],
  ] as const)('says what is asked of a %s instead of the step', (as, why) => {
    expect(pageText({ ...page, asked: { as, by: 'chen' } }, context).split('\n')[3]).toBe(why);
  });

  it('marks a possible repeat in every language', () => {
    for (const language of LANGUAGES)
      expect(pageText(page, { ...context, language, repeat: true })).toMatch(/POSSIBLE REPEAT|可能重复/);
  });

  it('says of a restricted case its category, priority and links only', () => {
    const secret = aPage({
      subject: 'canary',
      category: 'child-safety.grooming',
      restricted: true,
      service: 'canary',
      because: { en: 'canary', 'zh-CN': 'canary' },
    });
    for (const language of LANGUAGES) {
      const texts = pageText(secret, { ...context, language }) + pageHtml(secret, { ...context, language });
      expect(texts).not.toContain('canary');
      expect(texts).toContain('child-safety.grooming');
    }
  });

  it('escapes foreign text in HTML and links to the web only', () => {
    const html = pageHtml(
      { ...page, subject: `<img src=x onerror=alert(1)>"'\``, link: 'javascript:alert(1)' },
      context,
    );
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&#96;');
    expect(html).not.toContain('javascript:');
    expect(pageHtml({ ...page, link: 'https://z.example/1?a=1&b="' }, context)).toContain(
      'href="https://z.example/1?a=1&amp;b=&quot;"',
    );
  });

  it('fills places from the catalogue only, never from foreign text', () => {
    expect(headlineOf({ ...page, subject: '{case} {{7*7}} ${7*7} $& $1' }, 'en')).toContain(
      '{case} {{7*7}} ${7*7} $& $1',
    );
  });

  it('calls the step after the last one the fallback', () => {
    expect(pageText({ ...page, step: 3 }, context)).toContain('fallback after all steps');
  });

  it('counts the age from the due time by the clock that it is given', () => {
    expect(pageText(page, { ...context, now: instantOf(page.dueAt) + 3 * 3_600_000 })).toContain('since 3 h');
  });
});

describe('cleaning foreign text', () => {
  it.each([
    ['db down\r\nBcc: victim@example.org\r\n\r\nhi', 'db down Bcc: victim@example.org hi'],
    [
      'ok\n{"level":"info","msg":"ticket acked by admin"}\u001B[2J',
      'ok {"level":"info","msg":"ticket acked by admin"} [2J',
    ],
    ['\u202Egnp.exe\u202C safe \u2066P4\u2069', 'gnp.exe safe P4'],
    ['a\u0000b\u0085c', 'a b c'],
    ['नमस्ते, ภาษาไทย, tiếng Việt, 支付失败', 'नमस्ते, ภาษาไทย, tiếng Việt, 支付失败'],
    ['\uD800x', '\uFFFDx'],
  ])('makes %j safe', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('leaves at most three combining marks in a row', () => {
    expect(cleanText(`Z${'\u0300\u0316\u0489'.repeat(200)}`)).toBe('Z\u0300\u0316\u0489');
  });

  it('cuts long text without breaking a character', () => {
    expect(cleanText('😀'.repeat(300), 10)).toBe(`${'😀'.repeat(4)}…`);
  });
});
