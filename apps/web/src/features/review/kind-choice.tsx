import { type ReactNode, useId } from 'react';
import { useSpeech } from '../../texts/texts.js';
import type { ChangeFilter } from './change-filter.js';

/** What is listed: records by what happens to them, or rows that are no record. */
export type Tab = ChangeFilter['kind'] | 'rejected' | 'leftOut';

interface KindChoiceProps {
  readonly tabs: readonly (readonly [tab: Tab, count: number])[];
  readonly isComplete: boolean;
  readonly value: Tab;
  readonly onChange: (tab: Tab) => void;
}

/** Radio buttons, which the arrow keys walk through. What there is nothing of cannot be chosen. */
export function KindChoice({ tabs, isComplete, value, onChange }: KindChoiceProps): ReactNode {
  const { texts, format } = useSpeech();
  const name = useId();
  return (
    <fieldset className="chips">
      <legend className="unseen">{texts.review.show}</legend>
      {tabs
        .filter(([tab, count]) => count > 0 || tab === 'all' || tab === 'created' || tab === 'changed')
        .map(([tab, count]) => (
          <label key={tab} className="chip">
            <input
              type="radio"
              name={name}
              checked={tab === value}
              disabled={count === 0 && tab !== 'all'}
              onChange={() => onChange(tab)}
            />
            <span>
              {tab === 'missing' && isComplete ? texts.review.kinds.gone : texts.review.kinds[tab]}{' '}
              <b className="chip-count">{format.number(count)}</b>
            </span>
          </label>
        ))}
    </fieldset>
  );
}
