import type { ReactNode } from 'react';
import { Tick } from '../../parts/tick.js';
import { useSpeech } from '../../texts/texts.js';

/** What a person says of a file beside its campaign. */
export interface SendChoices {
  /** Whether to see the changes before they are made. */
  readonly review: boolean;
  /** Whether the file is the whole campaign, so that pledges that it does not name are gone. */
  readonly complete: boolean;
}

/** Neither is said for a person: one costs a look, the other may mark pledges. */
export const noChoices: SendChoices = { review: false, complete: false };

interface SendChoicesFieldProps {
  readonly choices: SendChoices;
  readonly onChange: (choices: SendChoices) => void;
}

export function SendChoicesField({ choices, onChange }: SendChoicesFieldProps): ReactNode {
  const { texts } = useSpeech();
  return (
    <fieldset>
      <legend className="unseen">{texts.review.choices}</legend>
      <Tick
        text={texts.review.first}
        hint={texts.review.firstHint}
        isOn={choices.review}
        onChange={(review) => onChange({ ...choices, review })}
      />
      <Tick
        text={texts.review.whole}
        hint={texts.review.wholeHint}
        isOn={choices.complete}
        onChange={(complete) => onChange({ ...choices, complete })}
      />
    </fieldset>
  );
}
