import type { ReactNode } from 'react';
import { useSpeech } from '../../texts/texts.js';
import type { BookState } from './book/protocol.js';
import { reasonText } from './reason-text.js';

interface ReasonListProps {
  readonly state: BookState;
  readonly onChoose: (group: number | null) => void;
}

/** All reasons, the most frequent first. Choosing one shows only its rows, and offers to change them all. */
export function ReasonList({ state: { groups, chosen, rows }, onChoose }: ReasonListProps): ReactNode {
  const { texts, format } = useSpeech();
  const listed = [...groups.entries()]
    .filter(([, group]) => group.rows > 0)
    .sort(([, a], [, b]) => b.open - a.open || b.rows - a.rows);
  return (
    <section className="card" aria-labelledby="reasons">
      <div className="tight">
        <h2 id="reasons">{texts.correcting.chooseReason}</h2>
        <p className="quiet small">{texts.correcting.hint}</p>
      </div>
      <ul className="plain-list reasons">
        <li>
          <button
            type="button"
            className="reason"
            aria-pressed={chosen === null}
            onClick={() => onChoose(null)}
          >
            <span>{texts.correcting.allReasons}</span>
            <span className="tag">{format.number(rows)}</span>
          </button>
        </li>
        {listed.map(([number, group]) => {
          const { words, lang } = reasonText(group, texts);
          return (
            <li key={number}>
              <button
                type="button"
                className="reason"
                aria-pressed={chosen === number}
                onClick={() => onChoose(number)}
              >
                <span>
                  {group.column !== null && <strong>{group.column}: </strong>}
                  <span lang={lang}>{words}</span>
                </span>
                <span className={group.open > 0 ? 'tag wrong' : 'tag good'}>
                  {group.open > 0
                    ? texts.correcting.open(format.number(group.open))
                    : texts.correcting.allFixed}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
