import type { Upload } from '@pledgeline/client';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { Blank } from '../../parts/state.js';
import { useOnline } from '../../parts/use-online.js';
import { useSpeech } from '../../texts/texts.js';
import { sessionQuery } from '../session/session.js';
import type { RowView } from './book/protocol.js';
import { BulkForm } from './bulk-form.js';
import { ReasonList } from './reason-list.js';
import { RejectsGrid } from './rejects-grid.js';
import type { RejectsStore } from './rejects-store.js';
import { RowDetail } from './row-detail.js';
import { SendFixed } from './send-fixed.js';
import { useLeaving } from './use-leaving.js';
import { useShown } from './use-rejects.js';

interface CorrectingProps {
  readonly upload: Upload;
  readonly store: RejectsStore;
  /** The number of the file; undefined where it did not have to be chosen. */
  readonly file: number | undefined;
}

/** Rejected rows in a table, to be corrected one by one or all with the same reason at once, and sent when they are fixed. */
export function CorrectingView({ upload, store, file }: CorrectingProps): ReactNode {
  const { texts } = useSpeech();
  const shown = useShown(store);
  const { state } = shown;
  const [selected, setSelected] = useState<RowView | null>(null);
  const { data: session } = useQuery(sessionQuery);
  const isOnline = useOnline();
  const mayWrite = session != null && session.scope !== 'read';
  useLeaving(state.changed > 0 ? texts.correcting.leave : null);
  useUndoKeys(store);
  const group = state.chosen === null ? undefined : state.groups[state.chosen];
  return (
    <>
      {file !== undefined && (
        <p>
          <Link href={`/uploads/${upload.id}/rejects`}>{texts.correcting.otherFile}</Link>
        </p>
      )}
      {!mayWrite && <p className="message doubt">{texts.correcting.readOnly}</p>}
      {!isOnline && <p className="message doubt">{texts.correcting.offline}</p>}
      {state.rows > 0 && <ReasonList state={state} onChoose={(chosen) => void store.choose(chosen)} />}
      {group !== undefined && group.open > 0 && state.chosen !== null && mayWrite && (
        <BulkForm key={state.chosen} store={store} state={state} number={state.chosen} group={group} />
      )}
      <section className="card broad" aria-labelledby="rejected-rows">
        <div className="between">
          <h2 id="rejected-rows">{texts.correcting.rows}</h2>
          <Tools store={store} upload={upload} canUndo={state.canUndo} canRedo={state.canRedo} />
        </div>
        {state.rows === 0 ? (
          <Blank>{texts.correcting.allSent}</Blank>
        ) : (
          <>
            <RejectsGrid store={store} shown={shown} isEditable={mayWrite} onSelect={setSelected} />
            <RowDetail row={selected} />
          </>
        )}
        {mayWrite && (
          <SendFixed upload={upload} store={store} state={state} file={file} isOnline={isOnline} />
        )}
      </section>
    </>
  );
}

interface ToolsProps {
  readonly store: RejectsStore;
  readonly upload: Upload;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

function Tools({ store, upload: { id }, canUndo, canRedo }: ToolsProps): ReactNode {
  const { texts } = useSpeech();
  return (
    <div className="row">
      <button
        type="button"
        className="button plain"
        disabled={!canUndo}
        aria-keyshortcuts="Control+Z"
        onClick={() => void store.undo()}
      >
        {texts.correcting.undo}
      </button>
      <button
        type="button"
        className="button plain"
        disabled={!canRedo}
        aria-keyshortcuts="Control+Shift+Z"
        onClick={() => void store.redo()}
      >
        {texts.correcting.redo}
      </button>
      <Link href={`/uploads/${id}`}>{texts.correcting.report}</Link>
    </div>
  );
}

/** Ctrl+Z and Ctrl+Shift+Z, but not in a field, where they are about its text. */
function useUndoKeys(store: RejectsStore): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const key = event.key.toLowerCase();
      const isField = event.target instanceof Element && event.target.matches('input, textarea, select');
      if (isField || !(event.ctrlKey || event.metaKey) || (key !== 'z' && key !== 'y')) return;
      event.preventDefault();
      void (key === 'y' || event.shiftKey ? store.redo() : store.undo());
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [store]);
}
