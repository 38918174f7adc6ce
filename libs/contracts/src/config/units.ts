import { z } from 'zod';

const SECONDS_IN = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

/** A duration as people write it: `90s`, `5m`, `4h`, `7d`, `1w`. Read as seconds. */
export const Duration = z
  .string()
  .regex(/^\d+(s|m|h|d|w)$/, 'a whole number with a unit: 90s, 5m, 4h, 7d or 1w')
  .transform((text) => Number(text.slice(0, -1)) * SECONDS_IN[text.slice(-1) as keyof typeof SECONDS_IN]);

/** A wait of a policy: 1 s to 7 d. Read as seconds. */
export const Wait = Duration.refine((s) => s >= 1 && s <= 7 * SECONDS_IN.d, 'between 1s and 7d');

export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** `09:00`; read as minutes since midnight. */
export const ClockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a clock time such as 09:00')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

/** `Mon 09:00` for weekly, `09:00` for daily rotations. */
export const Handover = z
  .string()
  .regex(
    /^((Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?([01]\d|2[0-3]):[0-5]\d$/,
    'a handover such as «Mon 09:00» or «09:00»',
  )
  .transform((text) => {
    const clock = text.slice(-5);
    return {
      ...(text.length > 5 ? { day: text.slice(0, 3) as Weekday } : {}),
      minute: Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)),
    };
  });

/** IANA zone, checked against the runtime's own table. */
export const TimeZone = z.string().refine(isTimeZone, 'an IANA time zone such as Asia/Singapore');

// Making a formatter costs a tenth of a millisecond: too much for each of thousands of people in the same few zones.
const zonesSeen = new Set<string>();

function isTimeZone(name: string): boolean {
  if (zonesSeen.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    zonesSeen.add(name);
    return true;
  } catch {
    return false;
  }
}

const FIXED_FORMS = ['env:', 'vault:', 'loopback-only:'] as const;

/**
 * Where a secret is found; never the secret itself. `loopback-only:` is the documented key of an example world:
 * a process that has loaded one refuses to listen beyond loopback.
 */
export const SecretRef = z
  .string()
  .refine((ref) => FIXED_FORMS.some((form) => ref.startsWith(form) && ref.length > form.length), {
    error:
      'env:NAME, vault:path, or loopback-only:value in examples; a secret itself never stands in the tree',
  });
export type SecretRef = z.infer<typeof SecretRef>;
