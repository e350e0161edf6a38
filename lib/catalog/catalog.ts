/** What a database holds, as the catalog says: the types that prompt, planner and tools share. */

export const RELATION_KINDS = [
  'table',
  'partitioned table',
  'view',
  'materialized view',
  'foreign table',
] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

export interface Column {
  readonly name: string;
  /** As `format_type` prints it: `numeric(10,2)`, `character varying(40)`, `order_status`, `text[]`. */
  readonly type: string;
  readonly notNull: boolean;
  /** COMMENT ON COLUMN, on one line. */
  readonly comment?: string | undefined;
  /** What gives it a value where a new row says none: a default that can be overruled, or the server alone. */
  readonly filled?: 'default' | 'always' | undefined;
  /** Labels in their order, where the type is an enum. */
  readonly enumLabels?: readonly string[] | undefined;
}

export interface ForeignKey {
  readonly columns: readonly string[];
  readonly references: {
    readonly schema: string;
    readonly relation: string;
    readonly columns: readonly string[];
  };
}

export interface Relation {
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationKind;
  readonly comment?: string | undefined;
  /** `pg_class.reltuples`, rounded; undefined where the server has never counted. */
  readonly rowEstimate?: number | undefined;
  readonly columns: readonly Column[];
  /** Empty where there is none. */
  readonly primaryKey: readonly string[];
  /** UNIQUE constraints and unique indexes on plain columns, the primary key left out. */
  readonly uniques: readonly (readonly string[])[];
  readonly foreignKeys: readonly ForeignKey[];
}

export interface Catalog {
  /** The database's own name (`current_database()`). */
  readonly database: string;
  /** `server_version_num`, 150018 for 15.18. */
  readonly serverVersion: number;
  /** Schemas whose relations need no prefix, in order (`current_schemas(false)`). */
  readonly searchPath: readonly string[];
  /** Ordered by schema and name; system schemas and what the role can't read left out. */
  readonly relations: readonly Relation[];
}
