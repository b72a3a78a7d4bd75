import type { Upload } from '@pledgeline/client';
import type { ReactNode } from 'react';
import { useSpeech } from '../../texts/texts.js';

/** The account: every row of the file is imported, rejected or left out. */
export function Account({ upload: { rows } }: { readonly upload: Pick<Upload, 'rows'> }): ReactNode {
  const { texts, format } = useSpeech();
  const figures = [
    { name: texts.account.rows, value: rows.total, tone: 'figure' },
    { name: texts.account.imported, value: rows.imported, tone: 'figure good' },
    {
      name: texts.account.rejected,
      value: rows.rejected,
      tone: rows.rejected > 0 ? 'figure wrong' : 'figure',
    },
    { name: texts.account.leftOut, value: rows.leftOut, tone: 'figure' },
    ...(rows.open > 0 ? [{ name: texts.account.openRows, value: rows.open, tone: 'figure wrong' }] : []),
  ];
  const [total, imported, rejected, leftOut] = [rows.total, rows.imported, rows.rejected, rows.leftOut].map(
    format.number,
  );
  return (
    <section className="card" aria-labelledby="account">
      <h2 id="account">{rows.open > 0 ? texts.account.open : texts.account.title}</h2>
      <div className="figures">
        {figures.map(({ name, value, tone }) => (
          <div key={name} className={tone}>
            <b>{format.number(value)}</b>
            <span>{name}</span>
          </div>
        ))}
      </div>
      {rows.open === 0 && (
        <p className="quiet small">
          {texts.account.equation(total ?? '', imported ?? '', rejected ?? '', leftOut ?? '')}
        </p>
      )}
    </section>
  );
}
