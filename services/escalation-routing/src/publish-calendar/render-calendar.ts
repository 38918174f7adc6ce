import type { Instant } from '@tocsin/contracts';

/** One entry of a feed. */
export interface CalendarEntry {
  /** Stays the same while the entry means the same shift: a client updates by it instead of doubling. */
  readonly uid: string;
  readonly summary: string;
  readonly description?: string | undefined;
  readonly from: Instant;
  readonly until: Instant;
}

interface Calendar {
  readonly name: string;
  readonly entries: readonly CalendarEntry[];
  /** When the entries were computed (DTSTAMP). */
  readonly now: Instant;
}

/** RFC 5545 3.1: a line has at most 75 octets without its end; what is longer goes on behind a space. */
const LINE_OCTETS = 75;

/** A calendar as RFC 5545 has it: CRLF, folded lines, times in UTC. */
export function renderCalendar({ name, entries, now }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tocsin//On-call shifts//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    ...entries.flatMap((entry) => eventLines(entry, now)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

const eventLines = ({ uid, summary, description, from, until }: CalendarEntry, now: Instant): string[] => [
  'BEGIN:VEVENT',
  `UID:${escaped(uid)}`,
  `DTSTAMP:${utc(now)}`,
  `DTSTART:${utc(from)}`,
  `DTEND:${utc(until)}`,
  `SUMMARY:${escaped(summary)}`,
  ...(description === undefined ? [] : [`DESCRIPTION:${escaped(description)}`]),
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
];

/** `20261102T010000Z`; a fraction of a second has no place in it. */
const utc = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** RFC 5545 3.3.11. No other control character may stand in a text. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll(/\r\n|\r|\n/g, String.raw`\n`)
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

/** Folds by octets and never inside of a character, so that each line alone is sound UTF-8. */
function folded(line: string): string {
  let [out, octets] = ['', 0];
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE_OCTETS) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += size;
  }
  return out;
}
