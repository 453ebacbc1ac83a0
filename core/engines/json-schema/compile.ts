import { type Fault, ValidationError } from '../../kernel/errors.ts';
import type { JsonText } from '../../kernel/json-text.ts';
import { arrayKeywords, lastArrayKeywords } from './array-keywords.ts';
import { combiningKeywords } from './combining-keywords.ts';
import { type Compiling, isObject, type Json, type JsonObject, type Pattern } from './keyword.ts';
import { type CompilePattern, linearPatterns, PatternError } from './linear-pattern.ts';
import { lastObjectKeywords, objectKeywords } from './object-keywords.ts';
import type { Schema } from './run.ts';
import { refuseOversized } from './schema-size.ts';
import { valueKeywords } from './value-keywords.ts';

/** A compiled schema. */
export interface CompiledSchema {
  readonly schema: Schema;
  /** Whether evaluated members and items must be tracked, for `unevaluated…`. */
  readonly tracks: boolean;
}

const KEYWORDS = { ...valueKeywords, ...arrayKeywords, ...objectKeywords, ...combiningKeywords };
const LAST_KEYWORDS = { ...lastArrayKeywords, ...lastObjectKeywords };

/** Keywords of older drafts. Ignoring them like unknown keywords would accept values that their author rejects. */
const OLD_KEYWORDS: Readonly<Record<string, string>> = {
  additionalItems: 'items',
  dependencies: 'dependentRequired" or "dependentSchemas',
  $recursiveRef: '$dynamicRef',
};

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

type Path = readonly (string | number)[];

/**
 * Compile a schema of JSON Schema 2020-12.
 *
 * @throws ValidationError with every fault, whose path starts with `path`
 */
export async function compileSchema(text: JsonText, path = 'schema'): Promise<CompiledSchema> {
  const document: Json = JSON.parse(text);
  const { keys } = refuseOversized(text, document, path);
  const hasPatterns = keys.has('pattern') || keys.has('patternProperties');
  const compiler = new Compiler(document, hasPatterns ? await linearPatterns() : null);
  const schema = compiler.compile(path);
  if (compiler.faults.length > 0) throw ValidationError.of(compiler.faults);
  return { schema, tracks: Object.keys(LAST_KEYWORDS).some((name) => keys.has(name)) };
}

interface Reference {
  readonly text: string;
  readonly from: Schema;
  readonly path: Path;
  readonly target: { schema: Schema };
}

const ANYTHING: Schema = { checks: [], lastChecks: [] };
const NOTHING: Schema = { checks: [(_value, run) => run.fault('is not allowed')], lastChecks: [] };
const ANY_TEXT: Pattern = { test: () => true, stepsFor: () => 0 };

class Compiler {
  readonly faults: Fault[] = [];
  readonly #document: Json;
  readonly #compilePattern: CompilePattern | null;
  readonly #patterns = new Map<string, Pattern>();
  readonly #schemas = new Map<JsonObject, Schema>();
  readonly #paths = new Map<Schema, Path>();
  readonly #anchors = new Map<string, Json>();
  readonly #references: Reference[] = [];
  /** For each schema, the schemas that it applies to the same value. */
  readonly #sameValue = new Map<Schema, Schema[]>();

  constructor(document: Json, compilePattern: CompilePattern | null) {
    this.#document = document;
    this.#compilePattern = compilePattern;
  }

  compile(name: string): Schema {
    const schema = this.#compile(this.#document, [name]);
    // The target of a reference may have references in turn, which join the queue.
    for (const reference of this.#references) this.#resolve(reference, name);
    if (this.faults.length === 0) this.#refuseCycles();
    return schema;
  }

  #refuse(path: Path, message: string): void {
    this.faults.push({ path: path.join('.'), message });
  }

