import { describe, expect, it } from '@jest/globals';
import * as contracts from './index.js';
import { say, type Texts } from './texts.js';

/** Every text of the catalogue by the constant and key that it stands under. */
function* catalogue(): Generator<readonly [string, Texts]> {
  for (const [constant, value] of Object.entries(contracts)) yield* textsIn(constant, value);
}

function* textsIn(name: string, value: unknown): Generator<readonly [string, Texts]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  if (Object.getPrototypeOf(value) !== Object.prototype) return;
  const { en, 'zh-CN': zh } = value as Partial<Texts>;
  if (typeof en === 'string' && typeof zh === 'string') return void (yield [name, { en, 'zh-CN': zh }]);
  for (const [key, inner] of Object.entries(value)) yield* textsIn(`${name}.${key}`, inner);
}

const ALL = [...catalogue()];
const placesIn = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([place]) => place))].toSorted();

describe('the message catalogue', () => {
  it('is large, and found', () => {
    expect(ALL.length).toBeGreaterThan(800);
    expect(ALL.map(([name]) => name)).toContain('TIMELINE_TEXTS.step');
  });

  it('has no space beside 「」，。 in Chinese', () => {
    const spaced = ALL.filter(([, texts]) => / [「」，。]|[「」，。] /.test(texts['zh-CN']));
    expect(spaced.map(([name, texts]) => `${name}: ${texts['zh-CN']}`)).toEqual([]);
  });

  it('says the same facts in both languages', () => {
    const different = ALL.filter(
      ([, texts]) => placesIn(texts.en).join(' ') !== placesIn(texts['zh-CN']).join(' '),
    );
    expect(different.map(([name]) => name)).toEqual([]);
  });
});

describe('a text with its places filled', () => {
  const TEXTS: Texts = {
    en: 'if {fact} were {value}, it is {to}',
    'zh-CN': '若 {fact} 为 {value}，则为 {to}',
  };

  it.each([
    [{ fact: '「严重程度」', value: '「高」', to: 'P1' }, '若「严重程度」为「高」，则为 P1'],
    [{ fact: 'affected', value: 500, to: 'P1' }, '若 affected 为 500，则为 P1'],
    [{ fact: 'a「b', value: ' 「own words」 ', to: '{fact}' }, '若 a「b 为  「own words」 ，则为 {fact}'],
  ])('leaves no room beside wide marks, and what was said as it was', (facts, said) => {
    expect(say(TEXTS, 'zh-CN', facts)).toBe(said);
  });

  it('shows a place whose fact is missing', () => {
    expect(say(TEXTS, 'en', { value: 3, to: 'P2' })).toBe('if {fact} were 3, it is P2');
  });
});
