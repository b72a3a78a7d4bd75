import type { Schemas, Upload } from '@pledgeline/client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { issueGroupsQuery, uploadFilesQuery } from '../../api/queries.js';
import { Failed, Loading } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { MadeGood } from './made-good.js';

type Group = Schemas['IssueGroup'];

/** The problems of an import by their reason: those that rejected rows, then those that did not. */
export function RejectsList({ upload }: { readonly upload: Upload }): ReactNode {
  const { texts } = useSpeech();
  const { data, error, refetch } = useQuery(issueGroupsQuery(upload.id));
  if (data === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  const rejecting = data.groups.filter(({ severity }) => severity === 'error');
  const warning = data.groups.filter(({ severity }) => severity === 'warning');
  return (
    <>
      {rejecting.length > 0 && (
        <section className="card" id="rejects" aria-labelledby="rejects-title">
          <div className="tight">
            <h2 id="rejects-title">{texts.rejects.title}</h2>
            <p className="quiet">{texts.rejects.text}</p>
          </div>
          <Groups groups={rejecting} />
          <MadeGood upload={upload} />
          <div className="row">
            <Link className="button" href={`/uploads/${upload.id}/rejects`}>
              {texts.correcting.link}
            </Link>
            <Downloads upload={upload} />
          </div>
        </section>
      )}
      {warning.length > 0 && (
        <section className="card" aria-labelledby="warnings-title">
          <div className="tight">
            <h2 id="warnings-title">{texts.rejects.warnings}</h2>
            <p className="quiet">{texts.rejects.warningsText}</p>
          </div>
          <Groups groups={warning} />
        </section>
      )}
    </>
  );
}

function Groups({ groups }: { readonly groups: readonly Group[] }): ReactNode {
  return (
    <ul className="stack plain-list">
      {groups.map((group) => (
        <li key={`${group.code} ${group.column}`}>
          <GroupView group={group} />
        </li>
      ))}
    </ul>
  );
}

function GroupView({ group: { column, count, severity, examples } }: { readonly group: Group }): ReactNode {
  const { texts, format } = useSpeech();
  return (
    <div className="tight">
      <div className="row">
        <span className={severity === 'error' ? 'tag wrong' : 'tag doubt'}>
          {texts.rejects.times(count, format.number(count))}
        </span>
        <strong>{column ?? texts.rejects.wholeFile}</strong>
      </div>
      <span lang="en">{examples[0]?.message}</span>
      <details className="small">
        <summary className="quiet">{texts.rejects.examples}</summary>
        <ul>
          {examples.map(({ file, row, line, value }) => (
            <li key={`${file} ${row} ${line} ${value}`}>
              {line !== null && `${texts.rejects.line(format.number(line))}: `}
              {value !== null && <code>{value === '' ? texts.rejects.empty : value}</code>}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

/** A plain link: the browser sends the cookie and writes the file to disk, however large it is. */
function Downloads({ upload }: { readonly upload: Upload }): ReactNode {
  const { texts } = useSpeech();
  const isSingle = upload.fileCount <= 1;
  const { data: files } = useQuery({ ...uploadFilesQuery(upload.id), enabled: !isSingle });
  const address = `/v1/uploads/${encodeURIComponent(upload.id)}/rejected.csv`;
  if (isSingle) {
    return (
      <a className="button plain" href={address} download>
        {texts.rejects.download}
      </a>
    );
  }
  return (
    <ul>
      {files?.map(({ name, sheet, skipped }, at) =>
        skipped === null ? (
          <li key={`${name} ${sheet}`}>
            <a href={`${address}?file=${at}`} download>
              {texts.rejects.downloadOf(sheet ?? name ?? String(at + 1))}
            </a>
          </li>
        ) : null,
      )}
    </ul>
  );
}
