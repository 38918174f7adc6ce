import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mustBeExample } from './known-example.js';
import { ROOT } from './launcher.js';

const EXAMPLES = join(ROOT, 'examples');

describe('the name of an example', () => {
  it('passes when there is such a world, or none is wished', () => {
    expect(() => mustBeExample('starter', EXAMPLES)).not.toThrow();
    expect(() => mustBeExample(undefined, EXAMPLES)).not.toThrow();
  });

  it('is refused in one line that names those that there are', () => {
    expect(() => mustBeExample('stater', EXAMPLES)).toThrow(
      /^There is no example «stater»: use --example with one of .*starter, or --empty for none\.$/,
    );
  });
});