  #compile(json: Json, path: Path): Schema {
    if (json === true) return ANYTHING;
    if (json === false) return NOTHING;
    if (!isObject(json)) {
      this.#refuse(path, 'is not a schema, which is an object, true or false');
      return ANYTHING;
    }
    const object: JsonObject = json;
    const known = this.#schemas.get(object);
    if (known) return known;
    const schema: Schema = { checks: [], lastChecks: [] };
    this.#schemas.set(object, schema);
    this.#paths.set(schema, path);
    this.#readIdentity(object, path);
    for (const [name, argument] of Object.entries(object)) {
      const compiling = this.#compiling(schema, object, [...path, name]);
      if (Object.hasOwn(KEYWORDS, name)) {
        const check = KEYWORDS[name]?.(argument, compiling);
        if (check) schema.checks.push(check);
      } else if (Object.hasOwn(LAST_KEYWORDS, name)) {
        const check = LAST_KEYWORDS[name]?.(argument, compiling);
        if (check) schema.lastChecks.push(check);
      } else if (Object.hasOwn(OLD_KEYWORDS, name)) {
        compiling.refuse(`is of an older draft; use "${OLD_KEYWORDS[name]}"`);
      }
    }
    return schema;
  }

  #compiling(schema: Schema, siblings: JsonObject, path: Path): Compiling {
    const same = (argument: Json, at: Path): Schema => {
      const other = this.#compile(argument, at);
      this.#sameValue.set(schema, [...(this.#sameValue.get(schema) ?? []), other]);
      return other;
    };
    return {
      siblings,
      refuse: (message, ...at) => {
        this.#refuse([...path, ...at], message);
        return null;
      },
      part: (argument, ...at) => this.#compile(argument, [...path, ...at]),
      same: (argument, ...at) => same(argument, [...path, ...at]),
      beside: (name) => {
        const argument = Object.hasOwn(siblings, name) ? siblings[name] : undefined;
        return argument === undefined ? null : same(argument, [...path.slice(0, -1), name]);
      },
      referred: (text) => {
        const reference = { text, from: schema, path, target: { schema: ANYTHING } };
        this.#references.push(reference);
        return reference.target;
      },
      pattern: (source, ...at) => this.#pattern(source, [...path, ...at]),
    };
  }

  /** Read the keywords that identify a schema, and compile the schemas that exist only to be referenced. */
  #readIdentity(object: JsonObject, path: Path): void {
    const { $schema, $id, $anchor, $dynamicAnchor } = object;
    if ($schema !== undefined && (typeof $schema !== 'string' || $schema.replace(/#$/, '') !== DIALECT))
      this.#refuse([...path, '$schema'], `is not "${DIALECT}"`);
    if ($id !== undefined && path.length > 1)
      this.#refuse(
        [...path, '$id'],
        'is only allowed at the root; use "$anchor" to name a part of the schema',
      );
    for (const [keyword, name] of Object.entries({ $anchor, $dynamicAnchor })) {
      if (name === undefined) continue;
      if (typeof name !== 'string' || !/^[A-Za-z_][-A-Za-z0-9._]*$/.test(name))
        this.#refuse([...path, keyword], 'is not a name of letters, digits, "-", "_" and "."');
      else if (this.#anchors.has(name) && this.#anchors.get(name) !== object)
        this.#refuse([...path, keyword], 'is a duplicate name');
      else this.#anchors.set(name, object);
    }
    for (const keyword of ['$defs', 'definitions']) {
      const schemas = object[keyword];
      if (!isObject(schemas)) continue;
      for (const [name, schema] of Object.entries(schemas as JsonObject))
        this.#compile(schema, [...path, keyword, name]);
    }
  }

  #pattern(source: string, path: Path): Pattern {
    let pattern = this.#patterns.get(source);
    if (pattern === undefined) {
      try {
        pattern = this.#compilePattern?.(source) ?? ANY_TEXT;
      } catch (error) {
        if (!(error instanceof PatternError)) throw error;
        this.#refuse(path, error.message);
        pattern = ANY_TEXT;
      }
      this.#patterns.set(source, pattern);
    }
    return pattern;
  }

  #resolve({ text, from, path, target }: Reference, name: string): void {
    if (!text.startsWith('#')) {
      this.#refuse(path, 'refers to another document; a reference must start with "#"');
      return;
    }
    const found = this.#find(text.slice(1));
    if (found === undefined) {
      this.#refuse(path, 'refers to nothing in this schema');
      return;
    }
    target.schema = this.#compile(found, [name, ...text.slice(1).split('/').filter(Boolean)]);
    this.#sameValue.set(from, [...(this.#sameValue.get(from) ?? []), target.schema]);
  }

  /** Find a part of the document by JSON Pointer (RFC 6901) or by anchor. */
  #find(fragment: string): Json | undefined {
    let decoded: string;
    try {
      decoded = decodeURIComponent(fragment);
    } catch {
      return undefined;
    }
    if (decoded !== '' && !decoded.startsWith('/')) return this.#anchors.get(decoded);
    let found: Json | undefined = this.#document;
    for (const token of decoded.split('/').slice(1)) {
      const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
      if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
      found = (found as JsonObject)[key];
    }
    return found;
  }

  /** Reject a schema that refers back to itself for the same value: checking it would never end. */
  #refuseCycles(): void {
    const open = new Set<Schema>();
    const done = new Set<Schema>();
    const visit = (schema: Schema): void => {
      if (done.has(schema)) return;
      if (open.has(schema)) {
        this.#refuse(this.#paths.get(schema) ?? [], 'refers back to itself for the same value');
        return;
      }
      open.add(schema);
      for (const next of this.#sameValue.get(schema) ?? []) visit(next);
      open.delete(schema);
      done.add(schema);
    };
    for (const schema of this.#sameValue.keys()) visit(schema);
  }
}
