import { randomBytes } from 'node:crypto';

/** A fresh secret as Standard Webhooks writes it: `whsec_` and the base64 of 32 random bytes. */
export function createWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
