import { type Config, LINT_TEXTS, type Source, SOURCE_KINDS } from '@tocsin/contracts';
import type { ConfigFault } from '../config/config-fault.js';
import { warningAt } from '../config/faults.js';
import { filled } from '../texts-of.js';

const KNOWN: ReadonlySet<string> = new Set(SOURCE_KINDS);

/** Sources whose format nobody knows, or of which nothing will be accepted. */
export const sourcesToProve = ({ sources }: Config): ConfigFault[] =>
  Object.entries(sources).flatMap(([name, source]) => [...ofKind(name, source), ...ofSenders(name, source)]);

const ofKind = (name: string, { kind }: Source): ConfigFault[] =>
  KNOWN.has(kind)
    ? []
    : [
        warningAt(
          ['sources', name, 'kind'],
          filled(LINT_TEXTS.unknownKind, { kind, known: SOURCE_KINDS.join(', ') }),
        ),
      ];

/** Amazon SNS signs with a certificate: no secret of ours, but the topics must be named. */
const ofSenders = (name: string, { kind, senders }: Source): ConfigFault[] =>
  kind === 'sns' && senders === undefined ? [warningAt(['sources', name], LINT_TEXTS.noSenders)] : [];
