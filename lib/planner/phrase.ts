/** A request as phrases: what its words say and how they belong together, before it is settled which of their senses is meant. */
import type { Unit } from './lexicon/units.js';
import type { Dimension } from './lexicon/scales.js';
import type { Side } from './lexicon/sides.js';
import type { Comparison } from './lexicon/words.js';
import type { Field, Step, Table } from './schema/schema.js';
import type { Answers } from './schema/yes-no.js';
import type { DateSpan, Grain } from './text/calendar.js';
import type { SaidUnits } from './units.js';

/** Words of the request that name something, with everything that they may name. */
export interface Mention<Option> {
  readonly text: string;
  readonly options: readonly (Option & { readonly cost: number })[];
}

export type TableMention = Mention<{
  readonly table: Table;
  readonly via?: Step | undefined;
  /** The column by whose name the rows are called: then it is what they are shown by. */
  readonly by?: Field | undefined;
}>;
export type FieldMention = Mention<{ readonly field: Field }>;
/** A text as it stands in a column: a value that was found, or a label of an enum. */
export type ValueMention = Mention<{
  readonly field: Field;
  readonly value: string;
  /** A second column's value that belongs to it: the last name beside the first. */
  readonly also?: { readonly field: Field; readonly value: string } | undefined;
  /** True where the words are only a piece of it. */
  readonly part?: boolean | undefined;
}> & {
  /** Whether it stands in quotes, where no column is known yet that holds it. */
  readonly quoted?: boolean;
  /** True behind an `and` that adds it to another value. */
  readonly added?: boolean;
};
export type FlagMention = Mention<{
  readonly field: Field;
  readonly value: boolean;
  /** How a column that is no boolean says yes and no. */
  readonly answers?: Answers | undefined;
}>;

/** A thing that is asked for or spoken of, with what is said of it. */
export interface Noun {
  /** Undefined for `who`: any table of people. */
  readonly table: TableMention | undefined;
  readonly mods: readonly Mod[];
  /** `all tests`: whether a verb says something of every one, `who passed all tests`, or they are only called so. */
  readonly every?: 'said' | 'called' | undefined;
}

export type AggregateName = 'count' | 'sum' | 'avg' | 'min' | 'max';

/** Something that has a number: a column, an aggregate over a column, a count of things, a known business term. */
export type Measure =
  | { readonly type: 'field'; readonly field: FieldMention; readonly noun?: Noun | undefined }
  | {
      readonly type: 'aggregate';
      readonly fn: AggregateName;
      readonly of: Measure;
      readonly distinct?: boolean | undefined;
    }
  | {
      readonly type: 'things';
      readonly noun: Noun;
      /** `different`: each once, however often it is linked. */
      readonly distinct?: boolean | undefined;
    }
  | {
      readonly type: 'revenue';
      readonly word: string;
      /** Two columns to be multiplied, where the request says so. */
      readonly factors?: readonly [FieldMention, FieldMention] | undefined;
      readonly noun?: Noun | undefined;
    }
  | { readonly type: 'units'; readonly noun?: Noun | undefined }
  | {
      readonly type: 'dimension';
      readonly dimension: Dimension;
      readonly noun?: Noun | undefined;
    };

/** What something is compared with. */
export type Operand =
  | {
      readonly type: 'number';
      readonly digits: string;
      /** What the word behind the number may stand for: `5 km`. */
      readonly units?: readonly Unit[] | undefined;
    }
  /** Another column of the same row: `its cost`, `the corresponding price`. */
  | { readonly type: 'own'; readonly field: FieldMention }
  /** What the one has that the row refers to: `their manager`, `its owner's age`. */
  | {
      readonly type: 'theirs';
      readonly role: TableMention;
      /** Undefined where it is the same as on the left. */
      readonly field?: FieldMention | undefined;
    }
  | {
      /** What other rows have: `the average`, `the oldest teacher`, `any order of 2024`, `Ann Smith`. */
      readonly type: 'others';
      /** Undefined where each of them counts, or the only one. */
      readonly fn: 'avg' | 'min' | 'max' | 'sum' | undefined;
      /** One of them is enough: `older than any of …`. */
      readonly some?: boolean | undefined;
      /** True where the one that is compared is none of them: `any other`. */
      readonly besides?: boolean | undefined;
      /** What is taken of them; undefined where it is the same as on the left. */
      readonly field?: FieldMention | undefined;
      /** What the superlative is about that stands for `fn`: `the oldest`. */
      readonly dimension?: Dimension | undefined;
      /** Which rows; undefined for all. */
      readonly noun?: Noun | undefined;
      /** Only the rows that have the same here as the one that is compared: `the average of their own kind`. */
      readonly within?: FieldMention | undefined;
    };

