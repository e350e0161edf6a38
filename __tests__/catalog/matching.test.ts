import { describe, expect, test } from '@jest/globals';
import { fold, listValues } from '../../lib/catalog/matching.js';

describe('values beside the words of a request', () => {
  const list = listValues([
    'Basin, East',
    'Señorita',
    'Cargo boxes',
    'cargo boxes',
    'Sea of Tranquillity',
    'Season 2018',
    '100%',
  ]);
  const kinds = (word: string) =>
    list.find(word).map(({ value, match }) => [value, match] as const);

  test('are equal, equal but for case, or but for accents and punctuation', () => {
    expect(kinds('Cargo boxes')).toEqual([
      ['Cargo boxes', 'exact'],
      ['cargo boxes', 'case'],
    ]);
    expect(kinds('senorita')).toEqual([['Señorita', 'folded']]);
    expect(kinds('Basin East')).toEqual([['Basin, East', 'folded']]);
  });

  test('are found by another number, by a part, and with a slip', () => {
    expect(kinds('cargo box').map(([, match]) => match)).toEqual(['stem', 'stem']);
    expect(kinds('Tranquillity')).toEqual([['Sea of Tranquillity', 'contains']]);
    expect(kinds('Seniorita')).toEqual([['Señorita', 'similar']]);
  });

  test('a digit is no slip, and marks alone are found by themselves only', () => {
    expect(kinds('Season 2019')).toEqual([]);
    expect(kinds('100%')).toEqual([['100%', 'exact']]);
    expect(kinds('%')).toEqual([]);
  });

  test('folding leaves letters and digits', () => {
    expect(fold('  Tokyo ,  Japan ')).toBe('tokyo japan');
  });
});
