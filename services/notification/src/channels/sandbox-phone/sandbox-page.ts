import { type Language, SANDBOX_TEXTS, say, type Texts } from '@tocsin/contracts';
import { escapeHtml, isWebLink } from '../../render-page/escape-html.js';
import type { PhoneMessage } from './sandbox-phone.store.js';

/** The live part of `/sandbox`: one phone per person, the newest message first. */
export function phonesHtml(messages: readonly PhoneMessage[], language: Language): string {
  if (messages.length === 0) return `<p>${escapeHtml(say(SANDBOX_TEXTS.empty, language))}</p>`;
  const phones = [...Map.groupBy(messages, (m) => m.person)].toSorted(([a], [b]) => a.localeCompare(b));
  return phones
    .map(
      ([person, received]) =>
        `<section class="phone" aria-label="${escapeHtml(person)}"><h2>${escapeHtml(person)}</h2>${received.map(messageHtml).join('')}</section>`,
    )
    .join('');
}

function messageHtml(m: PhoneMessage): string {
  const language: Language = m.language === 'zh-CN' ? 'zh-CN' : 'en';
  const kinds: Readonly<Record<string, Texts>> = {
    push: SANDBOX_TEXTS['kind.push'],
    sms: SANDBOX_TEXTS['kind.sms'],
    call: SANDBOX_TEXTS['kind.call'],
  };
  const kind = say(kinds[m.kind] ?? SANDBOX_TEXTS['kind.sandbox'], language);
  const [headline = '', ...lines] = m.text.split('\n');
  // The button stands for the line with the link.
  const rest = lines.filter((line) => !line.includes(m.answerUrl)).join('\n');
  const answer = isWebLink(m.answerUrl)
    ? `<p><a class="button" href="${escapeHtml(pathOf(m.answerUrl))}">${escapeHtml(say(SANDBOX_TEXTS.answer, language))}</a></p>`
    : '';
  return `<article class="message" id="message-${m.id}" lang="${language}"><h3>${escapeHtml(headline)}</h3><p class="quiet">${escapeHtml(kind)} · <time datetime="${m.at}">${m.at.slice(11, 19)} UTC</time> · ${escapeHtml(m.method)}</p><p>${escapeHtml(rest)}</p>${answer}</article>`;
}

/** The phone is looked at through whatever address this page came by; the link stays there. */
const pathOf = (url: string): string => new URL(url).pathname;

/** The page around it. Without JavaScript it reloads itself. */
export function sandboxBody(messages: readonly PhoneMessage[], language: Language): string {
  return `<h1>${escapeHtml(say(SANDBOX_TEXTS.title, language))}</h1><p class="quiet">${escapeHtml(say(SANDBOX_TEXTS.explain, language))}</p>
<p class="heard-only" role="status" id="news"></p><div class="phones" id="phones">${phonesHtml(messages, language)}</div>`;
}

export const SANDBOX_HEAD =
  '<noscript><meta http-equiv="refresh" content="3"></noscript><script src="/sandbox/live.js" defer></script>';

/**
 * Asks for the phones each second while the page is looked at, and puts in what has changed. The focus stays on its
 * message, and a screen reader hears the newest headline, not all phones again.
 */
export const SANDBOX_SCRIPT = `const phones = document.getElementById('phones');
const news = document.getElementById('news');
let shown;
async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch('/sandbox/phones' + location.search);
    if (!answer.ok) return;
    const html = await answer.text();
    if (html === shown) return;
    const known = new Set(idsOf(phones));
    const focused = document.activeElement.closest('.message')?.id;
    phones.innerHTML = html;
    if (focused) document.getElementById(focused)?.querySelector('a')?.focus({ preventScroll: true });
    const fresh = idsOf(phones).find((id) => !known.has(id));
    if (fresh) news.textContent = document.getElementById(fresh).querySelector('h3').textContent;
    shown = html;
  } catch { /* the server is away; the next second asks again */ }
}
const idsOf = (element) => [...element.querySelectorAll('.message')].map(({ id }) => id);
setInterval(refresh, 1000);
`;
