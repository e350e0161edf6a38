// lib/sql/balance.ts
var TOKENS = /[eE]'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)|--[^\n]*|\/\*|[()]/gsu;
function balancedEnd(text) {
  const tokens = new RegExp(TOKENS);
  let depth = 0;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const [token, dollar] = match;
    if (token === "/*" || dollar !== void 0) {
      const end = token === "/*" ? commentEnd(text, match.index) : closing(text, match.index, token);
      if (end === void 0) return void 0;
      tokens.lastIndex = end;
    } else if (token === "(") depth += 1;
    else if (token === ")" && (depth -= 1) <= 0) return depth === 0 ? tokens.lastIndex : void 0;
  }
  return void 0;
}
function commentEnd(text, start) {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let match = marks.exec(text); match !== null; match = marks.exec(text)) {
    depth += match[0] === "/*" ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return void 0;
}
function closing(text, start, tag) {
  const end = text.indexOf(tag, start + tag.length);
  return end === -1 ? void 0 : end + tag.length;
}

// lib/sql/parse.ts
import { setFlagsFromString } from "node:v8";
var SqlSyntaxError = class extends Error {
  position;
  constructor(message, position, cause) {
    super(message, { cause });
    this.position = position;
  }
};
var library;
function loadParser() {
  library ??= load();
  return library;
}
async function load() {
  setFlagsFromString("--liftoff-only");
  const module = await import("libpg-query");
  const parser = module.default ?? module;
  await parser.loadModule();
  return parser;
}
async function parseSql(text) {
  const parser = await loadParser();
  if (text.trim() === "") return [];
  if (text.includes("\0"))
    throw new SqlSyntaxError("the text holds a NUL byte", void 0, void 0);
  let result;
  try {
    result = parser.parseSync(text);
  } catch (error) {
    throw syntaxError(error, text);
  }
  return (result.stmts ?? []).map(({ stmt, stmt_location: location = 0 }) => {
    const [entry] = Object.entries(stmt);
    if (entry === void 0) throw new SqlSyntaxError("an empty parse tree", void 0, void 0);
    return { tag: entry[0], fields: entry[1], location };
  });
}
function syntaxError(error, text) {
  const { message, sqlDetails } = error;
  const cursor = sqlDetails?.cursorPosition;
  const known = typeof message === "string" && sqlDetails !== void 0;
  return new SqlSyntaxError(
    known ? message : "the text is too deeply nested to be parsed",
    cursor === void 0 || cursor >= text.length ? void 0 : cursor + 1,
    error
  );
}

// lib/sql/walk.ts
function namesOf(list) {
  if (!Array.isArray(list)) return [];
  return list.map((item) => item.String?.sval ?? "*");
}