/** `result`: `highest first` of whatever was computed. */
export type SortKey =
  | Measure
  | { readonly type: 'name' }
  /** `counted`: the request calls it a count. */
  | { readonly type: 'result'; readonly counted?: boolean | undefined };

export type GroupKey =
  | { readonly type: 'field'; readonly field: FieldMention; readonly noun?: Noun | undefined }
  | { readonly type: 'table'; readonly noun: Noun }
  | { readonly type: 'grain'; readonly grain: Grain };

/** Which of several keys to one table is meant, where a row plays that part beside others. */
export interface Part {
  /** The keys that say so. */
  readonly steps: readonly Step[];
  /** What the columns of such a part are called, where it is one of two opposed ones. */
  readonly side?: Side | undefined;
  /** True where the words speak of nothing but such a part; a preposition may speak of something else. */
  readonly sure: boolean;
  /** True of the part that the subject plays, where both ends of a link are of one kind. */
  readonly near?: boolean | undefined;
}

/** One thing said of a noun, or of the request as a whole. */
export type Mod =
  | {
      readonly type: 'value';
      /** Any of them. */
      readonly values: readonly ValueMention[];
      /** The column or the table that the request names beside the value. */
      readonly field?: FieldMention | undefined;
      readonly table?: TableMention | undefined;
      /** True of the object of a verb: it is another row's value, never the subject's own. */
      readonly other?: boolean | undefined;
      /** True of who does what is done to the subject: it may stand in its row, but is not its name. */
      readonly doer?: boolean | undefined;
      /** True of what stands before its noun, `red boats`: it says what kind of thing that is. */
      readonly before?: boolean | undefined;
      /** True behind an `and`: it may be said of another row than what stands before it. */
      readonly again?: boolean | undefined;
      /** The part that it plays. */
      readonly part?: Part | undefined;
      /** True behind `other than`: there is another one, and not that there is none of these. */
      readonly another?: boolean | undefined;
      readonly not: boolean;
    }
  | { readonly type: 'flag'; readonly flag: FlagMention; readonly not: boolean }
  | {
      readonly type: 'time';
      /** Any of them. */
      readonly spans: readonly DateSpan[];
      readonly field?: FieldMention | undefined;
      readonly not: boolean;
    }
  | {
      readonly type: 'compare';
      /** Undefined in `orders over 100`: what is measured goes without saying. */
      readonly measure?: Measure | undefined;
      readonly operator: Comparison;
      readonly operand: Operand;
      /** The upper end of `between`. */
      readonly upTo?: string | undefined;
      /** `20 wins in total`: a sum, unless each row has the number itself. */
      readonly total?: boolean | undefined;
      /** What the way to the rows that are counted leads through, where a verb says so. */
      readonly through?: readonly TableMention[] | undefined;
      readonly not: boolean;
    }
  | {
      readonly type: 'related';
      readonly noun: Noun;
      readonly not: boolean;
      /** True where a preposition says whose it is: `of customers`, `for students`. */
      readonly of?: boolean | undefined;
      /** True where it is denied of the opposite: then it is said of every one. */
      readonly all?: boolean | undefined;
      /** True behind have and with: it is another one, never the thing itself. */
      readonly has?: boolean | undefined;
      /** True behind be: it is what the thing itself is. */
      readonly is?: boolean | undefined;
      /** True of a noun that no word ties to what stands before it. */
      readonly beside?: boolean | undefined;
      /** Verb forms beside it, as a hint at the way. */
      readonly verb?: string | undefined;
      /** The part that it plays. */
      readonly part?: Part | undefined;
    }
  | { readonly type: 'present'; readonly field: FieldMention; readonly not: boolean }
  | {
      readonly type: 'like';
      readonly field: FieldMention | undefined;
      readonly how: 'starts' | 'ends' | 'contains';
      readonly text: string;
      /** True of the name of the thing itself, whatever is asked for: `companies whose first letter is S`. */
      readonly named?: boolean | undefined;
      readonly not: boolean;
    }
  | { readonly type: 'identity'; readonly digits: string }
  /** What most of them have: `with the most common payment method`. */
  | {
      readonly type: 'usual';
      readonly field: FieldMention;
      readonly descending: boolean;
      readonly limit: number;
      /** The things that there are most of, where the request names them. */
      readonly of?: TableMention | undefined;
      readonly not: boolean;
    }
  /** One of the rows that another request asks for: `the oldest of the top 5`. */
  | { readonly type: 'among'; readonly ask: Ask }
  /** One of several alternatives, each of which may be several things at once. */
  | { readonly type: 'any'; readonly of: readonly (readonly Mod[])[]; readonly not: boolean }
  /** Each of them, perhaps on different rows: `both cancelled and shipped orders`. */
  | { readonly type: 'both'; readonly of: readonly (readonly Mod[])[]; readonly not: boolean }
  | {
      readonly type: 'group';
      readonly keys: readonly GroupKey[];
      /** `in every year`, which may say that it was so in all of them. */
      readonly every?: boolean | undefined;
    }
  | {
      readonly type: 'order';
      readonly key: SortKey;
      readonly descending: boolean;
      /** No direction was said: which end is the top of it, only what it is ordered by can tell. */
      readonly undirected?: true;
      /** What the direction speaks of, `from the oldest to the youngest`: a column may tell it the other way round. */
      readonly scale?: Dimension | undefined;
    }
  | {
      readonly type: 'rank';
      /** Undefined for `top 5` without a `by`. */
      readonly key?: Measure | undefined;
      readonly descending: boolean;
      /** Undefined: all that share the first place, or ten where `many` says so. */
      readonly limit?: number | undefined;
      readonly many: boolean;
      /** `top` and `best` say nothing of what is ranked by; `largest` says that it is a number of the thing. */
      readonly bare?: boolean | undefined;
      /** `the second highest`: how many come before. */
      readonly offset?: number | undefined;
      /** What else is true of the rows among which it comes first, where that is not the whole result. */
      readonly among?: readonly Mod[] | undefined;
      /** `most common`: ranked by how often it occurs. */
      readonly frequency?: boolean | undefined;
      /** What is ranked by was named with `by`, and is part of the result. */
      readonly shown?: boolean | undefined;
      /** True of an adverb, `most recently`: it tells when that happened what the verb says. */
      readonly adverb?: boolean | undefined;
      /** What the superlative measures where the key is named beside it: `the oldest date`. */
      readonly scale?: Dimension | undefined;
    }
  | { readonly type: 'limit'; readonly limit: number }
  /** The part by which all that is said goes: `played away`. */
  | { readonly type: 'part'; readonly part: Part }
  /** `in total`: what is compared before it is added up; `on average`: its mean is. */
  | {
      readonly type: 'total';
      readonly fn?: 'avg' | undefined;
      /** `overall`: as often it only says that all are meant. */
      readonly vague?: boolean | undefined;
    }
  /** Stands for what the request has named already: the group that is spoken of. */
  | {
      readonly type: 'back';
      readonly field?: FieldMention | undefined;
      readonly table?: TableMention | undefined;
      /** Something else that the words name stands before it, or it stands for nothing: `are there`. */
      readonly inside?: boolean | undefined;
    };

