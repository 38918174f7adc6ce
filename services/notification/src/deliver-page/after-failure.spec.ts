import { describe, expect, it } from '@jest/globals';
import { afterFailure, type Failure, type Sibling } from './after-failure.js';

const NOW = 1_000_000;
const failed = (more: Partial<Failure> = {}): Failure => ({
  method: 'hook',
  try: 1,
  priority: 'P1',
  outcome: 'permanent',
  ...more,
});
const own: Sibling = { method: 'hook', try: 1, state: 'failed', dueAt: NOW - 1_000 };
const other = (state: Sibling['state'], dueAt = NOW + 60_000): Sibling => ({
  method: 'voice',
  try: 1,
  state,
  dueAt,
});

describe('what a failed attempt sets off', () => {
  it('tries the same method again after a retryable failure, later and unmarked', () => {
    const aftermath = afterFailure(failed({ outcome: 'retryable' }), [own], NOW, 1);
    expect(aftermath).toEqual({ type: 'try-again', try: 2, dueAt: NOW + 1_000, repeat: false });
  });

  it('repeats a P1 of unknown outcome at once, marked', () => {
    expect(afterFailure(failed({ outcome: 'unknown' }), [own], NOW, 1)).toEqual({
      type: 'try-again',
      try: 2,
      dueAt: NOW,
      repeat: true,
    });
  });

  it('repeats a P1 at once whose process died, however often that happens', () => {
    const again = failed({ outcome: 'unknown', abandoned: true, try: 7 });
    expect(afterFailure(again, [own], NOW, 1)).toEqual({
      type: 'try-again',
      try: 8,
      dueAt: NOW,
      repeat: true,
    });
  });

  it('repeats a P3 of unknown outcome at once as well: no receipt will ever come', () => {
    const aftermath = afterFailure(failed({ outcome: 'unknown', priority: 'P3' }), [own], NOW, 0);
    expect(aftermath).toEqual({ type: 'try-again', try: 2, dueAt: NOW, repeat: true });
  });

  it('waits as long as the receiver asks', () => {
    expect(afterFailure(failed({ outcome: 'retryable', retryAfter: 40 }), [own], NOW, 0)).toMatchObject({
      dueAt: NOW + 40_000,
    });
  });

  it('opens the next method at once when this one is refused for good', () => {
    expect(afterFailure(failed(), [own, other('planned')], NOW, 0)).toEqual({
      type: 'next-method',
      method: 'voice',
      try: 1,
    });
  });

  it('opens the earliest of several', () => {
    const later = { ...other('planned', NOW + 90_000), method: 'mail' };
    expect(afterFailure(failed(), [own, later, other('planned')], NOW, 0)).toMatchObject({ method: 'voice' });
  });

  it.each(['accepted', 'delivered', 'handed'] as const)(
    'does nothing while another method is %s',
    (state) => {
      expect(afterFailure(failed(), [own, other(state)], NOW, 0)).toEqual({ type: 'nothing' });
    },
  );

  it.each(['failed', 'unknown', 'cancelled'] as const)(
    'says unreachable when the only other method is %s',
    (state) => {
      expect(afterFailure(failed(), [own, other(state)], NOW, 0)).toEqual({ type: 'unreachable' });
    },
  );

  it('gives up a method whose budget is spent', () => {
    const old = { ...own, dueAt: NOW - 11 * 60_000 };
    expect(afterFailure(failed({ outcome: 'retryable' }), [old], NOW, 1)).toEqual({ type: 'unreachable' });
  });
});
