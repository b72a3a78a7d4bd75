import { type ReactNode, useId } from 'react';
import { Table } from '../../parts/table.js';
import { type Texts, useSpeech } from '../../texts/texts.js';
import {
  type Assignment,
  type FileAnswers,
  type PledgeStatus,
  type UnknownFile,
  unknownWords,
} from './file-answers.js';
import { openQuestions } from './open-questions.js';
import { writeQuestion } from './write-question.js';

interface FileMappingProps {
  readonly file: UnknownFile;
  readonly isOnly: boolean;
  readonly answers: FileAnswers;
  readonly onChange: (answers: FileAnswers) => void;
  /** The cells of the column at a position, in place of the first ones as the file writes them. */
  readonly samples?: (position: number) => ReactNode;
}

/** What is asked of one file, and what its columns are. */
export function FileMapping({ isOnly, ...props }: FileMappingProps): ReactNode {
  const { texts } = useSpeech();
  const titleId = useId();
  const { file, answers, onChange } = props;
  const questions = openQuestions(file, answers);
  return (
    <section className="card" aria-labelledby={titleId}>
      <h3 id={titleId}>
        {isOnly
          ? texts.mapping.columns
          : texts.mapping.file(file.sheet ?? file.name ?? String(file.file + 1))}
      </h3>
      {questions.length > 0 && (
        <div className="message doubt">
          <strong>{texts.mapping.openQuestions}</strong>
          <ul lang="en">
            {questions.map((question) => (
              <li key={`${question.code} ${question.position} ${question.message}`}>
                {writeQuestion(question, texts)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {!isOnly && (
        <Tick
          text={texts.mapping.skip}
          isOn={answers.isSkipped}
          onChange={(isSkipped) => onChange({ ...answers, isSkipped })}
        />
      )}
      {!answers.isSkipped && <Answers {...props} />}
    </section>
  );
}

function Answers(props: Omit<FileMappingProps, 'isOnly'>): ReactNode {
  const { texts } = useSpeech();
  const { answers, onChange } = props;
  return (
    <>
      <Tick
        text={texts.mapping.people}
        isOn={answers.isPeople}
        onChange={(isPeople) => onChange({ ...answers, isPeople })}
      />
      {!answers.isPeople && <Columns {...props} />}
      {!answers.isPeople && <Words {...props} />}
      <label className="field">
        {texts.mapping.dateOrder}
        <select
          value={answers.dateOrder ?? ''}
          onChange={({ target: { value } }) =>
            onChange({ ...answers, dateOrder: value === 'dmy' || value === 'mdy' ? value : null })
          }
        >
          <option value="">{texts.mapping.dateOrders.auto}</option>
          <option value="dmy">{texts.mapping.dateOrders.dmy}</option>
          <option value="mdy">{texts.mapping.dateOrders.mdy}</option>
        </select>
      </label>
    </>
  );
}

interface TickProps {
  readonly text: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Tick({ text, isOn, onChange }: TickProps): ReactNode {
  return (
    <label className="tick">
      <input type="checkbox" checked={isOn} onChange={({ target }) => onChange(target.checked)} />
      {text}
    </label>
  );
}

const SHOWN_CELLS = 3;

function Columns({
  file,
  answers,
  onChange,
  samples = (position) => <span className="quiet small">{samplesOf(file, position)}</span>,
}: Omit<FileMappingProps, 'isOnly'>): ReactNode {
  const { texts } = useSpeech();
  const set = (position: number, as: Assignment['as'] | null): void =>
    onChange({ ...answers, columns: answers.columns.map((each, at) => (at === position ? as : each)) });
  const rows = file.headers.map((header, position) => ({
    header,
    position,
    suggested: file.suggestion?.columns.find((column) => column.position === position),
  }));
  return (
    <Table
      caption={texts.mapping.columns}
      rows={rows}
      keyOf={({ position }) => String(position)}
      columns={[
        {
          title: texts.mapping.column,
          cell: ({ header, position }) => (
            <>
              {header || <i>{texts.preview.blank}</i>}
              {samples(position)}
            </>
          ),
        },
        {
          title: texts.mapping.as,
          cell: ({ header, position }) => (
            <MeaningChoice
              label={texts.mapping.asOf(header)}
              value={answers.columns[position] ?? null}
              onChange={(as) => set(position, as)}
            />
          ),
        },
        {
          title: texts.mapping.why,
          isExtra: true,
          cell: ({ suggested }) =>
            suggested === undefined ? null : (
              <span className="small">
                <span className="tag">{certainty(suggested.score, texts)}</span>{' '}
                <span className="quiet" lang="en">
                  {suggested.reason}
                </span>
              </span>
            ),
        },
      ]}
    />
  );
}

function samplesOf({ rows }: UnknownFile, position: number): string {
  const cells = rows.map((row) => row[position]?.trim() ?? '').filter((cell) => cell !== '');
  return [...new Set(cells)].slice(0, SHOWN_CELLS).join(' · ');
}

/** A score in words: its digits would promise more than it knows. */
function certainty(score: number, { mapping }: Texts): string {
  if (score >= 0.8) return mapping.sure;
  return score >= 0.5 ? mapping.likely : mapping.guess;
}

interface MeaningChoiceProps {
  readonly label: string;
  readonly value: Assignment['as'] | null;
  readonly onChange: (as: Assignment['as'] | null) => void;
}

function MeaningChoice({ label, value, onChange }: MeaningChoiceProps): ReactNode {
  const { texts } = useSpeech();
  const { secret: _, 'item-part': __, ...roles } = texts.roles;
  const titles: Readonly<Record<Assignment['as'], string>> = { ...texts.fields, ...roles };
  const isMeaning = (text: string): text is Assignment['as'] => Object.hasOwn(titles, text);
  return (
    <select
      className="choice"
      aria-label={label}
      value={value ?? ''}
      onChange={({ target }) => onChange(isMeaning(target.value) ? target.value : null)}
    >
      <option value="">{texts.mapping.choose}</option>
      {Object.entries(titles).map(([name, title]) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </select>
  );
}

function Words({ file, answers, onChange }: Omit<FileMappingProps, 'isOnly'>): ReactNode {
  const { texts } = useSpeech();
  const statusAt = answers.columns.indexOf('status');
  const words = unknownWords(file, statusAt);
  if (words.length === 0 || statusAt === -1) return null;
  const { GONE: _, ...meanings } = texts.statuses;
  const isStatus = (text: string): text is PledgeStatus => Object.hasOwn(meanings, text);
  const set = (word: string, status: string): void => {
    const changed = new Map(answers.words);
    if (isStatus(status)) changed.set(word, status);
    else changed.delete(word);
    onChange({ ...answers, words: changed });
  };
  return (
    <fieldset>
      <legend>{texts.mapping.words(file.headers[statusAt] ?? '')}</legend>
      {words.map((word) => (
        <label key={word} className="field word">
          <code>{word}</code>
          <select value={answers.words.get(word) ?? ''} onChange={({ target }) => set(word, target.value)}>
            <option value="">{texts.mapping.choose}</option>
            {Object.entries(meanings).map(([name, title]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  );
}