export type Target =
  | {
      readonly type: 'things';
      readonly noun: Noun;
      readonly everything: boolean;
      /** Shown beside rows that were there before it: it takes none of them away. */
      readonly added?: boolean | undefined;
    }
  | {
      readonly type: 'field';
      readonly field: FieldMention;
      readonly noun?: Noun | undefined;
      /** As of things. */
      readonly added?: boolean | undefined;
      /** `names of different …`: each once. */
      readonly distinct?: boolean | undefined;
      /** `its name`; `alone`: the name by itself, where what is asked for beside it has an article of its own. */
      readonly owner?: 'its' | 'alone' | undefined;
    }
  | { readonly type: 'measure'; readonly measure: Measure };

/** One request. */
export interface Ask {
  readonly targets: readonly Target[];
  /** The thing that is spoken of, where the targets alone do not say it. */
  readonly subject?: Noun | undefined;
  /** Said of the request as a whole. */
  readonly mods: readonly Mod[];
  readonly distinct: boolean;
  /** Units that are said, wherever they stand. */
  readonly units?: SaidUnits | undefined;
}

/** A request that changes the one before. */
export type Edit =
  | {
      readonly type: 'mods';
      readonly mods: readonly Mod[];
      /** How they join what was said: in the place of their kind, beside it, or as another alternative. */
      readonly joins?: 'replacing' | 'besides' | 'and' | 'or' | undefined;
    }
  | { readonly type: 'add'; readonly targets: readonly Target[] }
  | { readonly type: 'show'; readonly targets: readonly Target[] }
  /** `countries instead of cities`: in the place of a column that is shown. */
  | { readonly type: 'exchange'; readonly targets: readonly Target[]; readonly field: FieldMention }
  /** One change, and then another one: `add the price, cheapest first`. */
  | {
      readonly type: 'both';
      readonly first: Edit;
      readonly then: Edit;
      /** Whether the second one takes the place of what is there. */
      readonly replaces: boolean;
    }
  | { readonly type: 'swap'; readonly noun: Noun }
  /** Said of a thing of the request before: `only members from Hull`. */
  | {
      readonly type: 'restrict';
      readonly noun: Noun;
      /** `count only …`: how many there are is asked for. */
      readonly counts?: boolean | undefined;
    }
  /** Said of what the groups are told by: `only cities with more than 5 members`. */
  | { readonly type: 'groups'; readonly field: FieldMention; readonly mods: readonly Mod[] }
  | { readonly type: 'count'; readonly mods: readonly Mod[] }
  | { readonly type: 'list'; readonly everything: boolean }
  | { readonly type: 'reverse' }
  | { readonly type: 'direction'; readonly descending: boolean }
  /** Another aggregate of the same: `the average instead`. */
  | {
      readonly type: 'function';
      readonly fn: AggregateName;
      readonly adds: boolean;
      /** What the word for it measures: `the longest` is no price. */
      readonly of?: Dimension | undefined;
    }
  /** Another number in the place of the one that was said: `make it 400`. */
  | { readonly type: 'number'; readonly digits: string }
  /** `which one has the most`: the end of what was computed. */
  | { readonly type: 'extreme'; readonly descending: boolean; readonly one: boolean }
  | { readonly type: 'drop'; readonly what: Dropped }
  /** What the last condition left out. */
  /** `not`: what is said of them, that the last condition holds of them or does not. */
  | { readonly type: 'others'; readonly not?: boolean }
  /** `the year before`. */
  | { readonly type: 'shift'; readonly grain: Grain; readonly by: number };

/** What is taken back. */
export type Dropped =
  | { readonly type: 'limit' | 'order' | 'group' | 'filters' | 'time' | 'distinct' }
  | { readonly type: 'field'; readonly field: FieldMention; readonly filter: boolean }
  /** `the length does not matter`: what is said of how long it is. */
  | { readonly type: 'dimension'; readonly dimension: Dimension };
