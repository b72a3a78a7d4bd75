import { definePlatform } from './platform.js';

/**
 * Eventbrite's report of attendees, one row per ticket. Eventbrite does not document the file. American and British
 * header rows are quoted in several importers in public code. Both have the same columns, some with other words in
 * British files. The organiser's questions are columns of their own, after the fixed columns and among the addresses.
 *
 * - An order may have tickets of several people. `Attendee #` is the number of one ticket, with one price and one
 *   person, so it is the key. `Order #` is kept.
 * - Where the organiser asks only the buyer, all tickets of an order have the buyer's name and e-mail address.
 * - `Attendee Status` is about payment and attendance: a person who is expected or has come has a paid or free ticket.
 * - The file has the addresses that the organiser asked for. The shipping address is used before the home address.
 * - Dates are American (`11/29/24 22:28`) or ISO with an offset, by the settings of the account.
 */
export const eventbrite = definePlatform({
  name: 'eventbrite',
  title: 'Eventbrite',
  evidence:
    'American and British header rows and status words in the code of importers, up to 2026; no file seen',
  certainty: 0.95,
  signatures: [
    ['Eventbrite Fees', 'Attendee Status'],
    ['Attendee #', 'Attendee Status'],
    ['Attendee no.', 'Attendee Status'],
    ['Attendee #', 'Order #', 'Ticket Type'],
  ],
  decimalMark: '.',
  columns: [
    { field: 'externalId', headers: ['Attendee #', 'Attendee no.'], required: true, usual: true },
    { field: 'firstName', headers: ['First Name'], usual: true },
    { field: 'lastName', headers: ['Last Name', 'Surname'], usual: true },
    { field: 'email', headers: ['Email'], usual: true },
    { field: 'status', headers: ['Attendee Status'], required: true, usual: true },
    { field: 'amount', headers: ['Total Paid'], usual: true },
    { field: 'currency', headers: ['Currency'] },
    { field: 'pledgedAt', headers: ['Order Date'], usual: true },
    { field: 'rewardTitle', headers: ['Ticket Type'], usual: true },
    { field: 'quantity', headers: ['Quantity'], usual: true },
    { field: 'shippingAddress1', headers: ['Shipping Address 1'] },
    { field: 'shippingAddress2', headers: ['Shipping Address 2'] },
    { field: 'shippingCity', headers: ['Shipping City'] },
    { field: 'shippingState', headers: ['Shipping State', 'Shipping County'] },
    { field: 'shippingPostalCode', headers: ['Shipping Zip', 'Shipping Postcode'] },
    { field: 'shippingCountry', headers: ['Shipping Country'] },
    { field: 'shippingAddress1', headers: ['Home Address 1'], onlyWithout: ['Shipping Address 1'] },
    { field: 'shippingAddress2', headers: ['Home Address 2'], onlyWithout: ['Shipping Address 1'] },
    { field: 'shippingCity', headers: ['Home City'], onlyWithout: ['Shipping Address 1'] },
    {
      field: 'shippingState',
      headers: ['Home State', 'County of Residence'],
      onlyWithout: ['Shipping Address 1'],
    },
    {
      field: 'shippingPostalCode',
      headers: ['Home Zip', 'Home Postcode'],
      onlyWithout: ['Shipping Address 1'],
    },
    { field: 'shippingCountry', headers: ['Home Country'], onlyWithout: ['Shipping Address 1'] },
    { field: 'shippingPhone', headers: ['Mobile Phone', 'Cell Phone'] },
    { field: 'billingState', headers: ['Billing State', 'Billing State/Province/County'] },
    { field: 'billingCountry', headers: ['Billing Country'] },
  ],
  kept: [
    'Event Name',
    'Event ID',
    'Order #',
    'Order no.',
    'Price Tier',
    'Group',
    'Order Type',
    'Fees Paid',
    'Eventbrite Fees',
    'Eventbrite Payment Processing',
    'Prefix',
    'Birth Date',
    'Job Title',
    'Company',
    'Website',
    'Home Address 1',
    'Home Address 2',
    'Home City',
    'Home State',
    'County of Residence',
    'Home Zip',
    'Home Postcode',
    'Home Country',
    'Billing Address 1',
    'Billing Address 2',
    'Billing City',
    'Billing Zip',
    'Billing Postcode',
  ],
  statuses: {
    attending: 'COLLECTED',
    'checked in': 'COLLECTED',
    'not attending': 'CANCELED',
  },
  dynamicColumn: ({ header, position, positionOf }) => {
    const last = positionOf('attendee status');
    const isQuestion = last >= 0 && position > last;
    return isQuestion ? { role: 'question', question: header } : { role: 'unknown' };
  },
});
