import { definePlatform } from './platform.js';

/**
 * Mailchimp's export of an audience: people who get its mails, or who no longer do. The audience's own questions are
 * columns between the names and `MEMBER_RATING`; the rows have no pledges with which they could be kept.
 *
 * The place of a member (`CC`, `REGION`, `LATITUDE` …) is guessed from the IP address, so it is not read. IP addresses,
 * and the numbers that stand in a member's own links (`LEID`, `EUID`), are never stored.
 */
export const mailchimpMembers = definePlatform({
  name: 'mailchimp-members',
  title: 'Mailchimp audience',
  evidence: "Header rows in public code and in Mailchimp's help pages",
  certainty: 0.95,
  signatures: [
    ['Email Address', 'MEMBER_RATING'],
    ['Email Address', 'OPTIN_TIME', 'CONFIRM_TIME'],
    ['Email Address', 'LEID', 'EUID'],
  ],
  columns: [
    { field: 'email', headers: ['Email Address'], required: true, usual: true },
    { field: 'firstName', headers: ['First Name', 'FNAME'] },
    { field: 'lastName', headers: ['Last Name', 'LNAME'] },
  ],
  ignored: [
    'Address',
    'Phone Number',
    'Birthday',
    'MEMBER_RATING',
    'OPTIN_TIME',
    'CONFIRM_TIME',
    'LATITUDE',
    'LONGITUDE',
    'GMTOFF',
    'DSTOFF',
    'TIMEZONE',
    'CC',
    'REGION',
    'LAST_CHANGED',
    'UNSUB_TIME',
    'UNSUB_CAMPAIGN_TITLE',
    'UNSUB_CAMPAIGN_ID',
    'UNSUB_REASON',
    'UNSUB_REASON_OTHER',
    'CLEAN_TIME',
    'CLEAN_CAMPAIGN_TITLE',
    'CLEAN_CAMPAIGN_ID',
    'NOTES',
    'TAGS',
  ],
  secrets: [/\bip$/, /^(?:leid|euid)$/],
  statusRequired: false,
  holdsPledges: false,
});
