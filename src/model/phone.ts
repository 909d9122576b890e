import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/min';

export type PhoneReading =
  /** Not valid but possible: a range that isn't given out, or not yet known. */
  | { phone: string; isValid: boolean }
  /** `destroyed`: a spreadsheet turned it into 4.91512E+11, so digits are lost. */
  | { problem: 'phone_unreadable' | 'phone_destroyed' };

/** E.164; a number written without + is read in the row's country. */
export function readPhone(cell: string, country: string | undefined): PhoneReading {
  if (/^[+-]?\d+([.,]\d+)?E\+?\d+$/i.test(cell)) return { problem: 'phone_destroyed' };
  const number = parse(cell, country);
  if (number?.isPossible()) return { phone: number.number, isValid: number.isValid() };
  // Mexico dropped the 1 of mobile numbers in 2019, and old lists still have it.
  const mexican = /^\+521(\d{10})$/.exec(number?.number ?? '');
  return mexican ? { phone: `+52${mexican[1]}`, isValid: true } : { problem: 'phone_unreadable' };
}

/** As it is written internationally, "+49 1512 3456789"; what is no such number stays as it is. */
export function formatPhone(phone: string): string {
  return phone.startsWith('+') ? (parse(phone)?.formatInternational() ?? phone) : phone;
}

function parse(text: string, country?: string): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, country as CountryCode | undefined);
}
