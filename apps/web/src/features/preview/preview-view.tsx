import { ConnectionError, ProblemError } from '@pledgeline/client';
import { type ReactNode, useId } from 'react';
import { Outdated } from '../../parts/error-boundary.js';
import { Failed, Loading } from '../../parts/state.js';
import { Table } from '../../parts/table.js';
import { type Speech, type Texts, useSpeech } from '../../texts/texts.js';
import type { Said } from '../import/said.js';
import { answersFor } from '../mapping/answer-mapping.js';
import { FileMapping } from '../mapping/file-mapping.js';
import { openQuestions } from '../mapping/open-questions.js';
import type { Meaning, Preview, PreviewColumn, TablePreview } from './preview.js';
import { ProblemList } from './problem-list.js';
import { NoPreviewScriptError, usePreview } from './use-preview.js';

interface PreviewViewProps {
  readonly file: File;
  readonly said: Said;
  readonly onSay: (said: Said) => void;
}

/** What a file is, and what would become of it, before it is sent; and what a person says of it. */
export function PreviewView(props: PreviewViewProps): ReactNode {
  const { texts } = useSpeech();
  const { said, onSay } = props;
  const { data: preview, error } = usePreview(props.file, said);
  if (error instanceof NoPreviewScriptError) return <Outdated />;
  if (error !== null) return <PreviewFailed error={error} />;
  if (preview === undefined || (preview.kind === 'packed' && said.mayAskServer)) {
    return (
      <div className="card">
        <p className="quiet">{said.mayAskServer ? texts.preview.asking : texts.preview.reading}</p>
        <Loading />
      </div>
    );
  }
  if (preview.kind === 'packed') return <AskServer onYes={() => onSay({ ...said, mayAskServer: true })} />;
  if (preview.kind === 'seen') return <SeenView preview={preview} said={said} onSay={onSay} />;
  return (
    <div className="message wrong" role="alert">
      <strong>{texts.preview.unreadable}</strong>
      <p lang="en">{preview.message}</p>
    </div>
  );
}

/** The server says what is wrong with a file that it has looked at; what a script says is for nobody. */
function PreviewFailed({ error }: { readonly error: Error }): ReactNode {
  const { texts } = useSpeech();
  if (error instanceof ProblemError || error instanceof ConnectionError) {
    return <Failed error={error} title={texts.preview.failed} />;
  }
  return <p className="quiet">{texts.preview.failed}</p>;
}

function AskServer({ onYes }: { readonly onYes: () => void }): ReactNode {
  const { texts } = useSpeech();
  return (
    <section className="card">
      <p>{texts.preview.packed}</p>
      <div>
        <button type="button" className="button plain" onClick={onYes}>
          {texts.preview.askServer}
        </button>
      </div>
    </section>
  );
}

interface SeenViewProps extends Pick<PreviewViewProps, 'said' | 'onSay'> {
  readonly preview: Extract<Preview, { kind: 'seen' }>;
}

function SeenView({ preview: { by, tables, hasMoreFiles }, said, onSay }: SeenViewProps): ReactNode {
  const { texts } = useSpeech();
  const isAsked = tables.some((table) => table.kind === 'table' && table.unknown !== null);
  return (
    <>
      {by !== 'browser' && <p className="quiet small">{texts.preview.seenBy[by]}</p>}
      {tables.map((table, at) =>
        table.kind === 'skipped' ? (
          <section key={at} className="card tight">
            <h2>{table.name}</h2>
            <p lang="en">{table.reason}</p>
          </section>
        ) : (
          <TableView key={at} table={table} isOnly={tables.length === 1} said={said} onSay={onSay} />
        ),
      )}
      {hasMoreFiles && <p className="quiet small">{texts.preview.moreFiles}</p>}
      {isAsked && <SaveAs name={said.saveAs} onChange={(saveAs) => onSay({ ...said, saveAs })} />}
    </>
  );
}

