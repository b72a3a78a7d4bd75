import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { allCampaignsQuery, campaignsQuery } from '../../api/queries.js';
import { Blank, Failed, Loading } from '../../parts/state.js';
import { Table } from '../../parts/table.js';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { useScope } from '../session/use-scope.js';
import { NewCampaign } from './new-campaign.js';

export function CampaignsPage(): ReactNode {
  const { texts } = useSpeech();
  const mayWrite = useScope('write');
  const [isAll, setAll] = useState(false);
  useTitle(texts.campaign.title);
  return (
    <>
      <div className="between">
        <h1>{texts.campaign.title}</h1>
        <label className="tick">
          <input type="checkbox" checked={isAll} onChange={({ target }) => setAll(target.checked)} />
          {texts.manage.showArchived}
        </label>
      </div>
      <Campaigns isAll={isAll} />
      {mayWrite && <NewCampaign />}
    </>
  );
}

/** @param isAll whether archived ones are among them */
function Campaigns({ isAll }: { readonly isAll: boolean }): ReactNode {
  const { texts, format } = useSpeech();
  const { data: campaigns, error, refetch } = useQuery(isAll ? allCampaignsQuery : campaignsQuery);
  if (campaigns === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  if (campaigns.length === 0) return <Blank>{texts.campaign.none}</Blank>;
  return (
    <div className="card">
      <Table
        caption={texts.campaign.title}
        rows={campaigns}
        keyOf={({ id }) => id}
        columns={[
          {
            title: texts.imports.campaign,
            cell: ({ id, name, archivedAt }) => (
              <span className="row">
                <Link href={`/campaigns/${id}`}>{name}</Link>
                {archivedAt !== null && <span className="tag">{texts.campaign.archived}</span>}
              </span>
            ),
          },
          {
            title: texts.campaign.made,
            isNumber: true,
            cell: ({ createdAt }) => format.dateTime(createdAt),
          },
        ]}
      />
    </div>
  );
}
