import { ANSWER_TEXTS, type Language, say, type Texts } from '@tocsin/contracts';
import { escapeHtml } from '../render-page/escape-html.js';
import { headlineOf } from '../render-page/page-text.js';
import type { AnswerResult } from './answer-case.js';

/** How each standing of an answer link is told over HTTP after a POST. */
export const STATUS_OF = {
  unknown: 404,
  open: 200,
  acknowledged: 200,
  joined: 200,
  already: 200,
  recorded: 202,
  taken: 409,
  expired: 410,
} as const satisfies Record<AnswerResult['type'], number>;

const TEXT_OF = {
  unknown: ANSWER_TEXTS.unknown,
  open: ANSWER_TEXTS.explain,
  acknowledged: ANSWER_TEXTS.acknowledged,
  joined: ANSWER_TEXTS.joined,
  already: ANSWER_TEXTS.already,
  recorded: ANSWER_TEXTS.recorded,
  taken: ANSWER_TEXTS.taken,
  expired: ANSWER_TEXTS.expired,
} as const satisfies Record<AnswerResult['type'], Texts>;

/** One sentence on how the link stands. */
export function sentenceOf(result: AnswerResult, language: Language): string {
  if (result.type === 'unknown') return say(TEXT_OF.unknown, language);
  const facts = { case: result.page.caseId, person: result.page.person };
  if (result.type !== 'taken') return say(TEXT_OF[result.type], language, facts);
  return result.owner === undefined
    ? say(ANSWER_TEXTS.takenBySomebody, language, facts)
    : say(TEXT_OF.taken, language, { ...facts, owner: result.owner });
}

/** Of the tab: what it is about, never more than the page itself shows. */
export const titleOf = (result: AnswerResult, language: Language): string =>
  result.type === 'unknown' ? 'Tocsin' : `${headlineOf(result.page, language)} · Tocsin`;

/** Good news green, what needs another way yellow; the words say the same. */
const TONE_OF = {
  unknown: 'warn',
  open: '',
  acknowledged: 'good',
  joined: 'good',
  already: 'good',
  recorded: 'good',
  taken: 'warn',
  expired: 'warn',
} as const satisfies Record<AnswerResult['type'], string>;

/** The page's body: what it is about, how it stands, and the button while it can act. Nothing in it acts by itself. */
export function answerBody(result: AnswerResult, language: Language): string {
  const sentence = `<p class="standing ${TONE_OF[result.type]}" role="status">${escapeHtml(sentenceOf(result, language))}</p>`;
  if (result.type === 'unknown') return `<div class="card">${sentence}</div>`;
  const to = say(ANSWER_TEXTS.title, language, { person: result.page.person });
  const heading = `<p class="quiet">${escapeHtml(to)}</p><h1>${escapeHtml(headlineOf(result.page, language))}</h1>`;
  const button =
    result.type === 'open'
      ? `<form method="post"><button type="submit">${escapeHtml(say(ANSWER_TEXTS.take, language))}</button></form>`
      : '';
  return `<div class="card">${heading}${sentence}${button}</div>`;
}

/** The same for programs. A restricted case says its category at most. */
export function answerView(result: Exclude<AnswerResult, { type: 'unknown' }>): object {
  const { page, type } = result;
  return {
    state: type,
    act: 'acknowledge',
    person: page.person,
    case: {
      id: page.caseId,
      epoch: page.epoch,
      priority: page.priority,
      ...(page.restricted ? { category: page.category } : { subject: page.subject, service: page.service }),
    },
    ...(type === 'taken' ? { owner: result.owner } : {}),
    ...(type === 'acknowledged' || type === 'already' || type === 'recorded' ? { owner: page.person } : {}),
  };
}
