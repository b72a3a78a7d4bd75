import type { ColumnPlace, DynamicColumn } from '../header/column-rules.js';
import { definePlatform } from './platform.js';

/**
 * BackerKit's export of backers: one row per pledge, one column per SKU. BackerKit does not document the file. The
 * header is that of a file of 2017 in github.com/knndylx/BackerKitFormatter, whose code also lists the status words.
 * Help articles 130 (https://help.backerkit.com/article/130-130, about orders) and 849 (imports from Kickstarter,
 * `pending` for Pay Over Time) describe the rest.
 *
 * - The pledge was made elsewhere: `Platform` names the platform and `Service Guid` is the pledge's number there. For
 *   Kickstarter this is the backer number. For Indiegogo no file was seen; it is assumed to be the `Pledge ID`.
 *   `Manual` backers were added by hand and have only BackerKit's own number, `Id`.
 * - Every column after `Total Spent` counts units of the SKU in its header, including the units of the reward.
 * - `Reward Id` is BackerKit's own. `Reward Description` holds `Title | Description`.
 * - Amounts have no currency. `Pledge Amount` is the amount paid on the platform, 0.0 where the payment failed. What
 *   BackerKit charged is in other columns.
 * - `Pledge Status` is the status of the payment on the platform. A cancellation may be only in the `Notes`:
 *   ` Marked As Canceled on 2017-10-07`. `Order Status` is about survey and add-ons (`locked_down`, `paid`, `open` …).
 * - An address is imported also when the survey is not answered: backers added by hand never answer one, and no address
 *   in the file is only a guess.
 * - `Charge Token` is Stripe's id of a payment (`ch_…`). It is never stored, as on every platform.
 * - `Full Address` repeats the address as a label of several lines. Order dates are like `09/27/17`; other dates have
 *   times.
 */
export const backerkit = definePlatform({
  name: 'backerkit',
  title: 'BackerKit',
  evidence:
    'A whole public file of 2017 and the code that reads it; later files, and pledges from Indiegogo, were not seen',
  signatures: [
    ['Service Guid'],
    ['Funds Added in BackerKit'],
    ['Survey Answered At', 'Add-on Shipping Subtotal'],
  ],
  decimalMark: '.',
  columns: [
    { field: 'externalId', headers: ['Id'], required: true, usual: true },
    { field: 'originPlatform', headers: ['Platform'], usual: true },
    { field: 'originExternalId', headers: ['Service Guid'], usual: true },
    { field: 'backerName', headers: ['Name'], usual: true },
    { field: 'email', headers: ['Email'], usual: true },
    { field: 'status', headers: ['Pledge Status'], required: true, usual: true },
    { field: 'amount', headers: ['Pledge Amount'], required: true, usual: true },
    { field: 'pledgedAt', headers: ['Pledged At'], usual: true },
    { field: 'rewardId', headers: ['Reward Id'], usual: true },
    { field: 'rewardTitle', headers: ['Reward Description'] },
    { field: 'rewardPrice', headers: ['Reward Price'] },
    { field: 'notes', headers: ['Notes'], usual: true },
    { field: 'surveyAnsweredAt', headers: ['Survey Answered At'], usual: true },
    { field: 'shippingName', headers: ['Address Name'] },
    { field: 'shippingAddress1', headers: ['Address Line 1'] },
    { field: 'shippingAddress2', headers: ['Address Line 2'] },
    { field: 'shippingCity', headers: ['Address City'] },
    { field: 'shippingState', headers: ['Address State'] },
    { field: 'shippingPostalCode', headers: ['Address Postal Code'] },
    { field: 'shippingCountry', headers: ['Address Country', 'Full Country'], alternatives: true },
    { field: 'shippingPhone', headers: ['Address Phone Number'] },
  ],
  origins: { kickstarter: 'kickstarter', indiegogo: 'indiegogo' },
  statusRules: [
    { header: 'Notes', pattern: /\bmarked as cancell?ed on \d{4}-\d{2}-\d{2}/i, status: 'CANCELED' },
  ],
  kept: [
    'Public Notes',
    'Full Address',
    'Order Placed',
    'Order ID',
    'Order Status',
    'Order Charged',
    'Funds Added in BackerKit',
    'Add-on Shipping Subtotal',
    'Pledge Level Shipping Subtotal',
    'Total Spent',
  ],
  dateOrder: 'mdy',
  dynamicColumn,
});

/** Every column after `Total Spent` counts units of a SKU. */
function dynamicColumn({ header, position, positionOf }: ColumnPlace): DynamicColumn {
  const total = positionOf('total spent');
  const isSku = total >= 0 && position > total;
  return isSku ? { role: 'item', key: header, name: header } : { role: 'unknown' };
}
