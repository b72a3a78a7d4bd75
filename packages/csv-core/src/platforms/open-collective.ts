import { definePlatform } from './platform.js';

/**
 * Open Collective's lists of the people who gave to a collective. Read from the exporter itself:
 * github.com/opencollective/opencollective-rest at 35c69f62 (2026), `src/server/controllers/account-contributors.js`
 * (`<collective>-contributors.csv`) and `members.js` (`/<collective>/members/all.csv`). No file was seen.
 *
 * Contributors: one row per contributor. The columns and their order depend on the URL from which the file is
 * downloaded; only `contributorUrl`, the key, is required. Earlier headers were `activeRecurringContribution…`,
 * `firstContributionDate` and `email`, and the tier was its slug.
 *
 * - The amount of the pledge is the total of all contributions so far (`totalContributions`). The file has no refunds.
 *   `recurringContributionStatus` (`ACTIVE`, `PAUSED`, `CANCELLED`) is about future contributions, so it is kept and is
 *   not the status of the pledge.
 * - The tier is that of the recurring contribution, if there is one.
 * - The address is that of the profile, all lines in one cell.
 * - A person with two memberships may have two rows with the same total, which become one pledge.
 * - Without an option to get all, the file ends after a thousand contributors with a line that warns of it
 *   (`Warning: totalCount is …`). This line is rejected as a row.
 *
 * Members: one row per membership, with a number of its own (`MemberId`). Administrators and followers are members who
 * gave nothing, so `role` is kept. `totalAmountDonated` is in the currency of the last transaction. For members without
 * a transaction, `lastTransactionAt` is the time of the export.
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
