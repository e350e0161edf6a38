/** How a word is spelt on the other shore of the ocean: colour and color, catalogue and catalog. */

/** What words have on either shore, at their ends or before an ending. */
const ENDS: readonly (readonly [
  british: RegExp,
  american: RegExp,
  spelt: readonly [string, string],
])[] = [
  [/our(?=s?$|ed$|ing$|ite|able|ful)/, /or(?=s?$|ed$|ing$|ite|able|ful)/, ['our', 'or']],
  [/tre(?=s?$)/, /ter(?=s?$)/, ['tre', 'ter']],
  [/is(?=e[drs]?$|ing$|ations?$)/, /iz(?=e[drs]?$|ing$|ations?$)/, ['is', 'iz']],
  [/ys(?=e[drs]?$|ing$)/, /yz(?=e[drs]?$|ing$)/, ['ys', 'yz']],
  [/ogue(?=s?$)/, /og(?=s?$)/, ['ogue', 'og']],
  [/ence(?=s?$)/, /ense(?=s?$)/, ['ence', 'ense']],
  [/amme(?=s?$)/, /am(?=s?$)/, ['amme', 'am']],
  [/ll(?=e[dr]s?$|ing$)/, /l(?=e[dr]s?$|ing$)/, ['ll', 'l']],
  [/(?<!l)lment(?=s?$)/, /llment(?=s?$)/, ['lment', 'llment']],
  [/aeroplane/, /airplane/, ['aeroplane', 'airplane']],
  [/^grey/, /^gray/, ['grey', 'gray']],
  [/^tyre/, /^tire/, ['tyre', 'tire']],
  [/jewellery/, /jewelry/, ['jewellery', 'jewelry']],
];

/** Not all of them are words. */
export function spelledElsewhere(word: string): string[] {
  return ENDS.flatMap(([british, american, [here, there]]) => {
    if (british.test(word)) return [word.replace(british, there)];
    return american.test(word) ? [word.replace(american, here)] : [];
  });
}
