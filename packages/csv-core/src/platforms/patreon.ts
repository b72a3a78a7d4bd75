import { definePlatform } from './platform.js';

/**
 * Patreon's list of members (`Members_000000.csv`), one row per membership. No description of its columns by Patreon was
 * found. The header of 2023 stands in public notes of a creator's team, that of 2026 in two public importers, one of
 * which calls it the header of a real export and has sample rows. Between them `Twitter` went; `Free Member`, `Free Trial`,
 * `Full country name` and `Subscription Source` came.
 *
 * - A membership is a pledge that goes on: it has no number of its own, the person's is its key. It is worth its amount
 *   per charge; what was paid in all its time (`Lifetime Amount`) is kept.
 * - `Patron Status` may be blank: the API has no status for members who never paid (https://docs.patreon.com/#member).
 * - `Tier` is the one of today. It is text: a tier that was renamed is another product.
 * - Names come untrimmed; e-mails and addresses may be blank.
 * - Amounts are bare, their currency stands in `Currency`. Times name no zone and may have microseconds.
 *
 * Older files had `Lifetime $` and `Pledge $`; only single columns of them are known, so they are not read.
 */
export const patreon = definePlatform({
  name: 'patreon',
  title: 'Patreon',
  evidence: 'Header rows of 2023 and 2026 quoted in public notes and code, with sample rows; no file seen',
  signatures: [
    ['Patron Status', 'Lifetime Amount'],
    ['Patron Status', 'Patronage Since Date'],
    ['Patron Status', 'Pledge Amount'],
  ],
  decimalMark: '.',
  columns: [
    { field: 'externalId', headers: ['User ID'], required: true, usual: true },
    { field: 'backerName', headers: ['Name'], usual: true },
    { field: 'email', headers: ['Email'], usual: true },
    { field: 'status', headers: ['Patron Status'], usual: true },
    { field: 'amount', headers: ['Pledge Amount'], usual: true },
    { field: 'currency', headers: ['Currency'], usual: true },
    { field: 'pledgedAt', headers: ['Patronage Since Date'], usual: true },
    { field: 'rewardTitle', headers: ['Tier'], usual: true },
    { field: 'shippingName', headers: ['Addressee'] },
    { field: 'shippingAddress1', headers: ['Street'] },
    { field: 'shippingCity', headers: ['City'] },
    { field: 'shippingState', headers: ['State'] },
    { field: 'shippingPostalCode', headers: ['Zip'] },
    { field: 'shippingCountry', headers: ['Country', 'Full country name'], alternatives: true },
    { field: 'shippingPhone', headers: ['Phone'] },
  ],
  kept: [
    'Twitter',
    'Discord',
    'Follows You',
    'Free Member',
    'Free Trial',
    'Lifetime Amount',
    'Charge Frequency',
    'Last Charge Date',
    'Last Charge Status',
    'Additional Details',
    'Last Updated',
    'Max Posts',
    'Access Expiration',
    'Next Charge Date',
    'Subscription Source',
  ],
  statuses: {
    'active patron': 'COLLECTED',
    'declined patron': 'ERRORED',
    'former patron': 'CANCELED',
  },
  statusRequired: false,
});
