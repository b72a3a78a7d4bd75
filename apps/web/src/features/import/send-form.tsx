import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { campaignsQuery } from '../../api/queries.js';
import { Failed } from '../../parts/state.js';
import { type Texts, useSpeech } from '../../texts/texts.js';
import { noChoices, type SendChoices, SendChoicesField } from './send-choices.js';
import { SendingView } from './sending-view.js';
import type { Sending } from './use-sending.js';

interface SendFormProps {
  readonly file: File;
  readonly sending: Sending;
  readonly onOther: () => void;
}

/** The chosen file and its campaign. While it is sent, this shows how much has left. */
export function SendForm({ file, sending, onOther }: SendFormProps): ReactNode {
  const { texts, format } = useSpeech();
  const [campaign, setCampaign] = useState('');
  const [choices, setChoices] = useState(noChoices);
  const [isMissing, setMissing] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const name = campaign.trim();
    setMissing(name === '');
    if (name !== '') sending.send(name, choices);
  };
  if (sending.progress !== null) return <SendingView file={file} sending={sending} />;
  return (
    <form className="card" onSubmit={submit} noValidate>
      <div className="between">
        <h2>{file.name}</h2>
        <span className="quiet">{format.bytes(file.size)}</span>
      </div>
      <CampaignField value={campaign} onChange={setCampaign} isMissing={isMissing} />
      <SendChoicesField choices={choices} onChange={setChoices} />
      {sending.error !== null && (
        <Failed
          error={sending.error}
          title={texts.sending.failed}
          onRetry={() => sending.send(campaign.trim(), choices)}
        />
      )}
      <div className="row">
        <button type="submit" className="button">
          {writeSubmit(campaign.trim(), choices, texts)}
        </button>
        <button type="button" className="button plain" onClick={onOther}>
          {texts.imports.other}
        </button>
      </div>
    </form>
  );
}

function writeSubmit(
  campaign: string,
  { review }: SendChoices,
  { preview, review: ofReview }: Texts,
): string {
  if (review) return campaign === '' ? ofReview.sendPlain : ofReview.send(campaign);
  return campaign === '' ? preview.sendPlain : preview.send(campaign);
}

interface CampaignFieldProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly isMissing: boolean;
}

function CampaignField({ value, onChange, isMissing }: CampaignFieldProps): ReactNode {
  const { texts } = useSpeech();
  const { data: campaigns } = useQuery(campaignsQuery);
  const fieldId = useId();
  const listId = useId();
  const hintId = useId();
  const name = value.trim();
  const isNew = campaigns !== undefined && name !== '' && campaigns.every((each) => each.name !== name);
  const hint = isNew ? texts.campaign.willBeMade(name) : texts.campaign.hint;
  return (
    <div className="field">
      <label htmlFor={fieldId}>{texts.campaign.label}</label>
      <input
        id={fieldId}
        list={listId}
        value={value}
        maxLength={200}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
        aria-invalid={isMissing && name === ''}
        aria-describedby={hintId}
      />
      <datalist id={listId}>
        {campaigns
          ?.filter(({ archivedAt }) => archivedAt === null)
          .map(({ id, name: known }) => (
            <option key={id} value={known} />
          ))}
      </datalist>
      <span id={hintId} className="hint" role="status">
        {isMissing && name === '' ? texts.campaign.empty : hint}
      </span>
    </div>
  );
}
