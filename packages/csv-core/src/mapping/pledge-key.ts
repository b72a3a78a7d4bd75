import type { Field } from '../fields/fields.js';
import type { Platform } from '../platforms/platform.js';
import type { Mapping } from './compile-mapping.js';
import type { NamedText } from './read-row.js';
import type { RowFields } from './row-fields.js';

/** The natural key of a pledge inside its campaign. */
export interface PledgeKey {
  readonly platform: string;
  readonly externalId: string;
  /** The field that the number came from. */
  readonly field: Field;
}

/**
 * The key on the platform where the pledge was made, if the row names it; else the key on the platform of the file.
 * Null when the row has neither.
 */
export function pledgeKeyOf(fields: RowFields, platform: Platform): PledgeKey | null {
  const origin = fields.originExternalId === null ? null : originOf(fields, platform);
  if (origin !== null && fields.originExternalId !== null) {
    return { platform: origin, externalId: fields.originExternalId, field: 'originExternalId' };
  }
  if (fields.externalId === null) return null;
  return { platform: platform.name, externalId: fields.externalId, field: 'externalId' };
}

function originOf({ originPlatform }: RowFields, { origins }: Platform): string | null {
  const word = originPlatform?.toLowerCase();
  return word !== undefined && Object.hasOwn(origins, word) ? (origins[word] ?? null) : null;
}

const none: readonly NamedText[] = [];
const ownFields = ['externalId'] as const;
const originFields = ['originPlatform', 'originExternalId'] as const;

/** The cells that could have been part of the key but are not. They are kept with the pledge under their headers. */
export function otherKeys(fields: RowFields, key: PledgeKey, mapping: Mapping): readonly NamedText[] {
  if (!mapping.namesOrigins) return none;
  const unused = key.field === 'originExternalId' ? ownFields : originFields;
  return unused.flatMap((field) => {
    const column = mapping.keys.get(field);
    const text = fields[field];
    return column && text !== null ? [{ ...column, text }] : [];
  });
}
