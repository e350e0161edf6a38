import { describe, expect, test } from '@jest/globals';
import { firstWordsOf } from '../../lib/planner/lexicon/first-words.js';

describe('a pattern', () => {
  test.each([
    ['walk (?:me|us) through', ['walk']],
    ['(?:do|does) you', ['do', 'does']],
    ['(?:is there )?(?:any|a) way', ['is', 'any', 'a']],
    ['(?:(?:just|please) )?(?:grab|send) me', ['just', 'please', 'grab', 'send']],
    ['when(?:ever)? you can', ['when', 'whenever']],
    ['(?:please |and )+thanks', ['please', 'and']],
    ['(?:a )? ?(?:quick|short) one', ['a', '', 'quick', 'short']],
    ['(?:, )?for me', [',', 'for']],
    ['about(?= how)', ['about']],
    ['look up(?! (?:the )?values)', ['look']],
    ['(?:the )?', ['the', '']],
    ['out of|in', ['out', 'in']],
  ])('of %s begins with its first words', (pattern, beginnings) => {
    expect([...firstWordsOf(pattern)].sort()).toEqual([...beginnings].sort());
  });
});
