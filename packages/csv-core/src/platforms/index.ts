import { backerkit } from './backerkit.js';
import { backerkitMailingList } from './backerkit-mailing-list.js';
import { catarse } from './catarse.js';
import { catarseSubscriptions } from './catarse-subscriptions.js';
import { crowdox } from './crowdox.js';
import { etsy } from './etsy.js';
import { eventbrite } from './eventbrite.js';
import { gamefound } from './gamefound.js';
import { generic } from './generic.js';
import { ghostMembers } from './ghost-members.js';
import { goteo } from './goteo.js';
import { gumroad } from './gumroad.js';
import { indiegogo } from './indiegogo.js';
import { kickstarter } from './kickstarter.js';
import { koFi } from './ko-fi.js';
import { magento } from './magento.js';
import { mailchimpMembers } from './mailchimp-members.js';
import { openCollective } from './open-collective.js';
import { patreon } from './patreon.js';
import { paypal } from './paypal.js';
import { people } from './people.js';
import type { Platform } from './platform.js';
import { shopify } from './shopify.js';
import { shopifyCustomers } from './shopify-customers.js';
import { squarespace } from './squarespace.js';
import { stripe } from './stripe.js';
import { woocommerceAlgolplus } from './woocommerce-algolplus.js';
import { woocommerceSkyverge } from './woocommerce-skyverge.js';
import { woocommerceWebtoffee } from './woocommerce-webtoffee.js';

/** All platforms, the most specific first. `pnpm new:platform` adds a file and a line here. */
export const platforms: readonly Platform[] = [
  kickstarter,
  indiegogo,
  backerkit,
  backerkitMailingList,
  crowdox,
  gamefound,
  catarse,
  catarseSubscriptions,
  goteo,
  patreon,
  openCollective,
  shopify,
  woocommerceWebtoffee,
  woocommerceAlgolplus,
  woocommerceSkyverge,
  squarespace,
  magento,
  etsy,
  paypal,
  stripe,
  gumroad,
  koFi,
  eventbrite,
  shopifyCustomers,
  ghostMembers,
  mailchimpMembers,
  generic,
];

/** Platforms that are never detected: the sender must say that a file is of them. */
export const saidPlatforms: readonly Platform[] = [people];

/** The platform with that name, or undefined. */
export function findPlatform(name: string): Platform | undefined {
  return [...platforms, ...saidPlatforms].find((platform) => platform.name === name);
}
