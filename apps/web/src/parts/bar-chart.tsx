import { type ReactNode, useId } from 'react';
import { useSpeech } from '../texts/texts.js';
import { Table } from './table.js';

/** One bar. */
export interface Bar {
  readonly key: string;
  readonly label: string;
  readonly value: number;
}

interface BarChartProps {
  readonly title: string;
  readonly labelTitle: string;
  readonly valueTitle: string;
  readonly bars: readonly Bar[];
  /** What the bars leave out. */
  readonly note?: string | undefined;
}

const SHOWN = 12;

/** Lying bars, largest first. The picture is for the eyes; the table behind it says the same, and all of it. */
export function BarChart({ title, labelTitle, valueTitle, bars, note }: BarChartProps): ReactNode {
  const { texts, format } = useSpeech();
  const titleId = useId();
  const largest = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <figure className="card" aria-labelledby={titleId}>
      <h3 id={titleId}>{title}</h3>
      <div className="bars" aria-hidden="true">
        {bars.slice(0, SHOWN).map(({ key, label, value }) => (
          <div key={key}>
            <span title={label}>{label}</span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect className="rest" width="100" height="10" rx="1" />
              <rect className="bar" width={(value / largest) * 100} height="10" rx="1" />
            </svg>
            <span className="right">{format.number(value)}</span>
          </div>
        ))}
      </div>
      {note !== undefined && <p className="quiet small">{note}</p>}
      <details>
        <summary className="quiet small">{texts.showTable}</summary>
        <Table
          caption={title}
          rows={bars}
          keyOf={({ key }) => key}
          columns={[
            { title: labelTitle, cell: ({ label }) => label },
            { title: valueTitle, isNumber: true, cell: ({ value }) => format.number(value) },
          ]}
        />
      </details>
    </figure>
  );
}
