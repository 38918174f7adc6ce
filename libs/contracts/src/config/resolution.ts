import { z } from 'zod';
import { CONFIG_SHAPE_TEXTS } from '../messages/rules.js';
import { PRIORITIES, type Priority } from '../priority.js';
import { ConfigTexts } from './config-texts.js';

/** What a person may have to say to resolve a case. */
export const RESOLUTION_MEMBERS = ['code', 'cause', 'reply'] as const;
export type ResolutionMember = (typeof RESOLUTION_MEMBERS)[number];

const CodePath = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)*$/, CONFIG_SHAPE_TEXTS.codePath.en)
  .max(100);

export const ResolutionCode = z.strictObject({ label: ConfigTexts });

/** Keys are bands such as `P1-P2`; read by priority, what several bands ask for together. */
const Requires = z
  .record(
    z.string().regex(/^P[1-5](-P[1-5])?$/, CONFIG_SHAPE_TEXTS.band.en),
    z.array(z.enum(RESOLUTION_MEMBERS)).min(1),
  )
  .transform((bands): Partial<Record<Priority, readonly ResolutionMember[]>> => {
    const inBand = (band: string, n: number): boolean =>
      n >= Number(band.charAt(1)) && n <= Number(band.charAt(band.length - 1));
    const required = PRIORITIES.map((priority, n) => {
      const asked = Object.entries(bands).flatMap(([band, members]) => (inBand(band, n + 1) ? members : []));
      return [priority, RESOLUTION_MEMBERS.filter((member) => asked.includes(member))] as const;
    });
    return Object.fromEntries(required.filter(([, members]) => members.length > 0));
  });

/** How cases end by hand: the codes to choose from, and what must be said per priority. */
export const ResolutionTable = z.strictObject({
  /** By dotted path; one that has codes below it is their heading and cannot be chosen. */
  codes: z.record(CodePath, ResolutionCode).default({}),
  requires: Requires.prefault({}),
});
export type ResolutionTable = z.infer<typeof ResolutionTable>;
