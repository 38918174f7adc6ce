import { describe, expect, it } from '@jest/globals';
import { Config, type ContactMethod, type Instant } from '@tocsin/contracts';
import { Temporal } from 'temporal-polyfill';
import type { ContactFact } from '../contacts/contact-fact.js';
import { knownContacts } from '../contacts/known-contacts.js';
import { starterTree } from '../config/starter-tree.given.js';
import { override } from '../on-call/changes/change.given.js';
import { changeBook } from '../on-call/changes/change-book.js';
import type { ShiftChange } from '../on-call/changes/shift-change.js';
import { readinessOf } from './readiness.js';
import { missingText } from './readiness-texts.js';

const NOW: Instant = Temporal.ZonedDateTime.from('2026-11-25T12:00[Asia/Singapore]').epochMilliseconds;
const DAY = 86_400_000;

type Loose = Record<string, Record<string, Record<string, unknown>>>;

function configOf(alter: (tree: Loose) => void = () => undefined): Config {
  const tree = starterTree() as unknown as Loose;
  for (const person of Object.values(tree['people'] ?? {}))
    Object.assign(person, { notify: { 'P1-P5': [{ via: 'desk' }] } });
  alter(tree);
  // Only who is asked and how they are reached matters here.
  tree['taxonomy'] = {};
  return Config.parse(tree);
}

const markOf = (method: ContactMethod): string => JSON.stringify(method);
const tested = (config: Config, except: readonly string[] = []): ContactFact[] =>
  Object.entries(config.people).flatMap(([person, { contact }]) =>
    except.includes(person)
      ? []
      : Object.keys(contact).map((method) => ({ person, method, deliveredAt: NOW - 29 * DAY })),
  );

interface World {
  readonly config?: Config;
  readonly facts?: readonly ContactFact[];
  readonly changes?: readonly ShiftChange[];
}

const lookAt = ({ config = configOf(), facts = tested(config), changes = [] }: World) =>
  readinessOf(config, {
    contacts: knownContacts(config, facts, markOf),
    changes: changeBook(changes),
    now: NOW,
  });
const of = (person: string, world: World) => lookAt(world).find((one) => one.person === person);
const lackOf = (person: string, world: World): string[] =>
  of(person, world)?.missing.map((missing) => missingText(missing).en) ?? ['not asked'];

describe('who can be paged', () => {
  it('lacks nothing when every method of everybody who may be asked has been used', () => {
    const found = lookAt({});
    expect(found.map(({ person }) => person)).toEqual(['ana', 'bo', 'chen', 'dee']);
    expect(found.flatMap(({ missing }) => missing)).toEqual([]);
    expect(found.every(({ reachable }) => reachable)).toBe(true);
  });

  it('says by what each may be asked, and when the next turn is', () => {
    const bo = of('bo', {});
    expect(bo?.by).toContainEqual({ kind: 'schedule', name: 'primary' });
    expect(bo?.nextShift?.schedule).toBe('primary');
    expect(bo?.nextShift?.until).toBeGreaterThan(NOW);
  });

  const noMethod = configOf((tree) => Object.assign(tree['people']?.['bo'] ?? {}, { contact: {} }));
  const noRule = configOf((tree) =>
    Object.assign(tree['people']?.['bo'] ?? {}, { notify: { P2: [{ via: 'desk' }] } }),
  );
  const config = configOf();
  const desk = config.people['bo']?.contact['desk'];
  const mark = desk === undefined ? '' : markOf(desk);
  const old: ContactFact = { person: 'bo', method: 'desk', deliveredAt: NOW - 31 * DAY };
  const died: ContactFact = { ...old, dead: { at: NOW, address: mark, reason: '410 Gone' } };
  const hook: ContactFact = {
    ...{ person: 'bo', method: 'hook-1' },
    added: { channel: 'webhook', joins: ['P1', 'P2'], verified: true, removed: false, version: 1 },
  };
  const others = tested(config, ['bo']);
  it.each<[string, World, string[], boolean]>([
    ['no method', { config: noMethod }, ['no contact method; add one'], false],
    [
      'a rule of some priorities',
      { config: noRule },
      ['no rule for P1, P3, P4: every method is used at once'],
      true,
    ],
    [
      'a page in the last 30 days',
      { facts: [...others, old] },
      ['no page has arrived by desk for 30 days; page the person once by hand'],
      true,
    ],
    [
      'an address that lives',
      { facts: [...others, died] },
      [
        'nothing arrives by desk any more (410 Gone); give another address',
        'no page of P1, P2, P3, P4 can arrive; mend a method that the rules use',
      ],
      false,
    ],
    [
      'an address that lives, for priorities that no other method takes',
      { facts: [...others, died, { ...hook, deliveredAt: NOW }] },
      [
        'nothing arrives by desk any more (410 Gone); give another address',
        'no page of P3, P4 can arrive; mend a method that the rules use',
      ],
      false,
    ],
    [
      'verification of a webhook',
      {
        facts: [
          ...tested(config),
          { ...hook, added: { ...hook.added, verified: false } as typeof hook.added },
        ],
      },
      ['hook-1 not verified'],
      true,
    ],
  ])('may lack %s', (_, world, lack, reachable) => {
    expect(lackOf('bo', world)).toEqual(lack);
    expect(of('bo', world)?.reachable).toBe(reachable);
  });

  it('has whoever takes hours by a change, those who have left the config too', () => {
    const change = { ...override('eve', ['2026-12-01T00:00', '2026-12-02T00:00']), schedule: 'primary' };
    const world = { changes: [change] };
    expect(of('eve', world)).toMatchObject({ by: [{ kind: 'override', name: 'primary' }], reachable: false });
    expect(lackOf('eve', world)).toEqual([
      'not in the config, yet has hours by a change of shifts; cancel that change or add the person',
    ]);
    expect(lackOf('eve', { changes: [{ ...change, cancelledAt: 1, cancelledBy: 'ops' }] })).toEqual([
      'not asked',
    ]);
  });
});
