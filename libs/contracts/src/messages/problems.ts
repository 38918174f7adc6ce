import type { Problem } from '../http/problem.js';
import type { Language, Texts } from '../texts.js';
import { say } from '../texts.js';
import { FOUR_EYES_TEXTS } from './console.js';
import { MAINTENANCE_TEXTS } from './maintenance.js';
import { OUTGOING_TEXTS } from './outgoing-webhooks.js';
import { MONITORING_MESSAGES } from './monitoring.js';
import { PIN_TEXTS } from './priority.js';
import { RESOLUTION_TEXTS } from './resolution.js';
import { ROUTING_MESSAGES } from './routing.js';
import { SHIFT_TEXTS } from './shifts.js';
import { TICKET_CHANGE_TEXTS } from './ticket-changes.js';

/** Titles of problems that no capability has texts of its own for. */
export const PROBLEM_TITLES = {
  notFound: { en: 'Not found', 'zh-CN': '未找到' },
  internal: { en: 'Internal error', 'zh-CN': '内部错误' },
  databaseAway: { en: 'The database cannot be reached', 'zh-CN': '无法连接数据库' },
  noAnswerInTime: { en: 'The service did not answer in time', 'zh-CN': '服务未及时响应' },
  brokeOff: { en: 'The service broke off', 'zh-CN': '服务中断了响应' },
  noReplica: { en: 'No replica answers', 'zh-CN': '没有可用的实例' },
  callerGone: { en: 'The caller went away', 'zh-CN': '调用方已断开' },
  noKey: { en: 'No valid key', 'zh-CN': '没有有效的密钥' },
  noToken: { en: 'No valid token', 'zh-CN': '没有有效的令牌' },
  forbidden: { en: 'This token may not do that', 'zh-CN': '此令牌无权执行该操作' },
  schema: { en: 'The request does not fit its schema', 'zh-CN': '请求不符合其格式' },
  query: { en: 'The query does not fit', 'zh-CN': '查询参数不符合要求' },
  queryParameter: { en: 'A query parameter cannot be read', 'zh-CN': '无法读取某个查询参数' },
  whichCase: { en: 'Which case?', 'zh-CN': '请指明案例' },
  unfitForConfig: { en: 'The request does not fit the config', 'zh-CN': '请求与配置不符' },
  contactMethod: { en: 'The contact method cannot be used', 'zh-CN': '该联系方式无法使用' },
  stillNotMapped: { en: 'Still not mapped', 'zh-CN': '仍然无法映射' },
  notStored: { en: 'Not stored', 'zh-CN': '未保存' },
  longKey: {
    en: 'The Idempotency-Key is longer than {most} characters',
    'zh-CN': 'Idempotency-Key 超过 {most} 个字符',
  },
  faults: { en: 'The config tree has faults', 'zh-CN': '配置有误' },
  noFiles: { en: 'No config files in the body', 'zh-CN': '请求中没有配置文件' },
  noTree: { en: 'No config tree in the body', 'zh-CN': '请求中没有配置' },
  unreadableYaml: { en: 'The YAML cannot be read', 'zh-CN': '无法读取 YAML' },
  tooDeep: { en: 'The config tree is nested too deep', 'zh-CN': '配置嵌套过深' },
  movedOn: { en: 'The config has moved on', 'zh-CN': '配置已被更新' },
} as const satisfies Record<string, Texts>;