function SaveAs({
  name,
  onChange,
}: {
  readonly name: string;
  readonly onChange: (name: string) => void;
}): ReactNode {
  const { texts } = useSpeech();
  const id = useId();
  return (
    <div className="card field">
      <label htmlFor={id}>{texts.mapping.saveAs}</label>
      <input
        id={id}
        value={name}
        maxLength={100}
        placeholder={texts.mapping.saveHint}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}

interface TableViewProps extends Pick<PreviewViewProps, 'said' | 'onSay'> {
  readonly table: TablePreview;
  readonly isOnly: boolean;
}

function TableView({ table, isOnly, said, onSay }: TableViewProps): ReactNode {
  const { texts } = useSpeech();
  const { unknown, columns } = table;
  const answers = unknown && answersFor(unknown, said.answers);
  const isOpen = unknown !== null && answers !== null && openQuestions(unknown, answers).length > 0;
  const readAs = (isOwn: boolean): void => onSay({ ...said, isOwn, answers: new Map() });
  return (
    <>
      <Identity table={table} isOpen={isOpen} isOwn={said.isOwn} />
      {!isOpen && <Expectation preview={table} />}
      {unknown === null || answers === null ? (
        <Columns columns={columns} />
      ) : (
        <FileMapping
          file={unknown}
          isOnly={isOnly}
          answers={answers}
          onChange={(changed) =>
            onSay({ ...said, answers: new Map(said.answers).set(unknown.file, changed) })
          }
          samples={(position) => <Samples column={columns[position]} />}
        />
      )}
      {isOnly && (unknown === null || said.isOwn) && (
        <div>
          <button type="button" className="button plain" onClick={() => readAs(!said.isOwn)}>
            {said.isOwn ? texts.preview.asBefore : texts.preview.sayColumns}
          </button>
        </div>
      )}
    </>
  );
}

interface IdentityProps {
  readonly table: TablePreview;
  /** Whether something must be answered. */
  readonly isOpen: boolean;
  /** Whether a person wanted to say what the columns are. */
  readonly isOwn: boolean;
}

function Identity({ table, isOpen, isOwn }: IdentityProps): ReactNode {
  const { texts, format } = useSpeech();
  const { name, reasons, rows, encoding, delimiter, assumptions } = table;
  const seen = format.number(rows.seen);
  const titleId = useId();
  return (
    <section className="card" aria-labelledby={titleId}>
      <h2 id={titleId} className={name === null ? 'unseen' : undefined}>
        {name ?? texts.preview.title}
      </h2>
      <p>
        <strong>{isOwn ? texts.preview.isSaid : writeIdentity(table, isOpen, texts)}</strong>
      </p>
      <dl className="facts">
        <dt>{texts.preview.facts.rows}</dt>
        <dd>{rows.areAll ? seen : texts.preview.firstRows(seen)}</dd>
        {encoding !== null && (
          <>
            <dt>{texts.preview.facts.encoding}</dt>
            <dd>{encoding}</dd>
          </>
        )}
        {delimiter !== null && (
          <>
            <dt>{texts.preview.facts.delimiter}</dt>
            <dd>{delimiter === '\t' ? texts.preview.tab : <code>{delimiter}</code>}</dd>
          </>
        )}
      </dl>
      <Reasons title={texts.preview.why} reasons={reasons} />
      <Reasons title={texts.preview.assumptions} reasons={assumptions} isOpen />
    </section>
  );
}

function writeIdentity({ platform, template, unknown }: TablePreview, isOpen: boolean, { preview }: Texts) {
  if (platform !== null) return preview.isPlatform(platform);
  if (template !== null) return preview.isTemplate(template);
  return unknown !== null && isOpen ? preview.isUnknown : preview.isOwn;
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
  const titleId = useId();
  const { preview: words } = texts;
  const { outcome } = rows;
  return (
    <section className="card" aria-labelledby={titleId}>
      <h2 id={titleId}>{words.expected}</h2>
      {outcome === null ? (
        problems.length === 0 && <p>{words.noProblems}</p>
      ) : (
        <ul>
          <li>{words.wouldImport(outcome.imported, format.number(outcome.imported))}</li>
          {outcome.rejected > 0 && (
            <li>{words.wouldReject(outcome.rejected, format.number(outcome.rejected))}</li>
          )}
          {outcome.leftOut > 0 && (
            <li>{words.wouldLeaveOut(outcome.leftOut, format.number(outcome.leftOut))}</li>
          )}
        </ul>
      )}
      <ProblemList problems={problems} />
      <p className="quiet small">{rows.areAll ? words.whole : words.sample(format.number(rows.seen))}</p>
    </section>
  );
}

function Columns({ columns }: { readonly columns: readonly PreviewColumn[] }): ReactNode {
  const { texts } = useSpeech();
  const titleId = useId();
  return (
    <section className="card" aria-labelledby={titleId}>
      <h2 id={titleId}>{texts.preview.columns}</h2>
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

/** The longest cell that is shown. */
const SHOWN_LENGTH = 60;

const shorten = (text: string): string =>
  text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;

function Samples({ column }: { readonly column: PreviewColumn | undefined }): ReactNode {
  const speech = useSpeech();
  const { texts } = speech;
  const { samples = [], meaning = null } = column ?? {};
  if (samples.length === 0) return <div className="samples quiet">{texts.preview.blank}</div>;
  return (
    <div className="samples">
      {samples.map(({ raw, understood }, at) => {
        const shown = shorten(understood === null ? raw : writeUnderstood(understood, meaning, speech));
        return (
          <div key={at}>
            {shown}
            {shown.toLowerCase() !== shorten(raw).toLowerCase() && (
              <span className="quiet small">{texts.preview.inFile(shorten(raw))}</span>
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
