import type { Style } from './style.js';
import { wrap } from './text.js';

const LABEL_WIDTH = 12;

/** Labelled texts, wrapped beside their label; a text without a label starts at the indent. */
export function renderFields(
  fields: readonly (readonly [label: string, text: string])[],
  style: Style,
): readonly string[] {
  const labelWidth = fields.some(([label]) => label !== '') ? LABEL_WIDTH : 0;
  return fields.flatMap(([label, text]) =>
    wrap(text, style.width - 2 - labelWidth).map(
      (line, at) => `  ${style.dim((at === 0 ? label : '').padEnd(labelWidth))}${line}`,
    ),
  );
}