/** Details of problems that no capability has texts of its own for. */
const PROBLEM_DETAILS = {
  notStored: {
    en: 'Nothing was stored. Send the same request again.',
    'zh-CN': '未保存任何内容，请重新发送同一请求。',
  },
  maybeStored: {
    en: 'Nothing is known to have been stored. Send the same request again.',
    'zh-CN': '尚不清楚是否已保存，请重新发送同一请求。',
  },
  serviceAway: {
    en: '{service} cannot be reached right now. Nothing was stored; send the same request again.',
    'zh-CN': '目前无法连接 {service}。未保存任何内容，请重新发送同一请求。',
  },
  serviceLost: {
    en: '{service} was lost while it worked on this request; whether it is done is not known. Send the same request again: the same id takes effect once.',
    'zh-CN': '处理此请求时 {service} 中断，尚不清楚是否已完成。请重新发送同一请求：相同编号只生效一次。',
  },
  nothingChanged: { en: 'Nothing was changed.', 'zh-CN': '未作任何更改。' },
  deeper: { en: 'Over {most} levels; nothing was changed.', 'zh-CN': '超过 {most} 层；未作任何更改。' },
  sendToken: {
    en: 'Send «Authorization: Bearer TOKEN».',
    'zh-CN': '请发送「Authorization: Bearer TOKEN」。',
  },
  sendTreeToken: {
    en: 'Send «Authorization: Bearer TOKEN» with a token of the config tree.',
    'zh-CN': '请发送「Authorization: Bearer TOKEN」，使用配置中的令牌。',
  },
  operatorApplies: {
    en: 'Config is applied by an operator; yours is «{role}».',
    'zh-CN': '配置须由操作员应用；您的角色是「{role}」。',
  },
  appliedSince: {
    en: 'Revision {revision} was applied since you read it. Get it, plan again, then apply. Nothing was changed.',
    'zh-CN': '您读取之后已应用版本 {revision}。请重新获取、计划并应用。未作任何更改。',
  },
  goesOnAs: { en: 'It goes on as {case}.', 'zh-CN': '它以 {case} 继续。' },
  caseId: { en: 'the id of a case, such as 4F7K2', 'zh-CN': '案例编号，例如 4F7K2' },
  cursor: {
    en: 'no cursor of ours; take `next` of the page before',
    'zh-CN': '不是有效的游标；请使用上一页的 `next`',
  },
} as const satisfies Record<string, Texts>;

const CATALOGUES: readonly Readonly<Record<string, Texts>>[] = [
  ...[PROBLEM_DETAILS, TICKET_CHANGE_TEXTS, MONITORING_MESSAGES],
  ...[PROBLEM_TITLES, ROUTING_MESSAGES, MAINTENANCE_TEXTS, PIN_TEXTS, RESOLUTION_TEXTS, SHIFT_TEXTS],
  FOUR_EYES_TEXTS,
  OUTGOING_TEXTS,
];

/** How many characters of a text are its own. */
const ownWords = ({ en }: Texts): number => en.replaceAll(/\{\w+\}/g, '').trim().length;

/**
 * A text by its English words: those without places first, then those with the most words of their own, so that no place
 * swallows a sentence; one that is all place says nothing.
 */
const TEXTS = CATALOGUES.flatMap((texts) => Object.values(texts))
  .filter((texts) => ownWords(texts) > 0)
  .toSorted((a, b) => Number(a.en.includes('{')) - Number(b.en.includes('{')) || ownWords(b) - ownWords(a));

const escaped = (text: string): string => text.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');

/** A place that comes again holds the same. */
function patternOf({ en }: Texts): RegExp {
  const seen = new Set<string>();
  const places = escaped(en).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (seen.has(name)) return `\\k<${name}>`;
    seen.add(name);
    return `(?<${name}>.+?)`;
  });
  return new RegExp(`^${places}$`, 'u');
}

/** Characters. A sentence may quote what a caller sent, and that must not cost a search. */
const LONGEST = 300;

let patterns: readonly { readonly texts: Texts; readonly pattern: RegExp }[] | undefined;

/**
 * A sentence of a problem in a language. Problems are thrown in English, whose sentences are looked up here; one that no
 * catalogue has stays English. What fills a place may be a sentence of the catalogues too.
 */
export function problemTextIn(language: Language, text: string): string {
  if (language === 'en' || text.length > LONGEST) return text;
  patterns ??= TEXTS.map((texts) => ({ texts, pattern: patternOf(texts) }));
  for (const { texts, pattern } of patterns) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const facts = Object.entries(found.groups ?? {}).map(([name, fact]) => [
      name,
      // Only what is shorter: no sentence is looked for inside of itself.
      fact.length < text.length ? problemTextIn(language, fact) : fact,
    ]);
    return say(texts, language, Object.fromEntries(facts) as Record<string, string>);
  }
  return text;
}

/** All sentences of a problem. */
export const problemIn = (language: Language, problem: Problem): Problem => ({
  ...problem,
  title: problemTextIn(language, problem.title),
  ...(problem.detail === undefined ? {} : { detail: problemTextIn(language, problem.detail) }),
  ...(problem.errors === undefined
    ? {}
    : {
        errors: problem.errors.map((fault) => ({
          ...fault,
          detail: problemTextIn(language, fault.detail),
        })),
      }),
});
