import type { Style } from './style.js';
import { wrap } from './text.js';

const LABEL_WIDTH = 12;

/** Renders texts with labels, wrapped beside their label. If no text has a label, they start at the indent. */
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
