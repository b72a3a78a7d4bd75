import { ProblemError } from '@pledgeline/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { client } from '../../api/client.js';
import { withTag } from '../../api/with-tag.js';
import { Failed } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { useScope } from '../session/use-scope.js';
import { ChannelTable } from './channel-table.js';
import { localeChoices, zoneChoices } from './choices.js';
import { type SeenSettings, type Settings, settingsQuery } from './settings-queries.js';

type Wishes = Pick<Settings, 'email' | 'locale' | 'timeZone' | 'channels'>;

interface MessageFormProps {
  readonly seen: SeenSettings;
  /** Shows what another person has saved meanwhile. */
  readonly onReload: () => void;
}

/** To whom mails go, how they write numbers, and which event is told in which way. */
export function MessageForm({ seen, onReload }: MessageFormProps): ReactNode {
  const { texts, language } = useSpeech();
  const queries = useQueryClient();
  const mayWrite = useScope('write');
  const [tag, setTag] = useState(seen.tag);
  const [wishes, setWishes] = useState<Wishes>(() => {
    const { email, locale, timeZone, channels } = seen.settings;
    return { email, locale, timeZone, channels };
  });
  const hintId = useId();
  const saving = useMutation({
    mutationFn: () =>
      withTag((onHeaders) =>
        client.put('/v1/notification-settings', {
          body: { ...wishes, email: wishes.email?.trim() === '' ? null : wishes.email },
          headers: { 'if-match': tag },
          onHeaders,
        }),
      ),
    onSuccess: (saved) => {
      setTag(saved.tag);
      queries.setQueryData(settingsQuery.queryKey, { settings: saved.answer, tag: saved.tag });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    saving.mutate();
  };
  const change = (part: Partial<Wishes>): void => {
    saving.reset();
    setWishes({ ...wishes, ...part });
  };
  const isOutdated = saving.error instanceof ProblemError && saving.error.code === 'changed_meanwhile';
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <fieldset disabled={!mayWrite}>
        <legend className="unseen">{texts.settings.messages}</legend>
        <div className="filters">
          <label className="field">
            {texts.settings.email}
            <input
              type="email"
              autoComplete="off"
              value={wishes.email ?? ''}
              aria-describedby={hintId}
              onChange={({ target }) => change({ email: target.value })}
            />
          </label>
          <Choice
            label={texts.settings.locale}
            value={wishes.locale}
            choices={localeChoices(wishes.locale, language)}
            onChange={(locale) => change({ locale })}
          />
          <Choice
            label={texts.settings.timeZone}
            value={wishes.timeZone}
            choices={zoneChoices(wishes.timeZone)}
            onChange={(timeZone) => change({ timeZone })}
          />
        </div>
        <p id={hintId} className="quiet small">
          {texts.settings.emailHint}
        </p>
        <ChannelTable
          types={seen.settings.types}
          available={seen.settings.availableChannels}
          channels={wishes.channels}
          onChange={(channels) => change({ channels })}
        />
      </fieldset>
      {saving.error !== null && (
        <Failed
          error={saving.error}
          title={isOutdated ? texts.settings.outdated : texts.errors.refused}
          {...(isOutdated && { onRetry: onReload })}
        />
      )}
      {mayWrite ? (
        <div className="row">
          <button type="submit" className="button" disabled={saving.isPending}>
            {texts.house.save}
          </button>
          <span className="small" role="status">
            {saving.isSuccess && texts.house.saved}
          </span>
        </div>
      ) : (
        <p className="quiet small">{texts.house.readOnly}</p>
      )}
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly title: string }[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, choices, onChange }: ChoiceProps): ReactNode {
  return (
    <label className="field">
      {label}
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.title}
          </option>
        ))}
      </select>
    </label>
  );
}
