import type { PledgeStatus } from '../schemas/pledge.js';

/** WooCommerce's own words that are not among the common ones, as the shop shows them and as its database has them. */
export const woocommerceStatuses: Readonly<Record<string, PledgeStatus>> = {
  // Paid, but not sent yet.
  processing: 'COLLECTED',
  'pending payment': 'PENDING',
  // The checkout was begun but not completed.
  'checkout draft': 'DROPPED',
  draft: 'DROPPED',
  'wc pending': 'PENDING',
  'wc processing': 'COLLECTED',
  'wc on hold': 'PENDING',
  'wc completed': 'COLLECTED',
  'wc cancelled': 'CANCELED',
  'wc refunded': 'REFUNDED',
  'wc failed': 'ERRORED',
  'wc checkout draft': 'DROPPED',
};
