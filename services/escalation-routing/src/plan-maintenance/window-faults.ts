import {
  type Config,
  CONFIG_TEXTS,
  type Instant,
  LANGUAGES,
  MAINTENANCE_TEXTS,
  type QuietScope,
  say,
  type Texts,
} from '@tocsin/contracts';
import { conditionFault } from '@tocsin/rules';

/** What is wrong with a window that somebody wants: where in the body, and what it says. */
export interface WindowFault {
  readonly pointer: string;
  readonly texts: Texts;
}

/** Nobody plans further by hand: what lasts longer belongs into the config, where it is reviewed. */
const LONGEST_MS = 30 * 86_400_000;

interface Wanted {
  readonly name: string;
  readonly scope: QuietScope;
  readonly from: Instant;
  readonly until: Instant;
}

/** What the config, the windows beside it and the clock say against a window; empty when nothing does. */
export function windowFaults(
  { name, scope, from, until }: Wanted,
  config: Config,
  taken: readonly string[],
  now: Instant,
): WindowFault[] {
  const names = [...config.maintenance.map((rule) => rule.name), ...taken];
  return [
    ...scopeFaults(scope, config),
    ...(names.includes(name)
      ? [{ pointer: '/name', texts: filledTexts(MAINTENANCE_TEXTS.nameTaken, { name }) }]
      : []),
    ...(until <= from || until <= now ? [{ pointer: '/until', texts: MAINTENANCE_TEXTS.alreadyOver }] : []),
    ...(until - from > LONGEST_MS ? [{ pointer: '/until', texts: MAINTENANCE_TEXTS.tooLong }] : []),
  ];
}

/** Services and sources that the config does not have; a condition that does not type-check. */
export function scopeFaults(
  { services = [], sources = [], when }: QuietScope,
  config: Config,
): WindowFault[] {
  const fault = when === undefined ? undefined : conditionFault(when);
  return [
    ...unknown('services', services, config.services, CONFIG_TEXTS.service),
    ...unknown('sources', sources, config.sources, CONFIG_TEXTS.source),
    ...(fault === undefined ? [] : [{ pointer: '/when', texts: fault }]),
  ];
}

function unknown(
  key: string,
  names: readonly string[],
  known: Readonly<Record<string, unknown>>,
  kind: Texts,
): WindowFault[] {
  return names.flatMap((name, i) =>
    Object.hasOwn(known, name)
      ? []
      : [
          {
            pointer: `/${key}/${i}`,
            texts: {
              en: say(CONFIG_TEXTS.dangling, 'en', { name, kind: kind.en }),
              'zh-CN': say(CONFIG_TEXTS.dangling, 'zh-CN', { name, kind: kind['zh-CN'] }),
            },
          },
        ],
  );
}

function filledTexts(texts: Texts, facts: Readonly<Record<string, string>>): Texts {
  const [en = '', zh = ''] = LANGUAGES.map((language) => say(texts, language, facts));
  return { en, 'zh-CN': zh };
}
