import { type CoverRequestView, type Instant, isoOf } from '@tocsin/contracts';
import { acceptanceOf, type CoverRequest, coverState } from '@tocsin/rules';

/** A request as the API shows it. */
export function coverView(
  request: CoverRequest,
  { now, eligible }: { readonly now: Instant; readonly eligible: readonly string[] },
): CoverRequestView {
  const { id, schedule, role, person, from, until, reason, expiresAt, override } = request;
  const state = coverState(request, now);
  const coveredBy = acceptanceOf(request)?.person;
  return {
    ...{ id, schedule, role, person, from: isoOf(from), until: isoOf(until), expires: isoOf(expiresAt) },
    ...(reason === undefined ? {} : { reason }),
    state,
    eligible: state === 'open' ? [...eligible] : [],
    ...(coveredBy === undefined ? {} : { coveredBy }),
    ...(override === undefined ? {} : { override }),
    history: historyOf(request, state),
  };
}

type Entry = CoverRequestView['history'][number];

function historyOf(request: CoverRequest, state: CoverRequestView['state']): Entry[] {
  const { person, askedAt, askedBy, answers, cancelledAt, cancelledBy = '', expiresAt } = request;
  return [
    { what: 'asked', at: isoOf(askedAt), person, by: askedBy },
    ...answers.map(({ answer, at, ...who }): Entry => ({ what: answer, at: isoOf(at), ...who })),
    ...(cancelledAt === undefined
      ? []
      : [{ what: 'cancelled', at: isoOf(cancelledAt), person, by: cancelledBy } as const]),
    ...(state === 'expired'
      ? [{ what: 'expired', at: isoOf(expiresAt), person, by: 'tocsin' } as const]
      : []),
  ];
}
