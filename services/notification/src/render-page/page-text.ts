import {
  type Instant,
  instantOf,
  type Language,
  PAGE_TEXTS,
  type PageRequested,
  say,
  type Texts,
} from '@tocsin/contracts';
import { cleanText } from './clean-text.js';
import { escapeHtml, isWebLink } from './escape-html.js';

/** What a page says beside its facts. */
export interface PageContext {
  readonly language: Language;
  readonly answerUrl: string;
  readonly repeat: boolean;
  /** The database's clock. */
  readonly now: Instant;
}

/** Under this age «waiting since» says nothing. */
const TELL_AGE_SECONDS = 45;

/** The first line everywhere and the subject of mails: priority, service, title, case. */
export function headlineOf(page: PageRequested, language: Language): string {
  const service =
    page.service === undefined || page.restricted
      ? ''
      : say(PAGE_TEXTS.servicePrefix, language, { service: cleanText(page.service, 100) });
  return say(PAGE_TEXTS.headline, language, {
    priority: page.priority,
    service,
    title: titleOf(page, language),
    case: page.caseId,
  });
}

/** A restricted case leaves the building as category, priority and link only. */
function titleOf(page: PageRequested, language: Language): string {
  if (!page.restricted) return cleanText(page.subject, 300);
  const category =
    page.category === undefined ? PAGE_TEXTS.unknownCategory[language] : cleanText(page.category, 100);
  return say(PAGE_TEXTS.restrictedTitle, language, { category });
}

interface Line {
  readonly text: string;
  /** Stands in `text`; becomes a link in HTML. */
  readonly url?: string;
}

function linesOf(page: PageRequested, { language, answerUrl, repeat, now }: PageContext): Line[] {
  const line = (texts: Texts, facts: Record<string, string | number> = {}): Line => ({
    text: say(texts, language, facts),
  });
  const lines: Line[] = [{ ...line(PAGE_TEXTS.acknowledge, { url: answerUrl }), url: answerUrl }];
  if (repeat) lines.unshift(line(PAGE_TEXTS.possibleRepeat));
  if (!page.restricted)
    lines.push(
      line(PAGE_TEXTS.because, { priority: page.priority, because: cleanText(page.because[language], 240) }),
    );
  lines.push(whyYou(page, line));
  const age = Math.floor((now - instantOf(page.dueAt)) / 1000);
  if (age >= TELL_AGE_SECONDS) lines.push(line(PAGE_TEXTS.age, { age: duration(age, language) }));
  const wait = page.nextStepAt === undefined ? 0 : Math.round((instantOf(page.nextStepAt) - now) / 1000);
  if (wait > 0) lines.push(line(PAGE_TEXTS.next, { wait: duration(wait, language) }));
  if (page.link !== undefined && isWebLink(page.link)) {
    const url = cleanText(page.link, 2_000);
    lines.push({ ...line(PAGE_TEXTS.link, { url }), url });
  }
  return lines;
}

const WHY_ASKED = {
  reminder: PAGE_TEXTS.whyYouReminder,
  responder: PAGE_TEXTS.whyYouResponder,
  owner: PAGE_TEXTS.whyYouOwner,
} as const satisfies Record<NonNullable<PageRequested['asked']>['as'], Texts>;

function whyYou(
  page: PageRequested,
  line: (texts: Texts, facts: Record<string, string | number>) => Line,
): Line {
  if (page.asked !== undefined) return line(WHY_ASKED[page.asked.as], { by: cleanText(page.asked.by, 100) });
  const policy = cleanText(page.policy, 100);
  if (page.step >= page.steps) return line(PAGE_TEXTS.whyYouFallback, { policy, round: page.round });
  return line(PAGE_TEXTS.whyYou, {
    policy,
    step: page.step + 1,
    steps: page.steps,
    stepName: cleanText(page.stepName, 100),
    round: page.round,
  });
}

function duration(seconds: number, language: Language): string {
  if (seconds < 90) return say(PAGE_TEXTS.seconds, language, { n: seconds });
  if (seconds < 90 * 60) return say(PAGE_TEXTS.minutes, language, { n: Math.round(seconds / 60) });
  return say(PAGE_TEXTS.hours, language, { n: Math.round(seconds / 3600) });
}

/** The whole page as plain text, the headline first. */
export function pageText(page: PageRequested, context: PageContext): string {
  return [headlineOf(page, context.language), ...linesOf(page, context).map(({ text }) => text)].join('\n');
}

/** The same page as a mail's HTML. Made by hand from escaped text: no template, so no template injection. */
export function pageHtml(page: PageRequested, context: PageContext): string {
  const lines = linesOf(page, context).map(({ text, url }) => {
    const safe = escapeHtml(text);
    if (url === undefined) return `<p>${safe}</p>`;
    const link = escapeHtml(url);
    return `<p>${safe.replace(link, () => `<a href="${link}">${link}</a>`)}</p>`;
  });
  const title = escapeHtml(headlineOf(page, context.language));
  return `<!doctype html><html lang="${context.language}"><head><meta charset="utf-8"><title>${title}</title></head><body><h2>${title}</h2>${lines.join('')}</body></html>`;
}
