import type { Schemas } from '@pledgeline/client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { summaryQuery } from '../../api/queries.js';
import { BarChart } from '../../parts/bar-chart.js';
import { DayChart } from '../../parts/day-chart.js';
import { Failed, Loading } from '../../parts/state.js';
import { type Speech, useSpeech } from '../../texts/texts.js';

/** A campaign in pictures, each with its table. */
export function CampaignCharts({ id }: { readonly id: string }): ReactNode {
  const speech = useSpeech();
  const { texts, format } = speech;
  const { data: summary, error, refetch } = useQuery(summaryQuery(id));
  if (summary === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  const units = summary.units.filter(({ committed }) => committed > 0);
  const { otherUnits } = summary;
  const pictures = [summary.days, units, summary.countries, summary.questions];
  if (pictures.every(({ length }) => length === 0)) return null;
  return (
    <section className="stack" aria-labelledby="charts">
      <h2 id="charts">{texts.account.charts}</h2>
      {summary.days.length > 0 && (
        <DayChart title={texts.campaign.days} days={summary.days} note={noteOfDays(summary, speech)} />
      )}
      <div className="two">
        {units.length > 0 && (
          <BarChart
            title={texts.campaign.units}
            labelTitle={texts.campaign.product}
            valueTitle={texts.campaign.unitsColumn}
            bars={units.map(({ productId, name, committed }) => ({
              key: productId,
              label: name,
              value: committed,
            }))}
            note={
              otherUnits.products > 0 ? texts.campaign.others(format.number(otherUnits.products)) : undefined
            }
          />
        )}
        {summary.countries.length > 0 && (
          <BarChart
            title={texts.campaign.countries}
            labelTitle={texts.campaign.country}
            valueTitle={texts.campaign.backers}
            bars={summary.countries.map(({ country, backers }) => ({
              key: country ?? '',
              label: country === null ? texts.campaign.noCountry : format.country(country),
              value: backers,
            }))}
          />
        )}
        {summary.questions.map(({ question, answers, otherAnswers }) => (
          <BarChart
            key={question}
            title={question}
            labelTitle={texts.campaign.answer}
            valueTitle={texts.campaign.backers}
            bars={answers.map(({ answer, backers }) => ({ key: answer, label: answer, value: backers }))}
            note={
              otherAnswers.answers > 0
                ? texts.campaign.others(format.number(otherAnswers.answers))
                : undefined
            }
          />
        ))}
      </div>
    </section>
  );
}

function noteOfDays(
  { undatedPledges, earlierPledges }: Schemas['CampaignSummary'],
  { texts, format }: Speech,
): string | undefined {
  const notes = [
    ...(earlierPledges > 0 ? [texts.campaign.earlier(format.number(earlierPledges))] : []),
    ...(undatedPledges > 0 ? [texts.campaign.undated(format.number(undatedPledges))] : []),
  ];
  return notes.length === 0 ? undefined : notes.join(' · ');
}
