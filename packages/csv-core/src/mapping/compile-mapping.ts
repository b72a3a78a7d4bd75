import { type ResolvedColumn, resolveColumns } from '../header/resolve-columns.js';
import type { Platform } from '../platforms/platform.js';
import type { ProductRecord } from '../schemas/product.js';
import type { Field } from './row-fields.js';

/** A column that fills a field. */
export interface FieldColumn {
  readonly position: number;
  readonly header: string;
  readonly field: Field;
}

/** A column whose cells count units of one product. */
export interface CountColumn extends TextColumn {
  /** Shared by all rows, hence frozen. */
  readonly product: Readonly<ProductRecord>;
}

/** A column of survey answers, or of cells kept with the pledge under a name that is unique in the file. */
export interface TextColumn {
  readonly position: number;
  readonly header: string;
  readonly name: string;
}

/** What each position of a header row means, worked out once per header row. */
export interface Mapping {
  readonly platform: Platform;
  readonly width: number;
  /** In reading order: the currency first, then by how well a header fits its field. */
  readonly fields: readonly FieldColumn[];
  readonly counts: readonly CountColumn[];
  readonly questions: readonly TextColumn[];
  readonly extras: readonly TextColumn[];
  /** The first header that fills a field. */
  readonly headerOf: ReadonlyMap<Field, string>;
  /** Fields whose blank cell rejects a row, with the header to name. */
  readonly required: readonly { readonly field: Field; readonly header: string }[];
  /** Whether the file tells at all which products a pledge holds. */
  readonly tellsItems: boolean;
}

const itemFields: readonly Field[] = ['rewardId', 'rewardTitle', 'rewardPrice', 'productSku', 'productName'];

/** Resolves a header row against a platform. Pure: the same headers always give the same mapping. */
export function compileMapping(headers: readonly string[], platform: Platform): Mapping {
  const resolved = resolveColumns(headers, platform);
  const fields = fieldColumns(resolved);
  const counts = countColumns(resolved);
  const headerOf = new Map<Field, string>();
  for (const column of fields) if (!headerOf.has(column.field)) headerOf.set(column.field, column.header);
  return {
    platform,
    width: headers.length,
    fields,
    counts,
    questions: questionColumns(resolved),
    extras: extraColumns(resolved),
    headerOf,
    required: platform.columns
      .filter((column) => column.required)
      .map(({ field, title }) => ({ field, header: headerOf.get(field) ?? title })),
    tellsItems: counts.length > 0 || itemFields.some((field) => headerOf.has(field)),
  };
}

function fieldColumns(resolved: readonly ResolvedColumn[]): readonly FieldColumn[] {
  return resolved
    .flatMap((column, position) =>
      column.role === 'field'
        ? [{ position, header: column.header, field: column.column.field, rank: column.rank }]
        : [],
    )
    .sort((a, b) => Number(b.field === 'currency') - Number(a.field === 'currency') || a.rank - b.rank);
}

function countColumns(resolved: readonly ResolvedColumn[]): readonly CountColumn[] {
  return resolved.flatMap((column, position) =>
    column.role === 'add-on' || column.role === 'item'
      ? [
          {
            position,
            header: column.header,
            name: column.name,
            product: Object.freeze({
              kind: column.role === 'add-on' ? ('ADD_ON' as const) : ('ITEM' as const),
              key: column.key,
              name: column.name,
              sku: null,
              price: null,
              currency: null,
            }),
          },
        ]
      : [],
  );
}

function questionColumns(resolved: readonly ResolvedColumn[]): readonly TextColumn[] {
  const uniqueName = uniqueNames();
  return resolved.flatMap((column, position) =>
    column.role === 'question'
      ? [{ position, header: column.header, name: uniqueName(column.question) }]
      : [],
  );
}

/** A second column of one name is unknown; its name must not look like that of the first, which fills a field. */
function extraColumns(resolved: readonly ResolvedColumn[]): readonly TextColumn[] {
  const uniqueName = uniqueNames();
  return resolved.flatMap((column, position) => {
    const name = uniqueName(column.header);
    return column.role === 'unknown' || column.role === 'kept'
      ? [{ position, header: column.header, name }]
      : [];
  });
}

/** Two columns may share a header; the second is kept as `Header (2)`, unless a column is called that already. */
function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (header) => {
    // As a key of a plain object this one name would set the prototype and be lost.
    const name = header === '__proto__' ? '"__proto__"' : header;
    let count = counts.get(name) ?? 0;
    let unique: string;
    do {
      count += 1;
      unique = count === 1 ? name : `${name} (${count})`;
    } while (taken.has(unique));
    counts.set(name, count);
    taken.add(unique);
    return unique;
  };
}
