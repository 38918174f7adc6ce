import { existsSync } from 'node:fs';
import { SOURCE_KINDS } from '@tocsin/contracts';
import { describe, expect, it } from '@jest/globals';
import { packOf } from './registry.js';

describe('the registry of packs', () => {
  it.each(SOURCE_KINDS)(
    'has the pack of %s under its own name, and a page that tells how to connect',
    (kind) => {
      expect(packOf(kind).kind).toBe(kind);
      const page = new URL(`../../../../docs/sources/${kind}.md`, import.meta.url);
      expect(existsSync(page)).toBe(true);
    },
  );

  it.each(['nobody', '__proto__', 'constructor', ''])(
    'speaks our own form for a source of kind «%s»',
    (kind) => {
      expect(packOf(kind).kind).toBe('generic');
    },
  );
});
