import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { describeError } from '../../api/describe-error.js';
import { useSpeech } from '../../texts/texts.js';
import { eventTitle } from '../notifications/event-tag.js';
import { type Webhook, webhookEvents } from './webhook-queries.js';

/** What a person says of a webhook. */
export type WebhookWishes = Pick<Webhook, 'url' | 'description' | 'types'>;

interface WebhookFormProps {
  readonly start: WebhookWishes;
  readonly submitText: string;
  readonly isPending: boolean;
  readonly error: Error | null;
  /** Said beside the button, such as that it is saved. */
  readonly note?: string;
  readonly onSubmit: (wishes: WebhookWishes) => void;
}

export function WebhookForm({
  start,
  submitText,
  isPending,
  error,
  note,
  onSubmit,
}: WebhookFormProps): ReactNode {
  const { texts } = useSpeech();
  const [wishes, setWishes] = useState(start);
  const [missing, setMissing] = useState<string | null>(null);
  const urlId = useId();
  const descriptionId = useId();
  const problemId = useId();
  const { url, description, types } = wishes;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const lack =
      url.trim() === ''
        ? texts.webhooks.urlMissing
        : types.length === 0
          ? texts.webhooks.eventsMissing
          : null;
    setMissing(lack);
    if (lack === null) onSubmit({ url: url.trim(), description: description.trim(), types });
  };
  const problem = missing ?? (error === null ? null : describeError(error, texts));
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <div className="two">
        <div className="field">
          <label htmlFor={urlId}>{texts.webhooks.url}</label>
          <input
            id={urlId}
            type="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://"
            value={url}
            aria-invalid={problem !== null}
            aria-describedby={problemId}
            onChange={({ target }) => setWishes({ ...wishes, url: target.value })}
          />
        </div>
        <div className="field">
          <label htmlFor={descriptionId}>{texts.webhooks.description}</label>
          <input
            id={descriptionId}
            autoComplete="off"
            maxLength={200}
            value={description}
            onChange={({ target }) => setWishes({ ...wishes, description: target.value })}
          />
        </div>
      </div>
      <fieldset>
        <legend>{texts.webhooks.events}</legend>
        <div className="ticks">
          {webhookEvents.map((type) => (
            <label key={type} className="tick">
              <input
                type="checkbox"
                checked={types.includes(type)}
                onChange={({ target }) =>
                  setWishes({
                    ...wishes,
                    types: webhookEvents.filter((each) =>
                      each === type ? target.checked : types.includes(each),
                    ),
                  })
                }
              />
              {eventTitle(type, texts)}
            </label>
          ))}
        </div>
      </fieldset>
      <div id={problemId} role="alert">
        {problem !== null && (
          <div className="message wrong">
            <p>{problem}</p>
          </div>
        )}
      </div>
      <div className="row">
        <button type="submit" className="button" disabled={isPending}>
          {submitText}
        </button>
        <span className="small" role="status">
          {note}
        </span>
      </div>
    </form>
  );
}
