import { z } from 'zod';
import { ConfigName } from '../ids.js';
import { CONFIG_SHAPE_TEXTS } from '../messages/rules.js';
import { say } from '../texts.js';

export const LADDER_LEVELS = ['tier1', 'tier2', 'manager', 'executive'] as const;
export type LadderLevel = (typeof LADDER_LEVELS)[number];

/** Whom a step pages, as one reads it aloud: `person chen`, `schedule live-primary`, `tier2 of the service`, `everyone`. */
export type Target =
  | { kind: 'person' | 'team' | 'schedule'; name: string }
  | { kind: 'ladder'; level: LadderLevel }
  | { kind: 'everyone' };

export const Target = z.string().transform((text, ctx): Target => {
  const target = parseTarget(text.trim());
  if (target !== undefined) return target;
  ctx.addIssue({ code: 'custom', message: refusalOf(text) });
  return z.NEVER;
});

const refusalOf = (text: string): string =>
  say(
    /^(channel|webhook)\b/.test(text) ? CONFIG_SHAPE_TEXTS.channelTarget : CONFIG_SHAPE_TEXTS.target,
    'en',
    {
      text,
    },
  );

/** `policy night`: the steps of another policy take the place of this one. */
export interface PolicyTarget {
  readonly kind: 'policy';
  readonly name: string;
}

function parseTarget(text: string): Target | undefined {
  if (text === 'everyone') return { kind: 'everyone' };
  const named = /^(person|team|schedule) (\S+)$/.exec(text);
  if (named !== null && ConfigName.safeParse(named[2]).success)
    return { kind: named[1] as 'person', name: named[2] ?? '' };
  const ladder = /^(tier1|tier2|manager|executive) of the service$/.exec(text);
  return ladder === null ? undefined : { kind: 'ladder', level: ladder[1] as LadderLevel };
}

/** One target or several. */
export const Targets = z.union([Target.transform((t) => [t]), z.array(Target).min(1)]);

const StepTarget = z.string().transform((text, ctx): Target | PolicyTarget => {
  const policy = /^policy (\S+)$/.exec(text.trim())?.[1];
  if (policy !== undefined && ConfigName.safeParse(policy).success) return { kind: 'policy', name: policy };
  const target = parseTarget(text.trim());
  if (target !== undefined) return target;
  ctx.addIssue({ code: 'custom', message: refusalOf(text) });
  return z.NEVER;
});

/** What a step of a policy pages: targets, or one other policy. */
export const StepTargets = z.union([StepTarget.transform((t) => [t]), z.array(StepTarget).min(1)]);

/** `team live-payments`, read as its name. */
export const TeamTarget = z
  .string()
  .regex(/^team \S+$/, CONFIG_SHAPE_TEXTS.teamTarget.en)
  .transform((text) => text.slice('team '.length));
