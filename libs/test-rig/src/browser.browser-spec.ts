import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowser } from './browser.js';
import { WebhookSink } from './webhook-sink.js';

const PAGE = `<!doctype html><title>rig</title><p id="said">without script</p>
<script>document.getElementById('said').textContent = localStorage.seen ?? 'first visit'; localStorage.seen = 'seen before'</script>`;

describe('the browser of the rig', () => {
  let server: WebhookSink;
  beforeAll(async () => {
    server = await WebhookSink.open();
    server.answerWith({ status: 200, headers: { 'content-type': 'text/html' }, body: PAGE });
  });
  afterAll(() => server.close());

  const said = async (options?: { javaScriptEnabled: boolean }): Promise<string | null> => {
    const browser = await openBrowser(options);
    await browser.page.goto(server.url);
    const text = await browser.page.locator('#said').textContent();
    await browser.close();
    return text;
  };

  it('runs scripts and starts each time with a profile that has seen nothing', async () => {
    expect(await said()).toBe('first visit');
    expect(await said()).toBe('first visit');
  });

  it('shows what a page is without scripts', async () => {
    expect(await said({ javaScriptEnabled: false })).toBe('without script');
  });
});
