export type { AttemptResult } from './attempt-result.js';
export { type ComposedMail, composeMail, type MailStyle, type Notice } from './mail/compose-mail.js';
export { createMailer, type Mail, type Mailer, type MailerOptions } from './mail/mailer.js';
export { delayBeforeNext, maxAttempts } from './schedule.js';
export type { AddressPolicy } from './webhook/address-policy.js';
export { checkWebhookUrl } from './webhook/check-webhook-url.js';
export type { WebhookMessage } from './webhook/sign-webhook.js';
export { createWebhookSecret } from './webhook/webhook-secret.js';
export {
  createWebhookSender,
  type WebhookSender,
  type WebhookTarget,
} from './webhook/webhook-sender.js';
export type { WebhookSenderOptions } from './webhook/webhook-sender-options.js';
