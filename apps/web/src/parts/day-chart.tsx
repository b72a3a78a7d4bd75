import { type ReactNode, useId } from 'react';
import { useSpeech } from '../texts/texts.js';
import { fillDays } from './fill-days.js';
import { Table } from './table.js';

interface DayChartProps {
  readonly title: string;
  readonly days: readonly { readonly day: string; readonly pledges: number }[];
  readonly note?: string | undefined;
}

const HEIGHT = 100;
/** With fewer days than this, a bar would be a wall. */
const MIN_DAYS = 30;

/** A standing bar for each day, those without pledges as well, so that a gap looks like one. */
export function DayChart({ title, days, note }: DayChartProps): ReactNode {
  const { texts, format } = useSpeech();
  const titleId = useId();
  const filled = fillDays(days);
  const largest = Math.max(1, ...filled.map(({ pledges }) => pledges));
  const [first, last] = [filled[0], filled.at(-1)];
  return (
    <figure className="card days" aria-labelledby={titleId}>
      <h3 id={titleId}>{title}</h3>
      <div aria-hidden="true">
        <svg
          viewBox={`0 0 ${Math.max(filled.length, MIN_DAYS) * 10} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {filled.map(({ day, pledges }, at) => {
            const height = pledges === 0 ? 0 : Math.max(1.5, (pledges / largest) * HEIGHT);
            return (
              <rect key={day} className="bar" x={at * 10 + 1} y={HEIGHT - height} width="8" height={height} />
            );
          })}
        </svg>
        <div className="between">
          <span>{first && format.day(first.day)}</span>
          {filled.length > 1 && <span>{last && format.day(last.day)}</span>}
        </div>
      </div>
      {note !== undefined && <p className="quiet small">{note}</p>}
      <details>
        <summary className="quiet small">{texts.showTable}</summary>
        <Table
          caption={title}
          rows={days}
          keyOf={({ day }) => day}
          columns={[
            { title: texts.campaign.day, cell: ({ day }) => format.day(day) },
            {
              title: texts.campaign.pledges,
              isNumber: true,
              cell: ({ pledges }) => format.number(pledges),
            },
          ]}
        />
      </details>
    </figure>
  );
}
