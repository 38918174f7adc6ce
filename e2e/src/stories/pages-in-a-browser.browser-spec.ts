import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SandboxMessage } from '@tocsin/contracts';
import { type OpenBrowser, openBrowser, until, whenGiven } from '@tocsin/test-rig';
import { Api } from '../system/api.js';
import { RunningSystem } from '../system/running-system.js';

/** Each would run, or leave its attribute or its tag, if anything on the way forgot to escape. */
const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  `"'><script>alert(2)</script>`,
  '</title></h3><svg onload=alert(3)>',
  '[click](javascript:alert(4))',
];

/** Bo and Chen are told in Chinese, whatever the browser speaks. */
whenGiven('browser', describe)('the pages in a browser', () => {
  let system: RunningSystem;
  let api: Api;
  let browser: OpenBrowser;
  let withoutScript: OpenBrowser;
  /** What a person would never see: errors of the console, blocked sources, alerts. */
  const complaints: string[] = [];

  beforeAll(async () => {
    system = await RunningSystem.start();
    api = new Api(system.url);
    browser = await openBrowser({ locale: 'en-US' });
    withoutScript = await openBrowser({ locale: 'zh-CN', javaScriptEnabled: false });
    const { context } = browser;
    context.on('console', (said) => said.type() !== 'log' && complaints.push(said.text()));
    context.on('weberror', (thrown) => complaints.push(thrown.error().message));
    context.on('dialog', (dialog) => {
      complaints.push(`alert ${dialog.message()}`);
      void dialog.dismiss();
    });
  }, 180_000);
  afterAll(async () => {
    await Promise.all([browser, withoutScript].map((open) => open?.close()));
    expect(await system.stop()).toEqual([]);
  }, 60_000);

  const page = (key: string, subject: string): Promise<unknown> =>
    api.event('demo', { id: key, type: 'ticket.created', key, subject, severity: 'critical' });
  const received = (person: string, subject: string): Promise<SandboxMessage> =>
    until(async () => (await api.phone(person)).find(({ text }) => text.includes(subject)), {
      within: '10s',
    });
  const linkOf = ({ answerUrl }: SandboxMessage): string => system.url + new URL(answerUrl).pathname;
  const isTooWide = (open: OpenBrowser): Promise<boolean> =>
    open.page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth');

  describe('the sandbox phones', () => {
    it('show a page in the language of the person when it comes, without a reload', async () => {
      await browser.page.goto(`${system.url}/sandbox`);
      expect(await browser.page.locator('html').getAttribute('lang')).toBe('en');
      await browser.page.evaluate('window.sameDocument = true');
      await page('live', 'Creators cannot withdraw');
      const shown = browser.page.getByRole('region', { name: 'bo' }).getByRole('article').first();
      await shown.waitFor({ timeout: 10_000 });
      expect(await shown.getAttribute('lang')).toBe('zh-CN');
      expect(await shown.textContent()).toContain('为何通知您：策略 live-pay，第 1 步，共 3 步');
      expect(await browser.page.evaluate('window.sameDocument')).toBe(true);
      expect(await browser.page.getByRole('status').textContent()).toContain('Creators cannot withdraw');
    });

    it.each(HOSTILE)('show %s as the text that it is', async (subject) => {
      await page(subject, subject);
      const headline = browser.page.getByRole('heading', { name: subject }).first();
      await headline.waitFor({ timeout: 10_000 });
      expect(await headline.locator('*').count()).toBe(0);
      const { page: answer } = browser;
      await answer.goto(linkOf(await received('bo', subject)));
      expect(await answer.getByRole('heading', { level: 1 }).textContent()).toContain(subject);
      expect(await answer.title()).toContain(subject);
      await answer.goto(`${system.url}/sandbox`);
    });

    it('are readable and lead to an answer without JavaScript', async () => {
      const { page: plain } = withoutScript;
      await plain.goto(`${system.url}/sandbox`);
      const message = plain.getByRole('article').filter({ hasText: 'Creators cannot withdraw' }).first();
      expect(await message.textContent()).toContain('为何是 P1');
      expect(await message.getByRole('link', { name: '回应' }).getAttribute('href')).toMatch(
        /^\/a\/[\w-]{22}$/,
      );
    });
  });

  describe('an answer link without JavaScript', () => {
    it('does nothing when it is looked at, and takes the case when the button is pressed', async () => {
      await page('answered', 'Gifts are lost');
      const message = await received('bo', 'Gifts are lost');
      const { page: plain } = withoutScript;
      for (let look = 0; look < 3; look++) await plain.goto(linkOf(message));
      expect(await plain.getByRole('status').textContent()).toBe(
        '按下按钮之前不会发生任何事。按下后，此案例的后续通知将全部停止。',
      );
      expect(await api.case(message.caseId)).toMatchObject({
        state: 'open',
        escalation: { state: 'running' },
      });

      await plain.getByRole('button', { name: '确认：我来处理此案例' }).click();
      expect(await plain.getByRole('status').textContent()).toBe(
        `完成：案例 ${message.caseId} 由您处理，bo。`,
      );
      expect(await plain.getByRole('button').count()).toBe(0);
      expect(await api.case(message.caseId)).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'bo' });

      await plain.goto(linkOf(message));
      expect(await plain.getByRole('status').textContent()).toContain('已由您处理');
    });

    it('tells a second person who has taken the case, and gives no button', async () => {
      await page('shared', 'Logins fail');
      const first = await received('bo', 'Logins fail');
      await api.act(first.caseId, 'escalate');
      const second = await received('chen', 'Logins fail');
      const { page: plain } = withoutScript;
      await plain.goto(linkOf(first));
      await plain.getByRole('button').click();
      await plain.goto(linkOf(second));
      expect(await plain.getByRole('status').textContent()).toBe(`bo 已接手案例 ${first.caseId}。`);
      expect(await plain.getByRole('button').count()).toBe(0);
    });
  });

  describe('the first page', () => {
    it.each([
      ['en', 'Tocsin is running', () => browser],
      ['zh-CN', 'Tocsin 正在运行', () => withoutScript],
    ])(
      'is in %s for a browser that speaks it, and its links lead somewhere',
      async (language, heading, open) => {
        const { page: first } = open();
        await first.goto(system.url);
        expect(await first.locator('html').getAttribute('lang')).toBe(language);
        expect(await first.getByRole('heading', { level: 1 }).textContent()).toBe(heading);
        for (const link of await first.getByRole('link').all()) {
          const target = new URL((await link.getAttribute('href')) ?? '', system.url);
          expect([target.pathname, (await fetch(target)).status]).toEqual([target.pathname, 200]);
        }
      },
    );
  });

  it('fit a phone of 320 px without sideways scrolling', async () => {
    const wide = `Unbreakable${'x'.repeat(120)}`;
    await page('wide', wide);
    const answerLink = linkOf(await received('bo', wide));
    await browser.page.setViewportSize({ width: 320, height: 640 });
    for (const url of [`${system.url}/sandbox`, answerLink, system.url]) {
      await browser.page.goto(url);
      expect({ url, tooWide: await isTooWide(browser) }).toEqual({ url, tooWide: false });
    }
  });

  it('make no browser complain', () => {
    expect(complaints).toEqual([]);
  });

  it('run no script but their own, whatever gets into them', async () => {
    const own = await browser.context.newPage();
    await own.goto(`${system.url}/sandbox`);
    const blocked = await own.evaluate<string>(`new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
      const foreign = document.createElement('script');
      foreign.textContent = 'window.foreignRan = true';
      document.body.append(foreign);
    })`);
    expect(blocked).toBe('script-src-elem');
    expect(await own.evaluate('window.foreignRan')).toBeUndefined();
    await own.close();
  });
});
