import { definePlatform } from './platform.js';

/**
 * Patreon's list of members (`Members_000000.csv`), one row per membership. Patreon does not document the file. The
 * header of 2023 is quoted in public notes of a creator's team, that of 2026 in two public importers, one of which
 * calls it the header of a real export and has sample rows. Between the two, `Twitter` was removed, and `Free Member`,
 * `Free Trial`, `Full country name` and `Subscription Source` were added.
 *
 * - A membership is a continuing pledge. It has no number of its own, so the number of the person is its key. Its
 *   amount is that of one charge; the sum of all charges (`Lifetime Amount`) is kept.
 * - `Patron Status` may be blank: the API has no status for members who never paid (https://docs.patreon.com/#member).
 * - `Tier` is the current tier. It is only a name, so a tier that was renamed is another product.
 * - Names have blanks around them. E-mail addresses and postal addresses may be blank.
 * - Amounts have no currency; it is in `Currency`. Times have no zone and may have microseconds.
 *
 * Older files had `Lifetime $` and `Pledge $`. Only some of their columns are known, so they are not read.
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
