import { type ColumnPlace, type DynamicColumn, definePlatform } from './platform.js';

const addOnHeader = /^\[addon:\s*(\d+)\]\s*(.*)$/is;

/**
 * Kickstarter's backer report, 2013 to 2025: one row per pledge. There is no reference by Kickstarter; the
 * header rows are those of public files and parsers, and the help pages on backer reports
 * (https://help.kickstarter.com/hc/en-us/articles/360047255814) describe the numbering.
 *
 * The header grew over the years: `Backer Id` (2013) became `Backer Number` and `Backer UID`; reward id, title,
 * add-ons and bonus support came later. Reports per reward tier leave columns out and append that tier's
 * survey questions.
 */
export const kickstarter = definePlatform({
  name: 'kickstarter',
  title: 'Kickstarter',
  evidence: 'Header rows seen in public files of 2013 to 2018 and in the code of importers up to 2025',
  signatures: [
    ['Backer Name', 'Pledged Status', 'Backer UID'],
    ['Backer Name', 'Pledged Status', 'Backer Number'],
    ['Backer Name', 'Pledged Status', 'Backer Id'],
    ['Pledged Status', 'Backing Minimum'],
    ['Pledged Status', 'Reward Minimum'],
    ['Backer UID', 'Pledge Amount'],
  ],
  signaturePatterns: [/^\[addon: \d+\]/],
  columns: [
    { field: 'externalId', headers: ['Backer Number', 'Backer Id'], required: true, usual: true },
    { field: 'backerExternalId', headers: ['Backer UID'] },
    { field: 'backerName', headers: ['Backer Name'], usual: true },
    { field: 'email', headers: ['Email'], usual: true },
    { field: 'status', headers: ['Pledged Status'], required: true, usual: true },
    { field: 'amount', headers: ['Pledge Amount'], required: true, usual: true },
    { field: 'shippingAmount', headers: ['Shipping Amount'] },
    { field: 'bonusAmount', headers: ['Bonus Support'] },
    { field: 'pledgedAt', headers: ['Pledged At', 'Pledged At (UTC)'], usual: true },
    { field: 'rewardId', headers: ['Reward ID'] },
    { field: 'rewardTitle', headers: ['Reward Title'] },
    { field: 'rewardPrice', headers: ['Backing Minimum', 'Reward Minimum'] },
    { field: 'fulfillment', headers: ['Fulfillment Status', 'Rewards Sent?'] },
    { field: 'notes', headers: ['Notes'], usual: true },
    { field: 'billingState', headers: ['Billing State/Province'] },
    { field: 'billingCountry', headers: ['Billing Country'] },
    { field: 'surveyAnsweredAt', headers: ['Survey Response'] },
    { field: 'shippingName', headers: ['Shipping Name'] },
    { field: 'shippingAddress1', headers: ['Shipping Address 1'] },
    { field: 'shippingAddress2', headers: ['Shipping Address 2'] },
    { field: 'shippingCity', headers: ['Shipping City'] },
    { field: 'shippingState', headers: ['Shipping State'] },
    { field: 'shippingPostalCode', headers: ['Shipping Postal Code'] },
    {
      field: 'shippingCountry',
      headers: ['Shipping Country Code', 'Shipping Country Name'],
      alternatives: true,
    },
    // Since 2014 `Shipping Country` is the zone chosen when pledging, present even without an address;
    // only the 2013 report has it as the country of the address.
    {
      field: 'shippingCountry',
      headers: ['Shipping Country'],
      onlyWith: ['Shipping Address 1'],
      onlyWithout: ['Shipping Country Name', 'Shipping Country Code', 'Backer UID'],
    },
    { field: 'shippingPhone', headers: ['Shipping Phone Number'] },
    { field: 'deliveryNotes', headers: ['Shipping Delivery Notes'] },
  ],
  kept: ['Shipping', 'Shipping Country', 'Late Pledge', 'Pledge Over Time', 'Amount Due', 'Amount Paid'],
  // A row ends early when its survey is not answered.
  shortRows: true,
  addressRequires: 'surveyAnsweredAt',
  blankAnswers: ['no response'],
  dynamicColumn,
});

/** Add-ons say so; between `Notes` and `Survey Response` stand counted items; everything else is a question. */
function dynamicColumn(place: ColumnPlace): DynamicColumn {
  const addOn = addOnHeader.exec(place.header);
  if (addOn?.[1] !== undefined) {
    return { role: 'add-on', key: addOn[1], name: addOn[2]?.trim() || `Add-on ${addOn[1]}` };
  }
  const notes = place.positionOf('notes');
  const survey = place.positionOf('survey response');
  // Reports of the add-on era whose reward has no survey end with their item columns.
  const lastItem =
    survey >= 0 ? survey : place.positionOf('backing minimum') >= 0 ? Number.POSITIVE_INFINITY : -1;
  if (notes >= 0 && place.position > notes && place.position < lastItem) {
    return { role: 'item', key: place.header, name: place.header };
  }
  return place.position > notes ? { role: 'question', question: place.header } : { role: 'unknown' };
}
