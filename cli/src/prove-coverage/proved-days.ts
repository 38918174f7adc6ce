import { type Config, type Instant, isoOf, type Language } from '@tocsin/contracts';
import { coverageOf, coverageText, zoneOf } from '@tocsin/rules';

const DAYS = 90;
const DAY_MS = 86_400_000;

/** A proof, or its earliest counterexample, as it is shown. */
export interface ShownCoverage {
  readonly policy: string;
  readonly service: string;
  readonly priority: string;
  readonly proved: boolean;
  /** The earliest opening for which nobody is paged in time, and the end of that hole. */
  readonly hole?: { readonly from: string; readonly until: string };
  readonly text: string;
}

/** The coverage of each service over 90 days from an instant. A hole's times are told in its first schedule's zone. */
export const provedDays = (config: Config, now: Instant, language: Language): ShownCoverage[] =>
  coverageOf(config, { from: now, until: now + DAYS * DAY_MS }).map((coverage) => {
    const { policy, service, priority, hole } = coverage;
    return {
      ...{ policy, service, priority, proved: hole === undefined },
      ...(hole === undefined ? {} : { hole: { from: isoOf(hole.from), until: isoOf(hole.until) } }),
      text: coverageText(coverage, DAYS, zoneOf(config, policy))[language],
    };
  });
