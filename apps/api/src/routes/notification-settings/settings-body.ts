import { channels, notificationEvents } from '@pledgeline/db';
import { z } from 'zod';
import { jsonObject } from '../../read-json.js';

/** RFC 5321, 4.5.3.1.3: a path of 256 octets holds an address of 254. */
const MAX_EMAIL_LENGTH = 254;
/** RFC 5646, 4.4.1. */
const MAX_LOCALE_LENGTH = 35;

const email = z
  .string('must be one e-mail address, or null for no mail')
  .max(MAX_EMAIL_LENGTH, `must not be longer than ${MAX_EMAIL_LENGTH} characters`)
  .pipe(z.email('must be one e-mail address, such as ada@example.com, or null for no mail'));

const locale = z
  .string('must be a language tag, such as en or de-CH')
  .max(MAX_LOCALE_LENGTH, `must not be longer than ${MAX_LOCALE_LENGTH} characters`)
  .transform((tag, context) => {
    const canonical = canonicalLocale(tag);
    if (canonical !== null) return canonical;
    context.addIssue('must be a language tag that is known here, such as en or de-CH');
    return z.NEVER;
  });

/** A time zone that a client names. */
export const timeZone = z
  .string('must be the name of a time zone, such as Europe/Berlin')
  .refine(isTimeZone, 'must be the name of a time zone of the IANA database, such as Europe/Berlin');

const channelsOfTypes = z
  .partialRecord(
    z.enum(notificationEvents),
    z
      .array(
        z.enum(channels, `there is no such channel; there are ${channels.join(', ')}`),
        `must be a list of channels: ${channels.join(', ')}`,
      )
      .transform((list) => [...new Set(list)]),
    {
      error: ({ code }: { readonly code: string }) =>
        code === 'unrecognized_keys'
          ? `there is no such type; there are ${notificationEvents.join(', ')}`
          : 'must be an object of types with a list of channels each',
    },
  )
  .superRefine((chosen, context) => {
    if (!chosen['webhook.disabled']?.includes('webhook')) return;
    context.addIssue({
      code: 'custom',
      path: ['webhook.disabled'],
      message: 'a webhook that is switched off cannot receive this; choose among in_app and email',
    });
  });

/** What `PUT /v1/notification-settings` takes. What is left out stays as it is. */
export const settingsBody = jsonObject({
  email: email.nullable().optional(),
  locale: locale.optional(),
  timeZone: timeZone.optional(),
  channels: channelsOfTypes.optional(),
}).meta({
  examples: [
    { email: 'ada@example.com', timeZone: 'Europe/Berlin', channels: { 'upload.failed': ['email'] } },
  ],
});

function canonicalLocale(tag: string): string | null {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    return canonical !== undefined && Intl.NumberFormat.supportedLocalesOf([canonical]).length > 0
      ? canonical
      : null;
  } catch {
    return null;
  }
}

function isTimeZone(name: string): boolean {
  // Newer engines also accept offsets such as +01:00, which do not follow summer time.
  if (!/^[a-z]/i.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
