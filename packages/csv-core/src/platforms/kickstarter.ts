import type { ColumnPlace, DynamicColumn } from '../header/column-rules.js';
import { definePlatform } from './platform.js';

const addOnHeader = /^\[addon:\s*(\d+)\]\s*(.*)$/is;

/**
 * Kickstarter's backer report, 2013 to 2025: one row per pledge. Kickstarter does not document the file. The header
 * rows are those of public files and parsers. The help pages on backer reports
 * (https://help.kickstarter.com/hc/en-us/articles/360047255814) describe the numbering.
 *
 * Importers of 2025 also read `<sku> Count`, which repeats the column of an item, and `<sku> <item>: <question>`. No
 * such file was seen. Units are read from the item's own column, and the other column is kept with the pledge.
 *
 * The header changed over the years: `Backer Id` (2013) became `Backer Number` and `Backer UID`; reward id, title,
 * add-ons and bonus support were added later. Reports per reward tier have fewer columns, and the survey questions of
 * the tier at the end.
 */
export const kickstarter = definePlatform({
  name: 'kickstarter',
  title: 'Kickstarter',
  evidence: 'Header rows seen in public files of 2013 to 2018 and in the code of importers up to 2025',
  signatures: [
    ['Backer Name', 'Pledged Status', 'Backer UID'],
    ['Backer Name', 'Pledged Status', 'Backer Number'],
    ['Backer Name', 'Pledged Status', 'Backer Id'],
    ['Pledged Status', 'Backer UID'],
    ['Pledged Status', 'Backer Number'],
    ['Pledged Status', 'Backing Minimum'],
    ['Pledged Status', 'Reward Minimum'],
    ['Backer UID', 'Backer Number'],
    ['Backer UID', 'Pledge Amount'],
    ['Backer Number', 'Backing Minimum'],
    ['Backer Number', 'Reward Minimum'],
  ],
  signaturePatterns: [/^\[addon: \d+\]/],
  decimalMark: '.',
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
    // Since 2014 `Shipping Country` is the shipping zone chosen with the pledge, also without an address. Only in the
    // report of 2013 it is the country of the address.
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
  addressRequires: { header: 'Survey Response' },
  blankAnswers: ['no response'],
  dynamicColumn,
});

/**
 * `[Addon: …]` is an add-on, columns between `Notes` and `Survey Response` count items, and later ones are questions.
 */
function dynamicColumn(place: ColumnPlace): DynamicColumn {
  const addOn = addOnHeader.exec(place.header);
  if (addOn?.[1] !== undefined) {
    return { role: 'add-on', key: addOn[1], name: addOn[2]?.trim() || `Add-on ${addOn[1]}` };
  }
  const key = place.keys[place.position] ?? '';
  if (isItemQuestion(key, place.keys)) return { role: 'question', question: place.header };
  // Counts the same units a second time.
  if (isSecondCount(key, place.keys)) return { role: 'unknown' };
  const notes = place.positionOf('notes');
  const survey = place.positionOf('survey response');
  // Reports with add-ons whose reward has no survey end with their item columns.
  const lastItem =
    survey >= 0 ? survey : place.positionOf('backing minimum') >= 0 ? Number.POSITIVE_INFINITY : -1;
  if (notes >= 0 && place.position > notes && place.position < lastItem) {
    return { role: 'item', key: place.header, name: place.header };
  }
  return place.position > notes ? { role: 'question', question: place.header } : { role: 'unknown' };
}

/** The names of items and SKUs that a header row seems to have. */
interface Names {
  /** Headers by their letters and digits alone: `ambient one` is the item with the SKU `ambientone`. */
  readonly byLetters: ReadonlyMap<string, string>;
  /** The SKUs of columns `<sku> Count`. */
  readonly skus: readonly string[];
  /** Headers with a colon, which may be questions about an item. */
  readonly questions: readonly string[];
}

const countColumn = /^(.+) count$/;
const namesOfKeys = new WeakMap<readonly string[], Names>();

function namesIn(keys: readonly string[]): Names {
  const before = namesOfKeys.get(keys);
  if (before !== undefined) return before;
  const names = {
    byLetters: new Map(keys.map((key) => [lettersOf(key), key])),
    skus: keys.flatMap((key) => countColumn.exec(key)?.[1] ?? []),
    questions: keys.filter((key) => key.includes(':')),
  };
  namesOfKeys.set(keys, names);
  return names;
}

function lettersOf(key: string): string {
  return key.replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Whether a header is like `ambientone ambient one engraving: Which text?`: the SKU, the item, then a question. */
function isItemQuestion(key: string, keys: readonly string[]): boolean {
  if (!key.includes(':')) return false;
  const { byLetters, skus } = namesIn(keys);
  const firstWord = key.slice(0, key.indexOf(' '));
  const item = byLetters.get(firstWord);
  if (item !== undefined && item !== firstWord && key.startsWith(`${firstWord} ${item}`)) return true;
  return skus.some((sku) => key.startsWith(`${sku} `));
}

/**
 * Whether a header is like `ambientone Count`, and the file has `ambient one` or a question with the SKU and the item.
 */
function isSecondCount(key: string, keys: readonly string[]): boolean {
  const sku = countColumn.exec(key)?.[1];
  if (sku === undefined) return false;
  const { byLetters, questions } = namesIn(keys);
  if (byLetters.has(lettersOf(sku))) return true;
  return questions.some((question) => {
    if (!question.startsWith(`${sku} `)) return false;
    const words = question.slice(sku.length + 1, question.indexOf(':')).split(' ');
    return words.some((_, count) => byLetters.has(lettersOf(words.slice(0, count + 1).join(' '))));
  });
}
