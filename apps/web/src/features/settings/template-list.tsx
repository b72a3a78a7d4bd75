import type { Schemas } from '@pledgeline/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { client } from '../../api/client.js';
import { templatesQuery } from '../../api/queries.js';
import { Asked } from '../../parts/asked.js';
import { Blank, Failed, Loading } from '../../parts/state.js';
import { Table } from '../../parts/table.js';
import { useSpeech } from '../../texts/texts.js';
import { useScope } from '../session/use-scope.js';

type Template = Schemas['MappingTemplate'];

/** The answers about columns that are remembered. */
export function TemplateList(): ReactNode {
  const { texts } = useSpeech();
  return (
    <section className="card" aria-labelledby="templates">
      <div className="tight">
        <h2 id="templates">{texts.settings.templates}</h2>
        <p className="quiet small">{texts.settings.templatesText}</p>
      </div>
      <Templates />
    </section>
  );
}

function Templates(): ReactNode {
  const { texts, format } = useSpeech();
  const { data: templates, error, refetch } = useQuery(templatesQuery);
  if (templates === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  if (templates.length === 0) return <Blank>{texts.settings.noTemplates}</Blank>;
  return (
    <Table
      caption={texts.settings.templates}
      rows={templates}
      keyOf={({ id }) => id}
      columns={[
        {
          title: texts.settings.name,
          cell: (template) => <TemplateName key={template.name} template={template} />,
        },
        {
          title: texts.settings.columns,
          isNumber: true,
          cell: ({ columns }) => (columns === null ? '–' : format.number(columns.length)),
        },
        {
          title: texts.settings.saved,
          isNumber: true,
          isExtra: true,
          cell: ({ createdAt }) => format.date(createdAt),
        },
      ]}
    />
  );
}

/** Its name, and what can be done with it. */
function TemplateName({ template: { id, name } }: { readonly template: Template }): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const mayWrite = useScope('write');
  const isAdmin = useScope('admin');
  const [draft, setDraft] = useState<string | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: templatesQuery.queryKey });
  const path = { id };
  const renaming = useMutation({
    mutationFn: (wanted: string) =>
      client.patch('/v1/mapping-templates/{id}', { path, body: { name: wanted } }),
    onSuccess: () => {
      setDraft(null);
      return refresh();
    },
  });
  const removing = useMutation({
    mutationFn: () => client.delete('/v1/mapping-templates/{id}', { path }),
    onSuccess: refresh,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = draft === null ? '' : draft.trim();
    if (wanted !== '') renaming.mutate(wanted);
  };
  const error = renaming.error ?? removing.error;
  return (
    <div className="tight">
      {draft === null ? (
        <span>{name}</span>
      ) : (
        <form className="row" onSubmit={submit}>
          <input
            className="choice"
            aria-label={texts.settings.newName(name)}
            autoComplete="off"
            required
            maxLength={100}
            value={draft}
            // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
            autoFocus
            onChange={({ target }) => setDraft(target.value)}
          />
          <button type="submit" className="button" disabled={renaming.isPending}>
            {texts.house.save}
          </button>
          <button type="button" className="button plain" onClick={() => setDraft(null)}>
            {texts.house.leave}
          </button>
        </form>
      )}
      <div className="row slim">
        {mayWrite && draft === null && (
          <button type="button" className="button plain" onClick={() => setDraft(name)}>
            {texts.settings.rename}
          </button>
        )}
        {isAdmin && draft === null && (
          <Asked
            text={texts.settings.remove}
            question={texts.settings.removeAsk(name)}
            isDisabled={removing.isPending}
            onYes={() => removing.mutate()}
          />
        )}
      </div>
      {error !== null && <Failed error={error} title={texts.errors.refused} />}
    </div>
  );
}
