import { describe, expect, it } from '@jest/globals';
import { shortLine } from './log-line.js';

describe('what the terminal shows of a log line', () => {
  it('shows warnings and errors with their cause', () => {
    expect(shortLine('node', '{"level":50,"msg":"outbox is late","err":{"message":"timeout\\nat x"}}')).toBe(
      'error node: outbox is late: timeout',
    );
    expect(shortLine('node', '{"level":"warn","msg":"slow","service":"routing"}')).toBe(
      'warning routing: slow',
    );
  });

  it('keeps ordinary lines and torn lines to the log', () => {
    expect(shortLine('node', '{"level":30,"msg":"started"}')).toBeUndefined();
    expect(shortLine('node', '{"level":50,"ms')).toBeUndefined();
    expect(shortLine('node', 'plain text')).toBeUndefined();
  });
});
