import type { ReactNode } from 'react';
import { useSpeech } from '../../texts/texts.js';
import type { RowView } from './book/protocol.js';
import { reasonText } from './reason-text.js';

/** Everything that is wrong with the row that is chosen in the table; said aloud when it changes. */
export function RowDetail({ row }: { readonly row: RowView | null }): ReactNode {
  const { texts, format } = useSpeech();
  return (
    <div className="row-detail" role="status">
      {row === null ? (
        <p className="quiet small">{texts.correcting.keys}</p>
      ) : (
        <>
          <strong>{texts.rejects.line(format.number(row.line))}</strong>
          {row.reasons.length === 0 ? (
            <p className="fixed">{texts.correcting.fixed}</p>
          ) : (
            <ul>
              {row.reasons.map((reason, at) => {
                const { words, lang } = reasonText(reason, texts);
                return (
                  <li key={at}>
                    {reason.column !== null && `${reason.column}: `}
                    <span lang={lang}>{words}</span>
                  </li>
                );
              })}
            </ul>
          )}
        </>
      )}
    </div>
  );
}
