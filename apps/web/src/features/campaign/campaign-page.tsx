import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { campaignQuery, summaryQuery } from '../../api/queries.js';
import { Blank, Failed, Loading } from '../../parts/state.js';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { RecordLinks } from '../records/record-links.js';
import { useScope } from '../session/use-scope.js';
import { CampaignCharts } from './campaign-charts.js';
import { ManageCampaign } from './manage-campaign.js';
import { MoneyTable } from './money-table.js';

export function CampaignPage({ id }: { readonly id: string }): ReactNode {
  const { texts } = useSpeech();
  const { data: campaign, error, refetch } = useQuery(campaignQuery(id));
  const mayWrite = useScope('write');
  useTitle(campaign?.name ?? texts.campaign.title);
  if (campaign === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <div className="row">
        <h1>{campaign.name}</h1>
        {campaign.archivedAt !== null && <span className="tag">{texts.campaign.archived}</span>}
      </div>
      <RecordLinks id={id} />
      <Money id={id} />
      <CampaignCharts id={id} />
      {mayWrite && <ManageCampaign key={campaign.name} campaign={campaign} />}
    </>
  );
}

function Money({ id }: { readonly id: string }): ReactNode {
  const { texts } = useSpeech();
  const { data: summary } = useQuery(summaryQuery(id));
  // Loading and errors are shown once, by the charts below.
  if (summary === undefined) return null;
  if (summary.pledged.length === 0) return <Blank>{texts.campaign.noPledges}</Blank>;
  return (
    <section className="card" aria-labelledby="pledged">
      <h2 id="pledged">{texts.campaign.pledged}</h2>
      <MoneyTable totals={summary.pledged} />
    </section>
  );
}
