import type { ReactNode } from 'react';
import { useSpeech } from '../../texts/texts.js';
import type { Webhook } from './webhook-queries.js';

/** Whether a webhook is on, and what is wrong with it. */
export function WebhookState({ webhook }: { readonly webhook: Webhook }): ReactNode {
  const { texts } = useSpeech();
  const { disabled, failingSince } = webhook;
  if (disabled !== null) {
    const kind = disabled.reason === 'by_hand' ? 'tag' : 'tag wrong';
    return <span className={kind}>{texts.webhooks.off[disabled.reason]}</span>;
  }
  if (failingSince !== null) return <span className="tag doubt">{texts.webhooks.failing}</span>;
  return <span className="tag good">{texts.webhooks.on}</span>;
}
