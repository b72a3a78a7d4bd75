import type { ReactNode } from 'react';
import { Outdated } from '../../parts/error-boundary.js';
import { Loading } from '../../parts/state.js';
import { Table } from '../../parts/table.js';
import { type Speech, useSpeech } from '../../texts/texts.js';
import { writeQuestion } from '../mapping/write-question.js';
import type { Meaning, PreviewColumn, TablePreview } from './preview.js';
import { ProblemList } from './problem-list.js';
import { NoPreviewScriptError, usePreview } from './use-preview.js';

/** What a file is, and what would become of it, before anything is sent. */
export function PreviewView({ file }: { readonly file: File }): ReactNode {
  const { texts } = useSpeech();
  const { data: preview, error } = usePreview(file);
  if (error instanceof NoPreviewScriptError) return <Outdated />;
  if (error !== null) return <p className="quiet">{texts.preview.failed}</p>;
  if (preview === undefined) {
    return (
      <div className="card">
        <p className="quiet">{texts.preview.reading}</p>
        <Loading />
      </div>
    );
  }
  if (preview.kind === 'packed') return <p className="card quiet">{texts.preview.packed}</p>;
  if (preview.kind === 'table') return <TableView preview={preview} />;
  return (
    <div className="message wrong" role="alert">
      <strong>{texts.preview.unreadable}</strong>
      <p lang="en">{preview.message}</p>
    </div>
  );
}

function TableView({ preview }: { readonly preview: TablePreview }): ReactNode {
  return (
    <>
      <Identity preview={preview} />
      {preview.isUnderstood && <Expectation preview={preview} />}
      <Columns columns={preview.columns} />
    </>
  );
}

function Identity({ preview }: { readonly preview: TablePreview }): ReactNode {
  const { texts, format } = useSpeech();
  const { platform, isUnderstood, reasons, rows, encoding, delimiter, questions, assumptions } = preview;
  const known = platform === null ? texts.preview.isOwn : texts.preview.isPlatform(platform);
  const seen = format.number(rows.seen);
  return (
    <section className="card" aria-labelledby="what-it-is">
      <h2 id="what-it-is" className="unseen">
        {texts.preview.title}
      </h2>
      <p>
        <strong>{isUnderstood ? known : texts.preview.isUnknown}</strong>
      </p>
      <dl className="facts">
        <dt>{texts.preview.facts.rows}</dt>
        <dd>{rows.areAll ? seen : texts.preview.firstRows(seen)}</dd>
        <dt>{texts.preview.facts.encoding}</dt>
        <dd>{encoding}</dd>
        <dt>{texts.preview.facts.delimiter}</dt>
        <dd>{delimiter === '\t' ? texts.preview.tab : <code>{delimiter}</code>}</dd>
      </dl>
      <Reasons title={texts.preview.why} reasons={reasons} />
      <Reasons
        title={texts.preview.questions}
        reasons={questions.map((question) => writeQuestion(question, texts))}
        isOpen
      />
      <Reasons title={texts.preview.assumptions} reasons={assumptions} isOpen />
    </section>
  );
}

interface ReasonsProps {
  readonly title: string;
  readonly reasons: readonly string[];
  readonly isOpen?: boolean;
}

function Reasons({ title, reasons, isOpen = false }: ReasonsProps): ReactNode {
  if (reasons.length === 0) return null;
  return (
    <details open={isOpen}>
      <summary>{title}</summary>
      <ul lang="en">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </details>
  );
}

function Expectation({ preview: { rows, problems } }: { readonly preview: TablePreview }): ReactNode {
  const { texts, format } = useSpeech();
  const { preview: words } = texts;
  return (
    <section className="card" aria-labelledby="expected">
      <h2 id="expected">{words.expected}</h2>
      <ul>
        <li>{words.wouldImport(rows.imported, format.number(rows.imported))}</li>
        {rows.rejected > 0 && <li>{words.wouldReject(rows.rejected, format.number(rows.rejected))}</li>}
        {rows.leftOut > 0 && <li>{words.wouldLeaveOut(rows.leftOut, format.number(rows.leftOut))}</li>}
      </ul>
      <ProblemList problems={problems} />
      <p className="quiet small">{rows.areAll ? words.whole : words.sample(format.number(rows.seen))}</p>
    </section>
  );
}

function Columns({ columns }: { readonly columns: readonly PreviewColumn[] }): ReactNode {
  const { texts } = useSpeech();
  return (
    <section className="card" aria-labelledby="columns">
      <h2 id="columns">{texts.preview.columns}</h2>
      <Table
        caption={texts.preview.columns}
        rows={columns}
        keyOf={({ position }) => String(position)}
        columns={[
          { title: texts.preview.column, cell: ({ header }) => header || <i>{texts.preview.blank}</i> },
          { title: texts.preview.meaning, cell: ({ meaning }) => <MeaningTag meaning={meaning} /> },
          { title: texts.preview.samples, cell: (column) => <Samples column={column} /> },
        ]}
      />
    </section>
  );
}

function MeaningTag({ meaning }: Pick<PreviewColumn, 'meaning'>): ReactNode {
  const { texts } = useSpeech();
  if (meaning === null) return <span className="tag doubt">{texts.preview.asked}</span>;
  const titles: Readonly<Record<Meaning, string>> = { ...texts.fields, ...texts.roles };
  return <span className={meaning in texts.fields ? undefined : 'quiet'}>{titles[meaning]}</span>;
}

function Samples({ column: { samples, meaning } }: { readonly column: PreviewColumn }): ReactNode {
  const speech = useSpeech();
  const { texts } = speech;
  if (samples.length === 0) return <span className="quiet">{texts.preview.blank}</span>;
  return (
    <div className="samples">
      {samples.map(({ raw, understood }, at) => {
        const shown = understood === null ? raw : writeUnderstood(understood, meaning, speech);
        return (
          <div key={at}>
            {shown}
            {shown.toLowerCase() !== raw.toLowerCase() && (
              <span className="quiet small">{texts.preview.inFile(raw)}</span>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** A value of a record as people of this language write it. */
function writeUnderstood(
  understood: string,
  meaning: Meaning | null,
  { texts, format }: Pick<Speech, 'texts' | 'format'>,
): string {
  const statuses: Readonly<Record<string, string>> = texts.statuses;
  const [amount = '', currency = null] = understood.split(' ');
  switch (meaning) {
    case 'status':
      return statuses[understood] ?? understood;
    case 'shippingCountry':
    case 'billingCountry':
      return format.country(understood);
    case 'pledgedAt':
    case 'surveyAnsweredAt':
      return format.dateTime(understood);
    case 'amount':
    case 'shippingAmount':
    case 'bonusAmount':
      return format.money(amount, currency);
    default:
      return understood;
  }
}
