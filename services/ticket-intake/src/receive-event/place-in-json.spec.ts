import { describe, expect, it } from '@jest/globals';
import { placeOfFault } from './place-in-json.js';

const faultOf = (text: string): unknown => {
  try {
    JSON.parse(text);
  } catch (error) {
    return error;
  }
  throw new Error(`«${text}» is JSON`);
};

describe('where a text stops being JSON', () => {
  it.each([
    ['cut off', '{"id":', 1, 7],
    ['no JSON at all', 'garbage', 1, 1],
    ['a comma too many', '{"a":1,}', 1, 8],
    ['two values', '{} x', 1, 4],
    ['NaN', '{"a":NaN}', 1, 6],
    ['on the third line', '{\n  "a": 1,\n  b: 2\n}', 3, 3],
    ['cut off on the second line', '{\n"工单":', 2, 6],
    ['a text that does not end', '{"a":"b', 1, 8],
    ['nothing', '', 1, 1],
  ])('%s', (_name, text, line, column) => {
    expect(placeOfFault(text, faultOf(text))).toEqual({ line, column });
  });

  it('survives what is nested too deep for a parser', () => {
    const text = '['.repeat(500_000);
    expect(placeOfFault(text, faultOf(text))).toEqual({ line: 1, column: 500_001 });
  });
});
