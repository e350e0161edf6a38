/**
 * What people say around a request when they talk: before it, behind it, and in the middle of it nothing. Patterns over
 * words; what stands in braces is one of several wordings, and a comma is a word of its own.
 */
import { firstWordsOf } from './first-words.js';

const WORDINGS: Readonly<Record<string, string>> = {
  you: 'you|u|anyone|anybody|someone|somebody|one of you',
  we: 'i|we',
  am: '(?:i|we) (?:am|are|was|were|have been)|im|(?:i|we) m|(?:i|we)',
  may: 'can|could|may|might|would|will|shall|should',
  soft: 'just|please|kindly|maybe|perhaps|possibly|quickly|also|really|actually|happen to|by any chance',
  tell: 'tell|give|show|list|find|get|send|fetch|read|explain|help',
  telling: 'telling|giving|showing|listing|finding|getting|sending|fetching|checking|looking up',
  now: 'now|today|this moment|this point|this time|this stage|present',
};

/** A word at the very start that only calls for attention; more of them, and more words, may follow. */
const CALLS = `
  (hi|hey|hello|hiya|yo|ok|okay|alright|so|um|uh|hmm|oh)( there| again| all| everyone| team| folks)?( ,)?
  (right|well|great|good|fine|sure|yes|perfect|excellent|look|listen|anyway|basically|actually|honestly) ,
  good (morning|afternoon|evening|day)( there| all| everyone| team| folks)?( ,)?
  (just )?(a|one|another)? ?(quick|small|short|simple|further|last) (question|one)( for you)?( ,)?
  (sorry|excuse me|pardon me)( to bother you)?( ,| but)?
`;

/** Before the request proper, which they ask for or ask about. */
const OPENINGS = `
  (do|does|did|would|might|may) ({you}|we) ({soft} )?(know|recall|remember)( of| about)?
  (do you have |have you got |have you |got )?any (idea|clue)( of| about| as to)?
  ({am} )?({soft} )?(wondering|curious)( about| as to| to know)?
  {we} ({soft} )?(wonder|wondered|ask|asked)( about| myself)?
  ({am} )?({soft} )?(not sure|unsure|trying to (find out|figure out|work out|see|learn|understand|remember|get)|keen to (know|see)|interested in|(looking|searching|hunting) for|after|in need of)( about)?(?! each| every)
  ({we} )?({soft} )?(wanna|gotta|got to|have got to|have to|would love to|would like to|d like to|d love to) (know|see|find out|get|have|check|learn|understand|look at)
  {we} ({soft} )?(need|want|have|would like|like|d like|d love|would love) to (find out|figure out|work out|learn|understand|check|look at|look up|pull up)
  (id|{we} d|{we} would) ({soft} )?(like|love|appreciate)( to (know|see|have|get|find out))?
  (would|do) you mind ({soft} )?{telling}( me| us)?
  {may} ({we}|{you}) ({soft} )?(have|see|get|know|ask)( for)?( a look at)?
  {may} {you} ({soft} )?(look up|check|pull up|bring up|dig up|dig out|remind me|work out|figure out)( of| about| for me)?
  {may} {you}(?= ({soft} )?({tell}))
  {may} (i|we)(?= ({soft} )?(please ))
  (is there )?(any|a) chance( that)? ({you}|we|i)( {may})?( (have|know|get|see))?( of)?
  (is it|would it be) possible( for you)?( to (have|get|see|know))?
  (is there )?(any|a) way( that)? (({you}|we|i) {may}|to)( (know|see|get|find out))?
  (remind|refresh) (me|us)( again)?( of| about)?
  (pull|bring|call|dig|put) (me )?(up|out)
  (walk|run|talk|take|lead) (me|us) through
  (fill|clue) (me|us) in on
  hit (me|us) with
  ({soft} )?(grab|send|hand) (me|us)
  (a |an |the |some )?(quick |brief |short |full |complete |rough )?(rundown|breakdown|run down|overview|summary|roundup) (of|on)
  (report on|go (over|through)|run through|look at)
  (look up|search for)(?! (the )?(values?|words?|texts?|strings?|terms?|phrases?) )
  (give|show|get|hand|send|tell) (me |us )?(a |an |the |some )?(quick |brief |short |full |complete |rough )?(rundown|breakdown|run down|overview|summary|roundup) (of|on)
  (roughly|approximately|exactly|precisely|about)(?= how (many|much))
`;

/** Behind the request. */
const CLOSINGS = `
  (, )?(please|pls|thanks|thank you|thank u|many thanks|thanks a lot|thanks so much|thank you very much|thank you so much|cheers|ta)( very much| so much| a lot| a bunch| in advance)?
  (, )?(please |and )+(thanks|thank you|thankyou|please)
  (, )?if (you|u) (can|could|would|will|may|please|dont mind|do not mind|would not mind|have (it|them|that|a (minute|moment|second|sec)))
  (, )?if (thats |that is |it is |its |at all )?(possible|available|ok|okay|alright|fine)
  (, )?by any chance
  (, )?(asap|a s a p|as soon as (possible|you can)|right away|quickly|real quick|when(ever)? (you|u) (get|have|can|find)( (a|the) (chance|moment|minute|second|sec|time)| time)?)
  for me
  (, )?(do you (know|think|reckon|happen to know)|would you (know|say)|i wonder|i was wondering|can you tell me|could you tell me|any idea|any ideas)
  (these days|those days|right now|nowadays|presently|at {now}( in time)?|as of ({now}))
  out there
`;

/** What fits at one end of words that are apart by spaces; undefined where nothing does. */
export type Courtesy = (spoken: string) => string | undefined;

function patternsOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) =>
      line
        .replace(/\{(\w+)\}/g, (_, name: string) => `(?:${WORDINGS[name]!})`)
        .replace(/\((?!\?)/g, '(?:'),
    );
}

/** By the first of the patterns that fits. */
function atStart(text: string): Courtesy {
  const patterns = patternsOf(text).map((source) => ({
    firstWords: firstWordsOf(source),
    pattern: new RegExp(`^(?:${source})(?= |$)`),
  }));
  return (spoken) => {
    const [first = ''] = spoken.split(' ', 1);
    for (const { firstWords, pattern } of patterns) {
      if (!firstWords.has(first) && !firstWords.has('')) continue;
      const found = pattern.exec(spoken)?.[0];
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function atEnd(text: string): Courtesy {
  const pattern = new RegExp(`(?<=^| )(?:${patternsOf(text).join('|')})$`);
  return (spoken) => pattern.exec(spoken)?.[0];
}

export const calling = atStart(CALLS);
export const opening = atStart(OPENINGS);
export const closing = atEnd(CLOSINGS);

/** What may follow an opening and ties it to what it opens: `I wonder if you could …`, `any idea as to …`. */
export const tie = atStart(`
  (if|whether) ({you}|we|i) ({may}|know|knew|happen to know|have)( (know|have|see))?
  (that|what about|about|as to|on)(?= (the|our|all|how|what|which|who|when|where) )
`);

/** Behind them a courtesy is a name. */
export const NAMING: ReadonlySet<string> = new Set(
  'called named titled entitled labelled labeled like say says said saying is'.split(' '),
);
