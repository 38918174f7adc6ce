import { COVERAGE_TEXTS, type Instant, type Texts, WEEKDAYS } from '@tocsin/contracts';
import { Temporal } from 'temporal-polyfill';
import { filled, joined } from '../texts-of.js';
import type { Coverage } from './coverage-of-config.js';
import type { HushedHours } from './hushed-hours.js';
import type { CoverageHole, StepFinding } from './prove-coverage.js';

/**
 * The proof, or its counterexample with what every step finds and the cheapest cure, as one sentence.
 *
 * @param zone in which the hole's times are told
 */
export function coverageText(coverage: Coverage, days: number, zone: string): Texts {
  return joined(proofText(coverage, days, zone), hushedText(coverage.hushed ?? [], zone));
}

function proofText(coverage: Coverage, days: number, zone: string): Texts {
  const { policy, priority, service, within, hole } = coverage;
  const facts = { policy, priority, service, within };
  const [planned] = coverage.muted;
  if (hole === undefined && planned !== undefined)
    return filled(COVERAGE_TEXTS.provedBut, {
      ...{ ...facts, days },
      ...{ from: clockOf(planned.from, zone), until: clockOf(planned.until, zone) },
    });
  if (hole === undefined) return filled(COVERAGE_TEXTS.proved, { ...facts, days });
  return filled(COVERAGE_TEXTS.hole, {
    ...facts,
    from: clockOf(hole.from, zone),
    until: clockOf(hole.until, zone),
    causes: causesOf(hole),
    fix: fixOf(hole, priority),
  });
}

/** Windows that are named; of a tree with more it is the number that matters. */
const MOST_NAMED = 3;

/** The windows that the proof does not speak of, or only for some cases. */
function hushedText(hushed: readonly HushedHours[], zone: string): Texts {
  const named = hushed.slice(0, MOST_NAMED).map(({ name, means, hours, first }) =>
    filled(COVERAGE_TEXTS[`hushes-${means}`], {
      ...{ name, hours },
      ...{ from: clockOf(first.from, zone), until: clockOf(first.until, zone) },
    }),
  );
  const more = hushed.length - named.length;
  const rest = more > 0 ? [filled(COVERAGE_TEXTS.hushesMore, { more })] : [];
  return joined(...[...named, ...rest].flatMap((text) => [SEPARATOR, text]));
}

const SEPARATOR: Texts = { en: '; ', 'zh-CN': '；' };
const NAMES: Texts = { en: ', ', 'zh-CN': '、' };

const listed = (parts: readonly Texts[], separator: Texts): Texts =>
  joined(...parts.flatMap((part, i) => (i === 0 ? [part] : [separator, part])));

const names = ({ persons }: StepFinding): Texts =>
  listed(
    persons.map((person) => ({ en: person, 'zh-CN': person })),
    NAMES,
  );

/** What each step finds, once: further rounds find the same. */
function causesOf({ findings }: CoverageHole): Texts {
  const first = findings.filter(({ step }, i) => findings.findIndex((other) => other.step === step) === i);
  if (first.length === 0) return COVERAGE_TEXTS.noSteps;
  return listed(
    first.map((finding) =>
      filled(COVERAGE_TEXTS[finding.found], {
        step: finding.step,
        after: finding.after,
        persons: names(finding),
        methods: deadOf(finding),
      }),
    ),
    SEPARATOR,
  );
}

const deadOf = ({ dead = [] }: StepFinding): Texts =>
  listed(
    dead.map((one) => filled(COVERAGE_TEXTS.deadMethod, { ...one })),
    NAMES,
  );

/** An address or a contact method costs least, then an earlier rule, then shorter waits, then a person. */
function fixOf({ findings }: CoverageHole, priority: string): Texts {
  const dead = findings.find(({ found }) => found === 'dead-methods')?.dead?.[0];
  if (dead !== undefined) return filled(COVERAGE_TEXTS.replaceAddress, { ...dead });
  const speechless = findings.find(({ found }) => found === 'no-contact-method');
  if (speechless !== undefined) return filled(COVERAGE_TEXTS.giveMethod, { persons: names(speechless) });
  const late = findings.find(({ found }) => found === 'too-late');
  if (late !== undefined)
    return filled(late.after === 0 ? COVERAGE_TEXTS.pageSooner : COVERAGE_TEXTS.shortenWaits, {
      persons: names(late),
      priority,
    });
  const [first] = findings;
  return first === undefined
    ? COVERAGE_TEXTS.givePolicy
    : filled(COVERAGE_TEXTS.putSomebody, { step: first.step });
}

/** `Sat 2026-11-28 00:00+08:00` */
function clockOf(at: Instant, zone: string): string {
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const day = WEEKDAYS[time.dayOfWeek - 1] ?? '';
  const minute = time.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${day} ${time.toPlainDate().toString()} ${minute}${time.offset}`;
}
