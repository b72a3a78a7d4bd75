import { definePlatform } from './platform.js';

/**
 * Open Collective's lists of those who gave to a collective, read from the exporter itself:
 * github.com/opencollective/opencollective-rest at 35c69f62 (2026), `src/server/controllers/account-contributors.js`
 * (`<collective>-contributors.csv`) and `members.js` (`/<collective>/members/all.csv`). No file was seen.
 *
 * Contributors: one row per contributor. Which columns are there, and in which order, is up to the address that the file
 * is downloaded from; only `contributorUrl`, the key, is required. Earlier the columns were called
 * `activeRecurringContribution…`, `firstContributionDate`, `email`, and the tier was its slug.
 *
 * - The pledge is worth all contributions so far (`totalContributions`), and the file does not tell of refunds.
 *   `recurringContributionStatus` (`ACTIVE`, `PAUSED`, `CANCELLED`) is about contributions to come: it is kept and
 *   changes nothing of the money that came in.
 * - The tier is that of the recurring contribution, if there is one.
 * - The address is that of the profile, all lines in one cell.
 * - Whoever holds two memberships may come twice, with the same total; the two become one pledge.
 * - More than a thousand contributors are cut off unless all were asked for; the last line of the file then says so
 *   (`Warning: totalCount is …`), and is rejected as a row.
 *
 * Members: one row per membership, with a number of its own (`MemberId`). Administrators and followers are members who
 * gave nothing: `role` is kept. `totalAmountDonated` is in the currency of the last transaction. `lastTransactionAt` is
 * the time of the export for whoever has none.
 */
export const openCollective = definePlatform({
  name: 'open-collective',
  title: 'Open Collective',
  evidence: 'The public source of its exporters, as of 2026 and before; no file seen',
  signatures: [['contributorUrl'], ['MemberId', 'totalAmountDonated']],
  decimalMark: '.',
  columns: [
    { field: 'externalId', headers: ['contributorUrl', 'MemberId'], required: true, usual: true },
    { field: 'backerExternalId', headers: ['profile'], onlyWith: ['MemberId'] },
    { field: 'backerName', headers: ['contributorName'] },
    { field: 'backerName', headers: ['name'], onlyWith: ['MemberId'] },
    { field: 'email', headers: ['contributorEmail', 'email'] },
    { field: 'amount', headers: ['totalContributions', 'totalAmountDonated'] },
    { field: 'currency', headers: ['currency'] },
    {
      field: 'pledgedAt',
      headers: ['contributorFirstContributionDate', 'firstContributionDate', 'createdAt'],
    },
    {
      field: 'rewardTitle',
      headers: ['recurringContributionTier', 'activeRecurringContributionTier'],
    },
    { field: 'rewardTitle', headers: ['tier'], onlyWith: ['MemberId'] },
    { field: 'shippingAddress1', headers: ['address'] },
    { field: 'shippingCountry', headers: ['country'] },
  ],
  kept: [
    'contributorWebsite',
    'contributorType',
    'recurringContribution',
    'recurringContributionStatus',
    'recurringContributionAmount',
    'recurringContributionCurrency',
    'recurringContributionFrequency',
    'contributorLatestContributionDate',
    'activeRecurringContribution',
    'activeRecurringContributionAmount',
    'activeRecurringContributionFrequency',
    'latestContributionDate',
    'type',
    'role',
    'isActive',
    'lastTransactionAt',
    'lastTransactionAmount',
    'company',
    'description',
    'image',
    'twitter',
    'github',
    'website',
  ],
  statusRequired: false,
});
