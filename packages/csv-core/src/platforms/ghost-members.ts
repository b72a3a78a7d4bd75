import { definePlatform } from './platform.js';

/**
 * Ghost's export of the members of a publication: people, also those who pay nothing. What a member pays is at Stripe
 * and not in the file.
 */
export const ghostMembers = definePlatform({
  name: 'ghost-members',
  title: 'Ghost members',
  evidence: 'Header rows in public issues of Ghost, 2020 to 2026',
  certainty: 0.95,
  signatures: [
    ['email', 'subscribed_to_emails', 'complimentary_plan'],
    ['email', 'complimentary_plan', 'stripe_customer_id'],
    ['email', 'subscribed_to_emails', 'labels'],
  ],
  columns: [
    { field: 'email', headers: ['email'], required: true, usual: true },
    { field: 'backerName', headers: ['name'], usual: true },
  ],
  ignored: [
    'id',
    'note',
    'subscribed_to_emails',
    'subscribed',
    'complimentary_plan',
    'stripe_customer_id',
    'created_at',
    'deleted_at',
    'labels',
    'products',
    'tiers',
  ],
  statusRequired: false,
  holdsPledges: false,
});
