import type { Place } from '@tocsin/config-files';
import { type ConfigWarning, languageOf } from '@tocsin/contracts';
import { ProblemError } from '@tocsin/runtime';
import type { FastifyRequest } from 'fastify';
import type { TreeFault } from './apply-config.js';
import { BODY, type SentTree } from './read-body.js';

/** Warnings in the language of who asks. */
export const warningsOf = (warnings: readonly TreeFault[], { headers }: FastifyRequest): ConfigWarning[] =>
  warnings.map(({ pointer, texts }) => ({ pointer, detail: texts[languageOf(headers['accept-language'])] }));

/** Every fault of a tree with its place in the files that were sent. */
export function refused(
  faults: readonly TreeFault[],
  sent: SentTree,
  { headers }: FastifyRequest,
): ProblemError {
  const language = languageOf(headers['accept-language']);
  return new ProblemError(422, 'The config tree has faults', {
    detail: 'Nothing was changed.',
    errors: faults.map(({ pointer, texts }) => {
      const place = sent.placeOf?.(pointer);
      return {
        pointer,
        detail: place === undefined ? texts[language] : `${texts[language]} (${wordsOf(place)})`,
      };
    }),
  });
}

const wordsOf = ({ file, line }: Place): string => (file === BODY ? `line ${line}` : `${file}:${line}`);
