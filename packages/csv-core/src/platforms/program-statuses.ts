import type { PledgeStatus } from '../schemas/pledge.js';
import { woocommerceStatuses } from './woocommerce-statuses.js';

const { processing: _, ...clearWoocommerceWords } = woocommerceStatuses;

/**
 * Words for the payment status that shops and payment programs write, for files of no known platform. A word that means
 * different things in different programs is left out (`closed`, `shipped`, and `processing` as WooCommerce means it).
 */
export const programStatuses: Readonly<Record<string, PledgeStatus>> = {
  ...clearWoocommerceWords,
  // Stripe. A disputed payment has been taken back until the dispute is decided.
  disputed: 'ERRORED',
  uncaptured: 'PENDING',
  'requires capture': 'PENDING',
  'requires action': 'PENDING',
  'requires confirmation': 'PENDING',
  'requires payment method': 'ERRORED',
  blocked: 'ERRORED',
  // PayPal.
  cleared: 'COLLECTED',
  uncleared: 'PENDING',
  unclaimed: 'PENDING',
  denied: 'ERRORED',
  reversed: 'REFUNDED',
  // Shops and tickets.
  confirmed: 'COLLECTED',
  captured: 'COLLECTED',
  'payment received': 'COLLECTED',
  attending: 'COLLECTED',
  'checked in': 'COLLECTED',
  'not attending': 'CANCELED',
  'partially paid': 'PENDING',
  'awaiting payment': 'PENDING',
  'payment pending': 'PENDING',
  'payment review': 'PENDING',
  'suspected fraud': 'PENDING',
  'payment declined': 'ERRORED',
  expired: 'ERRORED',
  // HelloAsso.
  validé: 'COLLECTED',
  validée: 'COLLECTED',
  refusé: 'ERRORED',
  refusée: 'ERRORED',
  contesté: 'ERRORED',
  contestée: 'ERRORED',
  abandonné: 'DROPPED',
  abandonnée: 'DROPPED',
  // Taobao, with the comma of either width.
  交易成功: 'COLLECTED',
  '买家已付款,等待卖家发货': 'COLLECTED',
  '买家已付款，等待卖家发货': 'COLLECTED',
  '卖家已发货,等待买家确认': 'COLLECTED',
  '卖家已发货，等待买家确认': 'COLLECTED',
  等待买家付款: 'PENDING',
  交易关闭: 'CANCELED',
  退款成功: 'REFUNDED',
};
