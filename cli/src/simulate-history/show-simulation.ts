import { isoOf, type Language, say, SIMULATE_TEXTS, SLA_KINDS } from '@tocsin/contracts';
import type { CaseDifference, CaseStory, DifferenceKind, FirstPages, Simulation } from '@tocsin/rules';

/** Cases that are told one by one; all of them stand in the JSON. */
const TOLD = 20;

type Tell = (name: keyof typeof SIMULATE_TEXTS, facts?: Parameters<typeof say>[2]) => string;

interface Shown {
  readonly simulation: Simulation;
  readonly hash: string;
  readonly span: { readonly from: string; readonly until: string };
}

/** A simulation as lines: what differs, then what it means to people. */
export function simulationLines({ simulation, hash, span }: Shown, language: Language): string {
  const tell: Tell = (name, facts) => say(SIMULATE_TEXTS[name], language, facts);
  const { cases, inputs, openedBefore } = simulation;
  return [
    tell('span', { ...span, cases, inputs, left: openedBefore }),
    ...differenceLines(simulation.differences, tell),
    ...peopleLines(simulation, tell),
    tell('p1'),
    `  ${p1Line('happened', simulation.before.p1, tell)}`,
    `  ${p1Line('replayed', simulation.after.p1, tell)}`,
    ...holeLines(simulation, tell),
    ...breachLines(simulation, tell),
    ...faultLines(simulation, tell),
    tell('hash', { hash }),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function differenceLines(differences: readonly CaseDifference[], tell: Tell): string[] {
  if (differences.length === 0) return [tell('none')];
  const counts = new Map<DifferenceKind, number>();
  for (const kind of differences.flatMap(({ kinds }) => kinds)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].map(([kind, count]) => `${tell(kind)} ${count}`).join(' · ');
  const more = differences.length - TOLD;
  return [
    tell('some', { count: differences.length, kinds }),
    ...differences.slice(0, TOLD).map((difference) => caseLine(difference, tell)),
    ...(more > 0 ? [`  ${tell('more', { count: more })}`] : []),
  ];
}

function caseLine({ case: id, kinds, before, after }: CaseDifference, tell: Tell): string {
  const said = kinds.map((kind) =>
    tell('change', { what: tell(kind), before: shown(kind, before, tell), after: shown(kind, after, tell) }),
  );
  return `  ${id}  ${isoOf((before ?? after)?.openedAt ?? 0)}  ${said.join('; ')}`;
}

const shown = (kind: DifferenceKind, story: CaseStory | undefined, tell: Tell): string =>
  story === undefined ? tell('noCase') : SHOWN[kind](story, tell);

/** What is told of a story for each kind of difference. */
const SHOWN: Readonly<Record<DifferenceKind, (story: CaseStory, tell: Tell) => string>> = {
  grouping: ({ tickets }, tell) => tell('tickets', { count: tickets.length }),
  priority: ({ priorities }) => priorities.map(({ priority }) => priority).join(' '),
  target: ({ service, pages: [first], pages }, tell) => {
    const persons = pages.filter(({ at }) => at === first?.at).map(({ person }) => person);
    return [service ?? '—', persons.length === 0 ? tell('never') : persons.join(' ')].join(': ');
  },
  'first-page': ({ openedAt, pages: [first] }, tell) =>
    first === undefined ? tell('never') : tell('seconds', { seconds: (first.at - openedAt) / 1000 }),
  pages: ({ pages }) => String(pages.length),
  acknowledgement: ({ answers }, tell) =>
    answers.length === 0
      ? tell('never')
      : answers
          .map(({ by, after, paged }) =>
            paged ? tell('answered', { by, step: after ?? '—' }) : tell('unasked', { by }),
          )
          .join(', '),
  closing: ({ openedAt, turns }, tell) =>
    turns.length === 0
      ? tell('never')
      : turns.map(({ at, to }) => tell(to, { seconds: (at - openedAt) / 1000 })).join(', '),
  promise: ({ openedAt, breaches = [] }, tell) =>
    breaches.length === 0
      ? tell('kept')
      : breaches
          .map(({ at, clock }) => tell('brokenAfter', { clock, seconds: (at - openedAt) / 1000 }))
          .join(', '),
};

function peopleLines({ before, after }: Simulation, tell: Tell): string[] {
  const none = { day: 0, night: 0 };
  const persons = [...new Set([...Object.keys(before.pages), ...Object.keys(after.pages)])].sort();
  const lines = persons.map((person) => {
    const [was, would] = [before.pages[person] ?? none, after.pages[person] ?? none];
    const facts = {
      dayBefore: was.day,
      dayAfter: would.day,
      nightBefore: was.night,
      nightAfter: would.night,
    };
    return `  ${tell('personLine', { person, ...facts })}`;
  });
  return [tell('people'), ...lines];
}

const p1Line = (which: 'happened' | 'replayed', found: FirstPages, tell: Tell): string =>
  tell('p1Line', {
    which: tell(which),
    cases: found.cases,
    never: found.never,
    p50: found.p50 ?? '—',
    p90: found.p90 ?? '—',
    p99: found.p99 ?? '—',
    longest: found.longest ?? '—',
  });

function holeLines({ before, after }: Simulation, tell: Tell): string[] {
  const targets = [...new Set([...Object.keys(before.holes), ...Object.keys(after.holes)])].sort();
  if (targets.length === 0) return [tell('noHoles')];
  return [
    tell('holes'),
    ...targets.map((target) => {
      const facts = { target, before: before.holes[target] ?? 0, after: after.holes[target] ?? 0 };
      return `  ${tell('holeLine', facts)}`;
    }),
  ];
}

function breachLines({ before, after }: Simulation, tell: Tell): string[] {
  const clocks = SLA_KINDS.filter((clock) => (before.breaches[clock] ?? after.breaches[clock]) !== undefined);
  if (clocks.length === 0) return [];
  return [
    tell('breaches'),
    ...clocks.map((clock) => {
      const facts = { clock, before: before.breaches[clock] ?? 0, after: after.breaches[clock] ?? 0 };
      return `  ${tell('breachLine', facts)}`;
    }),
  ];
}

const faultLines = (simulation: Simulation, tell: Tell): string[] => [
  ...(simulation.withoutBreaches > 0 ? [tell('withoutBreaches', { count: simulation.withoutBreaches })] : []),
  ...(simulation.actsLost > 0 ? [tell('actsLost', { count: simulation.actsLost })] : []),
  ...Object.entries(simulation.notRecorded).map(([fact, cases]) => tell('notRecorded', { fact, cases })),
  ...simulation.unreadable.map((found) => tell('unreadable', { ...found })),
  ...Object.entries(simulation.withoutConfig).map(([revision, cases]) =>
    tell('withoutConfig', { revision, cases }),
  ),
];
