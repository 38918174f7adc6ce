import type { Language, Texts } from '../texts.js';
import { say } from '../texts.js';
import { FOUR_EYES_TEXTS } from './console.js';
import { MAINTENANCE_TEXTS } from './maintenance.js';
import { OUTGOING_TEXTS } from './outgoing-webhooks.js';
import { PIN_TEXTS } from './priority.js';
import { RESOLUTION_TEXTS } from './resolution.js';
import { ROUTING_MESSAGES } from './routing.js';
import { SHIFT_TEXTS } from './shifts.js';

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

const CATALOGUES: readonly Readonly<Record<string, Texts>>[] = [
  ...[PROBLEM_TITLES, ROUTING_MESSAGES, MAINTENANCE_TEXTS, PIN_TEXTS, RESOLUTION_TEXTS, SHIFT_TEXTS],
  FOUR_EYES_TEXTS,
  OUTGOING_TEXTS,
];

/** A text by its English words: those without places first, so that no place swallows a whole sentence. */
const TEXTS = CATALOGUES.flatMap((texts) => Object.values(texts)).toSorted(
  (a, b) => Number(a.en.includes('{')) - Number(b.en.includes('{')),
);

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

/** Characters. A title may quote what a caller sent, and that must not cost a search. */
const LONGEST = 300;

let patterns: readonly { readonly texts: Texts; readonly pattern: RegExp }[] | undefined;

/**
 * The title of a problem in a language. Problems are thrown with their English title, which is looked up here; one that
 * no catalogue has stays English.
 */
export function problemTitleIn(language: Language, title: string): string {
  if (language === 'en' || title.length > LONGEST) return title;
  patterns ??= TEXTS.map((texts) => ({ texts, pattern: patternOf(texts) }));
  for (const { texts, pattern } of patterns) {
    const found = pattern.exec(title);
    if (found !== null) return say(texts, language, found.groups);
  }
  return title;
}
