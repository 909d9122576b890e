import { plainHeader } from '../columns.ts';
import { bigcommerce } from './bigcommerce.ts';
import { brevo } from './brevo.ts';
import { customerElements } from './customer-elements.ts';
import { hubspot } from './hubspot.ts';
import { klaviyo } from './klaviyo.ts';
import { magento } from './magento.ts';
import { mailchimp } from './mailchimp.ts';
import type { Platform } from './platform.ts';
import { prestashop } from './prestashop.ts';
import { shopify } from './shopify.ts';
import { square } from './square.ts';
import { stripe } from './stripe.ts';
import { systemeIo } from './systeme-io.ts';
import { wix } from './wix.ts';
import { woocommerce } from './woocommerce.ts';

/** The first whose fingerprint is there is it, so the one that asks for more comes first. */
export const platforms: readonly Platform[] = [
  customerElements,
  ...shopify,
  ...woocommerce,
  ...magento,
  bigcommerce,
  mailchimp,
  klaviyo,
  wix,
  square,
  brevo,
  ...prestashop,
  systemeIo,
  stripe,
  hubspot,
];

/** The platform whose headers these are. */
export function recognisePlatform(headers: readonly string[]): Platform | undefined {
  const present = new Set(headers.map(plainHeader));
  const has = (header: string): boolean => present.has(plainHeader(header));
  return platforms.find(
    ({ fingerprint, onlyHeaders }) =>
      fingerprint.every((part) => (typeof part === 'string' ? has(part) : part.some(has))) &&
      (!onlyHeaders || headers.every((header) => onlyHeaders.has(header))),
  );
}

export function platformNamed(id: string | undefined): Platform | undefined {
  return platforms.find((platform) => platform.id === id);
}
