import { csvOf } from '../../export/csv.ts';
import { importFields } from '../../import/columns.ts';

/** An empty file with our column names and one example. */
export function templateCsv(): string {
  const example: Record<(typeof importFields)[number], string> = {
    email: 'ada@example.com',
    first_name: 'Ada',
    last_name: 'Lovelace',
    phone: '+44 20 7946 0123',
    company: 'Analytical Engines Ltd',
    address_line_1: '12 St James’s Square',
    address_line_2: '',
    city: 'London',
    state: '',
    postal_code: 'SW1Y 4JH',
    country: 'GB',
    tags: 'VIP, newsletter',
    accepts_marketing: 'yes',
    status: 'active',
  };
  return csvOf([importFields, importFields.map((field) => example[field])]);
}