// lib/sql/deparse.ts
async function withReplaced({ statement: { tag, fields }, sql }, part, replacement) {
  const module = await import("pgsql-deparser");
  const { deparseSync } = "deparseSync" in module ? module : module.default;
  const bytes = Buffer.from(sql, "utf8");
  const holes = [];
  const rewrite = (value) => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    if (entries.length === 1 && entries[0][1] === part) return replacement;
    const [kind, inner] = entries[0] ?? [];
    if (entries.length === 1 && KEPT.has(kind) && !holds(inner, part)) {
      const hole = asHole(kind, inner, bytes, holes);
      if (hole !== void 0) return hole;
    }
    return simplified(Object.fromEntries(entries.map(([key, item]) => [key, rewrite(item)])));
  };
  try {
    const replaced = { [tag]: rewrite(fields) };
    const text = deparseSync({ version: 18e4, stmts: [{ stmt: replaced }] });
    const [again, ...more] = await parseSql(text);
    if (again === void 0 || more.length > 0) return void 0;
    if (plain({ [again.tag]: again.fields }) !== plain(replaced)) return void 0;
    return text.replace(/pgask_hole_(\d+)\(\)/g, (_, i) => holes[Number(i)]);
  } catch {
    return void 0;
  }
}
async function asText(source) {
  const nothing = {};
  return await withReplaced(source, nothing, nothing);
}
var KEPT = /* @__PURE__ */ new Set([
  ...["JsonTable", "RangeTableFunc", "JsonFuncExpr", "JsonParseExpr", "JsonScalarExpr"],
  ...["JsonSerializeExpr", "JsonObjectConstructor", "JsonArrayConstructor"],
  ...["JsonArrayQueryConstructor", "XmlExpr", "XmlSerialize"]
]);
function asHole(kind, fields, text, holes) {
  const { location, alias, lateral } = fields;
  if (typeof location !== "number") return void 0;
  const rest = text.subarray(location).toString("utf8");
  const end = balancedEnd(rest);
  if (end === void 0) return void 0;
  const call = {
    FuncCall: {
      funcname: [{ String: { sval: `pgask_hole_${holes.length}` } }],
      funcformat: "COERCE_EXPLICIT_CALL"
    }
  };
  holes.push(rest.slice(0, end));
  if (kind !== "JsonTable" && kind !== "RangeTableFunc") return call;
  return {
    RangeFunction: {
      ...lateral === void 0 ? {} : { lateral },
      functions: [{ List: { items: [call, {}] } }],
      ...alias === void 0 ? {} : { alias }
    }
  };
}
function holds(tree, part) {
  if (tree === part) return true;
  if (typeof tree !== "object" || tree === null) return false;
  return Object.values(tree).some((item) => holds(item, part));
}
function simplified(node) {
  if (node["limitOption"] === "LIMIT_OPTION_WITH_TIES") {
    return simplified({ ...node, limitOption: "LIMIT_OPTION_COUNT" });
  }
  if (node["groupDistinct"] === true) return { ...node, groupDistinct: void 0 };
  const call = node["FuncCall"];
  if (call?.["funcformat"] === "COERCE_SQL_SYNTAX" && isAtLocal(call)) {
    return { FuncCall: { ...call, funcformat: "COERCE_EXPLICIT_CALL" } };
  }
  const sort = node["SortBy"];
  if (sort?.["useOp"] !== void 0) {
    const { useOp: _, ...others } = sort;
    return { SortBy: { ...others, sortby_dir: "SORTBY_DEFAULT" } };
  }
  const indirection = node["A_Indirection"];
  const arg = indirection?.["arg"];
  if (arg !== void 0 && "A_ArrayExpr" in arg) {
    return { A_Indirection: { ...indirection, arg: asSubquery(arg) } };
  }
  return node;
}
function isAtLocal({ funcname, args }) {
  return namesOf(funcname).at(-1) === "timezone" && args.length === 1;
}
function asSubquery(value) {
  return {
    SubLink: {
      subLinkType: "EXPR_SUBLINK",
      subselect: {
        SelectStmt: {
          targetList: [{ ResTarget: { val: value } }],
          limitOption: "LIMIT_OPTION_DEFAULT",
          op: "SETOP_NONE"
        }
      }
    }
  };
}
var PLACE = /^(location|name_location|stmt_len|rexpr_list_(start|end)|list_(start|end))$/;
function plain(tree) {
  return JSON.stringify(tree, (key, value) => {
    if (PLACE.test(key)) return void 0;
    if (key !== "names" || !Array.isArray(value) || value.length !== 2) return value;
    const [schema, name] = value;
    return schema?.["String"]?.["sval"] === "pg_catalog" ? [name] : value;
  });
}

// lib/sql/classify.ts
function explained(fields) {
  const [entry] = Object.entries(fields["query"] ?? {});
  return entry === void 0 ? void 0 : { tag: entry[0], fields: entry[1], location: 0 };
}

// try.ts
import { readFileSync } from "node:fs";
var n = 0;
for (const line of readFileSync("/tmp/honest.jsonl", "utf8").trim().split("\n")) {
  const { id, sql } = JSON.parse(line);
  let s;
  try {
    [s] = await parseSql(sql);
  } catch {
    continue;
  }
  const st = s.tag === "ExplainStmt" ? explained(s.fields) : s;
  if (st.tag === "VariableShowStmt") continue;
  if (await asText({ statement: st, sql }) === void 0) console.log(++n, id, sql.slice(0, 1200));
}
