import {
  type Priority,
  type Resolution,
  RESOLUTION_MEMBERS,
  RESOLUTION_TEXTS,
  type ResolutionMember,
  type ResolutionTable,
  type Texts,
} from '@tocsin/contracts';
import { didYouMean } from '../config/faults.js';
import { own } from '../own.js';
import { filled, joined } from '../texts-of.js';
import { chosenCodes } from './resolution-codes.js';

/** What is wrong with what a person said of a resolution, and the cure. */
export interface ResolutionFault {
  readonly member: ResolutionMember;
  readonly texts: Texts;
}

/** Codes named in one sentence; the rest are counted. */
const NAMED_CODES = 20;

/** @returns everything that is missing or names no code, at once; none when a case of this priority may end so */
export function judgeResolution(
  said: Resolution,
  priority: Priority,
  table: ResolutionTable,
): readonly ResolutionFault[] {
  const required = table.requires[priority] ?? [];
  return RESOLUTION_MEMBERS.flatMap((member): ResolutionFault[] => {
    const value = said[member];
    if (value !== undefined) return member === 'code' ? codeFaults(value, table) : [];
    if (!required.includes(member)) return [];
    const missing = filled(RESOLUTION_TEXTS.missing, { member, priority, needs: required.join(', ') });
    const codes = member === 'code' ? listed(chosenCodes(table)) : undefined;
    return [{ member, texts: joined(missing, codes) }];
  });
}

/** What the code is called in the config; undefined for a code that it has no more. */
export const codeLabel = (code: string, { codes }: ResolutionTable): Texts | undefined =>
  own(codes, code)?.label;

function codeFaults(code: string, table: ResolutionTable): ResolutionFault[] {
  const codes = chosenCodes(table);
  if (codes.includes(code)) return [];
  const below = codes.filter((path) => path.startsWith(`${code}.`));
  if (below.length > 0)
    return [{ member: 'code', texts: joined(filled(RESOLUTION_TEXTS.heading, { code }), listed(below)) }];
  if (codes.length === 0) return [{ member: 'code', texts: filled(RESOLUTION_TEXTS.noCodes, { code }) }];
  return [
    {
      member: 'code',
      texts: joined(filled(RESOLUTION_TEXTS.unknown, { code }), nearest(code, codes), listed(codes)),
    },
  ];
}

/** People often know the last word of a path only. */
function nearest(code: string, codes: readonly string[]): Texts | undefined {
  const end = codes.find((path) => path.endsWith(`.${code}`));
  return didYouMean(end ?? code, codes);
}

const listed = (codes: readonly string[]): Texts => {
  const named = codes.slice(0, NAMED_CODES).join(', ');
  const more = codes.length - NAMED_CODES;
  return more > 0
    ? filled(RESOLUTION_TEXTS.codesAndMore, { codes: named, more })
    : filled(RESOLUTION_TEXTS.codes, { codes: named });
};
