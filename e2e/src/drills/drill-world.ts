import type { ConfigTree } from '@tocsin/contracts';
import type { LineOf } from '@tocsin/test-rig';
import { DEMO } from '../system/api.js';

/** Seconds between the steps: minutes of a real policy, scaled. */
export const STEP_WAIT = 5;

const person = (name: string, sink: string): NonNullable<ConfigTree['people']>[string] => ({
  name,
  timeZone: 'Asia/Singapore',
  contact: { hook: { webhook: `${sink}/${name}` } },
  notify: { 'P1-P5': [{ via: 'hook' }] },
});

/** The world of the drills: four people whose only phone is the drill's own webhook. */
export const drillTree = (sink: string): ConfigTree => ({
  people: {
    ana: person('ana', sink),
    bo: person('bo', sink),
    chen: person('chen', sink),
    dee: person('dee', sink),
  },
  teams: { drill: { members: ['ana', 'bo'], ladder: { tier2: 'person chen', manager: 'person dee' } } },
  policies: {
    drill: {
      steps: [
        { name: 'on-call', page: 'person bo', wait: `${STEP_WAIT}s` },
        { name: 'owner', page: 'tier2 of the service', wait: `${STEP_WAIT}s` },
        {
          name: 'manager',
          page: 'manager of the service',
          wait: `${STEP_WAIT}s`,
          repeat: { from: 'owner', times: 1 },
        },
      ],
      fallback: { page: ['person ana', 'person dee'] },
    },
  },
  services: { drill: { team: 'drill', policy: 'drill' } },
  sources: {
    demo: {
      kind: 'generic',
      key: `loopback-only:${DEMO.sourceKey}`,
      service: 'drill',
      severity: { critical: 'P1', high: 'P2', medium: 'P3', low: 'P4', info: 'P5' },
    },
  },
  tokens: { operator: { token: `loopback-only:${DEMO.operatorToken}`, role: 'operator' } },
});

/** The same policy as the checker's own model reads it. */
export const worldLine = (t: number): LineOf<'world'> => ({
  t,
  ev: 'world',
  steps: [
    { persons: ['bo'], wait: STEP_WAIT },
    { persons: ['chen'], wait: STEP_WAIT },
    { persons: ['dee'], wait: STEP_WAIT },
  ],
  repeat: { from: 1, times: 1 },
  fallback: ['ana', 'dee'],
  pages: ['P1', 'P2', 'P3', 'P4'],
});
