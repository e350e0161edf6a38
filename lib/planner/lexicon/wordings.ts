/**
 * Ways to say what the grammar has other words for, each with those. A word may be one of several; N is a number, Y a
 * year, S a superlative or an adjective in it, and R the rest of the sentence, three words at the most.
 */
const WORDINGS = `
  upwards of N = more than N
  north of N = more than N
  in excess of N = more than N
  minimum|min N = at least N
  maximum|max N = at most N
  not less|fewer than N = at least N
  not more|greater|higher than N = at most N
  anywhere|somewhere|ranging from N to|- N = between N and N
  anywhere|somewhere|ranging between N and|to N = between N and N
  in the range of|from N to|- N = between N and N
  in the range N to|- N = between N and N
  back in Y = in Y
  past|post|following Y = after Y
  pre|preceding Y = before Y
  each|every single = each
  any given = each
  have|has|had none of the|their|our|its = have no
  lack|lacks|lacked a|an|any = have no
  lack|lacks|lacked = have no
  most frequently|commonly|often occurring|encountered|seen = most common
  arithmetic mean = average
  # of = number of
  goes|go|going by the name of = is called
  goes|go|going by the name = is called
  goes|go by = is called
  dwell|dwells|dwelling = live
  what|which|who would|might|could be = what is
  a z = alphabetically
  in abc|abecedarian order = in alphabetical order
  starting|beginning|start|begin with|from the S R = , S R first
  starting|beginning|start|begin with|from S R = , S R first
  from S W to S = , S W first
  from S W W to S = , S W W first
`;

export interface Wording {
  /** Each place's words, of which one stands there. */
  readonly said: readonly (readonly string[])[];
  readonly meant: readonly string[];
}

export const SAID_OTHERWISE: readonly Wording[] = WORDINGS.split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '')
  .map((line) => {
    const [said = '', meant = ''] = line.split(' = ');
    return { said: said.split(' ').map((one) => one.split('|')), meant: meant.split(' ') };
  });

/** At the end of a request whose things stand before it: `customers from Spain, how many?` */
export const HOW_MANY_LAST =
  /(?: ,)? how many(?: (?:of (?:them|these|those)|are there|is (?:it|that)|(?:are|were) (?:they|those|these)|in (?:total|all)|altogether|do (?:we|you) have|have (?:we|you) got))?$/;
