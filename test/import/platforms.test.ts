import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mapColumns } from '../../src/import/mapping.ts';
import { ReadError } from '../../src/import/read-error.ts';
import { readFile, type FileReading } from '../../src/import/read-file.ts';
import type { ImportRow } from '../../src/model/import.ts';

const read = (text: string, fileName = 'export.csv'): Promise<FileReading> =>
  readFile(new Blob([text]), { fileName });

/** One line of a file with these cells in the columns of a header, and nothing in the others. */
function line(header: string, cells: Record<string, string>, delimiter = ','): string {
  const names = header.split(delimiter);
  for (const name of Object.keys(cells)) assert.ok(names.includes(name), `${name} is a column`);
  return names
    .map((name) => cells[name] ?? '')
    .map((cell) => (/[",;\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(delimiter);
}

/** Reads records of a platform as it writes them. */
async function readRecords(
  header: string,
  records: Record<string, string>[],
  { delimiter = ',', fileName = 'export.csv' } = {},
): Promise<FileReading> {
  return read([header, ...records.map((cells) => line(header, cells, delimiter))].join('\n'), fileName);
}

/** A record without its number and metadata. */
function fields(record: ImportRow): object {
  const entries = Object.entries(record).filter(([name]) => name !== 'row' && name !== 'metadata');
  return Object.fromEntries(entries);
}

const headers = {
  shopify_template:
    'First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt',
  shopify_old:
    'First Name,Last Name,Email,Company,Address1,Address2,City,Province,Province Code,Country,Country Code,Zip,Phone,Accepts Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt',
  shopify_export:
    'Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags',
  woocommerce_report:
    'Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code,Billing Phone,Shipping Phone,Role',
  magento_address:
    '_website,_email,_entity_id,city,company,country_id,fax,firstname,lastname,middlename,postcode,prefix,region,region_id,street,suffix,telephone,vat_id,vat_is_valid,vat_request_date,vat_request_id,vat_request_success,_address_default_billing_,_address_default_shipping_',
  magento_composite:
    'email,_website,_store,confirmation,created_at,created_in,disable_auto_group_change,dob,firstname,gender,group_id,lastname,middlename,password_hash,prefix,rp_token,rp_token_created_at,store_id,suffix,taxvat,website_id,password,_address_city,_address_company,_address_country_id,_address_fax,_address_firstname,_address_lastname,_address_middlename,_address_postcode,_address_prefix,_address_region,_address_street,_address_suffix,_address_telephone,_address_vat_id,_address_default_billing_,_address_default_shipping_',
  bigcommerce:
    'Email Address,First Name,Last Name,Company,Phone,Notes,Store Credit,Customer Group,Address ID - 1,Address First Name - 1,Address Last Name - 1,Address Company - 1,Address Line 1 - 1,Address Line 2 - 1,Address City - 1,Address State - 1,Address Zip - 1,Address Country - 1,Address Phone - 1,Address ID - 2,Address First Name - 2,Address Last Name - 2,Address Company - 2,Address Line 1 - 2,Address Line 2 - 2,Address City - 2,Address State - 2,Address Zip - 2,Address Country - 2,Address Phone - 2,Receive Review/Abandoned Cart Emails?,Tax Exempt Category,Customer ID',
  prestashop:
    'ID;Social title;First name;Last name;Email address;Company;Sales;Enabled;Newsletter;Partner offers;Registration;Last visit',
  prestashop_16:
    'ID;Title;Last name;First Name;Email address;Age;Enabled;News.;Opt.;Registration;Last visit;',
  hubspot:
    'Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Create Date,Company Name,Country/Region,State/Region,City,Postal Code,Street Address,Marketing contact status,Contact owner',
  klaviyo:
    'Email,Klaviyo ID,First Name,Last Name,Phone Number,City,State / Region,Country,Zip Code,Source,Email Marketing Consent,Profile Created On,Date Added',
  wix: 'First Name,Last Name,Email 1,Email 2,Phone 1,Phone 2,Address 1 - Type,Address 1 - Street,Address 1 - Street Line 2,Address 1 - City,Address 1 - State/Region,Address 1 - Zip,Address 1 - Country,Address 2 - Type,Address 2 - Street,Address 2 - City,Address 2 - Zip,Address 2 - Country,Company,Birthdate,Labels,Created At (UTC+0),Email subscriber status,SMS subscriber status,Last Activity,Last Activity Date (UTC+0),Source,Language',
  square:
    'Reference ID,First Name,Last Name,Email Address,Phone Number,Nickname,Company Name,Street Address 1,Street Address 2,City,State,Postal Code,Birthday,Memo,Square Customer ID,Creation Source,First Visit,Last Visit,Transaction Count,Lifetime Spend,Email Subscription Status,Instant Profile,Blocked from online booking',
  brevo: 'EMAIL;LASTNAME;FIRSTNAME;SMS;EMAIL_BLACKLISTED;SMS_BLACKLISTED;ADDED_TIME;MODIFIED_TIME',
  systeme_io: 'Email,First name,Surname,Phone number,Country,Tags,Date registered',
  mailchimp:
    'Email Address,First Name,Last Name,Address,Phone Number,Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS',
  stripe:
    'id,Description,Email,Name,Created (UTC),Delinquent,Plan,Status,Total Spend,Payment Count,Refunded Volume,Dispute Losses,tag (metadata)',
};

describe('a platform', () => {
  it('is known by its headers in any order, and no two are taken for each other', () => {
    const ids = new Set<string>();
    for (const header of Object.values(headers)) {
      const names = header.split(header.includes(';') ? ';' : ',');
      const mapping = mapColumns(names);
      const turned = mapColumns(names.toReversed().filter(Boolean));
      assert.ok(mapping.platform, header);
      assert.equal(turned.platform?.id, mapping.platform.id);
      ids.add(mapping.platform.id);
    }
    assert.equal(ids.size, Object.keys(headers).length - 1); // Shopify's two templates are one
  });

  it('never maps silently what only looks like a field', () => {
    const targetOf = (header: string, column: string): unknown => {
      const mapping = mapColumns(header.split(','));
      const target = mapping.columns.find((candidate) => candidate.header === column)?.target;
      if (target?.kind !== 'field') return target?.kind;
      return target.address ? `address ${target.address}: ${target.field}` : target.field;
    };
    assert.equal(targetOf(headers.shopify_export, 'Default Address Province Code'), 'state');
    assert.equal(targetOf(headers.shopify_export, 'Accepts SMS Marketing'), 'metadata');
    assert.equal(targetOf(headers.woocommerce_report, 'Last Active'), 'metadata');
    assert.equal(targetOf(headers.woocommerce_report, 'Name'), 'full_name');
    assert.equal(targetOf(headers.wix, 'Email 2'), 'metadata');
    assert.equal(targetOf(headers.bigcommerce, 'Address First Name - 1'), 'address 1: first_name');
    assert.equal(targetOf(headers.hubspot, 'Marketing contact status'), 'metadata');
    assert.equal(targetOf(headers.stripe, 'Status'), 'metadata');
    assert.equal(targetOf(headers.mailchimp, 'REGION'), 'metadata');
  });
});

describe('Shopify', () => {
  it('writes one apostrophe before ids, phones and zips; Phone wins over the phone of the address', async () => {
    const { rows } = await readRecords(`${headers.shopify_export},Accepts WhatsApp Marketing`, [
      {
        'Customer ID': "'6900000000000",
        Email: 'emma@example.com',
        'Accepts Email Marketing': 'yes',
        'Accepts SMS Marketing': 'no',
        'Accepts WhatsApp Marketing': 'no',
        'Default Address Zip': "'D02 X285",
        'Default Address Country Code': 'IE',
        'Default Address Phone': "'+35315550124",
        Phone: "'+35315550123",
        Tags: 'VIP, vip, VIP, ',
      },
      {
        Email: 'only@example.com',
        'Accepts Email Marketing': 'no',
        'Default Address Phone': "'+35315550124",
      },
    ]);
    assert.deepEqual(fields(rows[0]!), {
      email: 'emma@example.com',
      phone: '+35315550123',
      accepts_marketing: true,
      tags: ['VIP', 'vip'],
      postal_code: 'D02 X285',
      country: 'IE',
    });
    assert.equal(rows[0]?.metadata?.['Customer ID'], '6900000000000');
    assert.equal(rows[0]?.metadata?.['Default Address Phone'], '+35315550124');
    assert.deepEqual([rows[1]?.phone, rows[1]?.accepts_marketing], ['+35315550124', false]);
  });

  it('has two templates, with the code of province and country before their names', async () => {
    for (const [header, consent] of [
      [headers.shopify_template, 'Accepts Email Marketing'],
      [headers.shopify_old, 'Accepts Marketing'],
    ] as const) {
      const { platform, rows } = await readRecords(header, [
        {
          Email: 'jf@example.com',
          [consent]: 'yes',
          Province: 'Ontario',
          'Province Code': 'ON',
          Country: 'Canada',
          'Country Code': 'CA',
          Phone: '(613) 555-0123',
        },
        { Email: 'by.name@example.com', Province: 'Ontario', Country: 'Canada' },
      ]);
      assert.equal(platform?.id, 'shopify_template');
      const [{ state, country, phone, accepts_marketing } = {}, byName] = rows as Partial<ImportRow>[];
      assert.deepEqual([state, country, phone, accepts_marketing], ['ON', 'CA', '+16135550123', true]);
      assert.deepEqual([byName?.state, byName?.country], ['Ontario', 'CA']);
    }
  });
});

describe('WooCommerce', () => {
  it('reports the name in one column, guards a phone, and says nothing of consent', async () => {
    const cells = line(headers.woocommerce_report, {
      Name: 'Chloë van der Berg',
      Email: 'chloe@example.com',
      'Country / Region': 'NL',
      City: 'Utrecht',
      Region: 'UT',
      'Postal Code': '3511 AA',
      'Billing Phone': "'+31201234567",
      'Shipping Phone': "'+31207654321",
      'Last Active': '2024-01-31 10:00:00',
    });
    const { rows, platform } = await read(`\ufeff${headers.woocommerce_report}\n${cells}`);
    assert.equal(platform?.id, 'woocommerce_report');
    assert.deepEqual(fields(rows[0]!), {
      email: 'chloe@example.com',
      first_name: 'Chloë',
      last_name: 'van der Berg',
      phone: '+31201234567',
      city: 'Utrecht',
      state: 'UT',
      postal_code: '3511 AA',
      country: 'NL',
    });
    assert.equal(rows[0]?.metadata?.['Shipping Phone'], '+31207654321');
  });

  it('of one page or older, with fewer columns and other capitals, is the same report', () => {
    const header =
      'Name,Username,Last active,Date registered,Email,Orders,Total spend,AOV,Country / Region,City,Region,Postal code';
    assert.equal(mapColumns(header.split(',')).platform?.id, 'woocommerce_report');
  });
});

describe('Magento', () => {
  const main = {
    email: 'zoe@example.com',
    _website: 'base',
    firstname: 'Zoë',
    lastname: 'Müller',
    password_hash: 'd708be3f:mgLq:1',
    rp_token: '07e71459',
    _address_firstname: 'Zoë',
    _address_lastname: 'Müller',
    _address_street: 'Gärtnerstraße 12\nHinterhaus\n2. OG',
    _address_city: 'Berlin',
    _address_region: 'Berlin',
    _address_postcode: '10115',
    _address_country_id: 'DE',
    _address_telephone: '030 / 23125-012',
    _address_default_billing_: '1',
  };
  const second = {
    _address_firstname: 'Łukasz',
    _address_lastname: 'Wójcik',
    _address_street: 'ul. Prosta 1',
    _address_city: 'Łódź',
    _address_postcode: '90-001',
    _address_country_id: 'PL',
    _address_telephone: '22 123 45 67',
    _address_default_shipping_: '1',
  };

  it('continues a customer in a row without an e-mail, which is no invalid record', async () => {
    const { rows, counts, records } = await readRecords(headers.magento_composite, [
      main,
      second,
      { firstname: 'Nobody' },
      { email: 'bob@example.com', firstname: 'Bob' },
      { email: 'BOB@example.com', _website: 'ws1' },
      second,
    ]);
    assert.deepEqual(counts, { ready: 2, invalid: 1, duplicate: 1, continuation: 2, left_out: 0 });
    assert.equal(records, 4);
    assert.deepEqual(fields(rows[0]!), {
      email: 'zoe@example.com',
      first_name: 'Zoë',
      last_name: 'Müller',
      phone: '+493023125012',
      address_line_1: 'Gärtnerstraße 12',
      address_line_2: 'Hinterhaus, 2. OG',
      city: 'Berlin',
      state: 'Berlin',
      postal_code: '10115',
      country: 'DE',
      addresses: [
        {
          first_name: 'Łukasz',
          last_name: 'Wójcik',
          phone: '+48221234567',
          address_line_1: 'ul. Prosta 1',
          city: 'Łódź',
          postal_code: '90-001',
          country: 'PL',
          is_default_shipping: true,
        },
      ],
    });
    // The second row of `second` follows a duplicate, so it is nobody's.
    assert.equal(rows[1]?.addresses, undefined);
  });

  it('never shows or keeps a password hash or token', async () => {
    const reading = await readRecords(headers.magento_composite, [main]);
    assert.doesNotMatch(JSON.stringify(reading), /d708be3f|07e71459/);
  });

  it('lists addresses by customer: a repeated e-mail adds its address to the first', async () => {
    const address = { _website: 'base', _email: 'ann@example.com', firstname: 'Ann', lastname: 'Lee' };
    const { rows, problems } = await readRecords(headers.magento_address, [
      { ...address, street: 'High St 1', city: 'Leeds', country_id: 'GB', telephone: '0113 496 0000' },
      { ...address, street: 'Low St 2', city: 'York', country_id: 'GB', postcode: 'YO1' },
      { ...address, street: 'high st 1', city: 'Leeds', country_id: 'GB' },
    ]);
    assert.deepEqual(
      problems.map(({ row, code, of }) => [row, code, of]),
      [
        [3, 'duplicate', 2],
        [4, 'duplicate', 2],
      ],
    );
    assert.deepEqual(
      [rows[0]?.phone, rows[0]?.addresses?.map(({ city }) => city)],
      ['+441134960000', ['York']],
    );
  });
});

describe('BigCommerce', () => {
  it('numbers its addresses, spells state and country out, and asks for consent in a column of its own', async () => {
    const { rows } = await readRecords(headers.bigcommerce, [
      {
        'Email Address': 'grace@example.com',
        'First Name': 'Grace',
        'Last Name': 'Lee',
        Company: 'Lee LLC',
        Phone: '202-555-0146',
        'Address First Name - 1': 'Office',
        'Address Line 1 - 1': '99 Elm St.',
        'Address Line 2 - 1': 'Apt #4B',
        'Address City - 1': 'Boston',
        'Address State - 1': 'Massachusetts',
        'Address Zip - 1': '02101',
        'Address Country - 1': 'United States',
        'Address First Name - 2': 'Min',
        'Address Line 1 - 2': '7 Lake Rd',
        'Address City - 2': 'Portland',
        'Address State - 2': 'Oregon',
        'Address Country - 2': 'United States',
        'Receive Review/Abandoned Cart Emails?': 'N',
        'Customer Group': 'Wholesale',
      },
    ]);
    assert.deepEqual(fields(rows[0]!), {
      email: 'grace@example.com',
      first_name: 'Grace',
      last_name: 'Lee',
      phone: '+12025550146',
      company: 'Lee LLC',
      address_line_1: '99 Elm St.',
      address_line_2: 'Apt #4B',
      city: 'Boston',
      state: 'Massachusetts',
      postal_code: '02101',
      country: 'US',
      accepts_marketing: false,
      addresses: [
        {
          first_name: 'Min',
          address_line_1: '7 Lake Rd',
          city: 'Portland',
          state: 'Oregon',
          country: 'US',
        },
      ],
    });
    assert.equal(rows[0]?.metadata?.['Customer Group'], 'Wholesale');
    assert.equal(rows[0]?.metadata?.['Address First Name - 1'], 'Office');
  });
});

describe('PrestaShop', () => {
  it('reads Newsletter as consent and Partner offers as none', async () => {
    const { rows, delimiter } = await readRecords(
      headers.prestashop,
      [
        {
          ID: '1',
          'Social title': 'Mr.',
          'First name': 'Ethan',
          'Last name': 'Clark',
          'Email address': 'ethan@example.com',
          Sales: '€1.234,50',
          Enabled: '0',
          Newsletter: '0',
          'Partner offers': '1',
        },
      ],
      { delimiter: ';' },
    );
    assert.equal(delimiter, ';');
    assert.deepEqual(fields(rows[0]!), {
      email: 'ethan@example.com',
      first_name: 'Ethan',
      last_name: 'Clark',
      accepts_marketing: false,
      status: 'inactive',
    });
    assert.equal(rows[0]?.metadata?.Sales, '€1.234,50');
  });

  it('translates its headers', async () => {
    for (const header of [
      'ID;Anrede;Vorname;Nachname;E-Mail-Adresse;Firma;Umsatz;Aktiviert;Newsletter;Partnerangebote;Registrierung;Letzter Besuch',
      'ID;Titre de civilité;Prénom;Nom;Adresse e-mail;Société;Ventes;Activé;Newsletter;Offres partenaires;Inscription;Dernière visite',
      'ID;Tratamiento;Nombre;Apellidos;Dirección de correo electrónico;Empresa;Ventas;Activado;Boletín de noticias;Ofertas de socios;Registro;Última visita',
      'ID;Titolo;Nome;Cognome;Indirizzo email;Azienda;Vendite;Attivato;Newsletter;Offerte partner;Registrazione;Ultima visita',
      'ID;Tytuł;Imię;Nazwisko;Adres e-mail;Firma;Sprzedaż;Włączony;Newsletter;Oferty partnerów;Rejestracja;Ostatnia wizyta',
    ]) {
      const { rows, platform } = await read(
        `${header}\n1;M.;Lucas;Silva;lucas@example.com;ACME;0,00 €;1;1;0;2024-01-02 03:04:05;`,
      );
      assert.equal(platform?.id, 'prestashop', header);
      assert.deepEqual(fields(rows[0]!), {
        email: 'lucas@example.com',
        first_name: 'Lucas',
        last_name: 'Silva',
        company: 'ACME',
        accepts_marketing: true,
        status: 'active',
      });
    }
  });

  it('of 1.6 ends lines with a semicolon and writes - for no age', async () => {
    const { rows, warnings } = await read(
      `${headers.prestashop_16}\n1;1;Clark;Ethan;ethan@example.com;-;1;1;0;2024-01-02;2024-01-03;\n`,
    );
    assert.deepEqual(fields(rows[0]!), {
      email: 'ethan@example.com',
      first_name: 'Ethan',
      last_name: 'Clark',
      accepts_marketing: true,
      status: 'active',
    });
    assert.ok(!('Age' in rows[0]!.metadata!));
    assert.deepEqual(warnings, []);
  });

  it('of 1.7.6 that wrote first names for e-mails is refused in one message', async () => {
    await assert.rejects(
      readRecords(
        headers.prestashop,
        ['Ann', 'Bob'].map((name) => ({ 'First name': name, 'Last name': name, 'Email address': name })),
        { delimiter: ';' },
      ),
      (error: unknown) => {
        assert.ok(error instanceof ReadError);
        assert.deepEqual([error.code, error.detail], ['first_names_for_emails', 'Email address']);
        return true;
      },
    );
  });
});

describe('Stripe', () => {
  it('writes one name, which may be a company or missing, and a tag in metadata', async () => {
    const { rows } = await readRecords(headers.stripe, [
      { Email: 'a@example.com', Name: 'Aoife Ní Bhriain', 'tag (metadata)': 'vip', Status: 'active' },
      { Email: 'b@example.com', Name: 'Müller & Söhne GmbH' },
      { Email: 'c@example.com' },
    ]);
    assert.deepEqual(fields(rows[0]!), {
      email: 'a@example.com',
      first_name: 'Aoife',
      last_name: 'Ní Bhriain',
      tags: ['vip'],
    });
    assert.deepEqual(fields(rows[1]!), { email: 'b@example.com', company: 'Müller & Söhne GmbH' });
    assert.deepEqual(fields(rows[2]!), { email: 'c@example.com' });
  });
});

describe('Mailchimp', () => {
  const one = { 'Email Address': 'a@example.com', TAGS: '"VIP","Blog, daily"', CC: 'DE' };

  it('says consent in its file name: taken away at once, given only with somebody’s word', async () => {
    const consentIn = async (fileName: string) => {
      const reading = await readRecords(headers.mailchimp, [one], { fileName });
      return [reading.platform?.name, reading.consentOffer, reading.rows[0]?.accepts_marketing];
    };
    assert.deepEqual(await consentIn('subscribed_members_export_ba473dc14f.csv'), [
      'Mailchimp audience export (subscribed)',
      true,
      undefined,
    ]);
    assert.deepEqual(await consentIn('unsubscribed_members_export_ba473dc14f.csv'), [
      'Mailchimp audience export (unsubscribed)',
      false,
      false,
    ]);
    assert.deepEqual(await consentIn('cleaned_members_export_x.csv'), [
      'Mailchimp audience export (cleaned)',
      false,
      false,
    ]);
    assert.deepEqual(await consentIn('list.csv'), ['Mailchimp audience export', null, undefined]);
    const agreed = await readFile(new Blob([`${headers.mailchimp}\n${line(headers.mailchimp, one)}`]), {
      fileName: 'subscribed_members_export_1.csv',
      settings: { consent: true },
    });
    assert.equal(agreed.rows[0]?.accepts_marketing, true);
  });

  it('lists tags as CSV in the cell and the address in one, its parts two blanks apart', async () => {
    const { rows } = await readRecords(headers.mailchimp, [
      { ...one, Address: '99 Elm St.  Apt #4B  Boston  MA  02101  US' },
      {
        'Email Address': 'b@example.com',
        Address: '1 George St  Sydney  New South Wales  2000  AU',
        CC: 'NZ',
      },
      { 'Email Address': 'c@example.com', Address: 'شارع الشيخ زايد 100  دبي  DU  AE' },
      { 'Email Address': 'd@example.com', Address: 'PO Box 7, Albany' },
    ]);
    assert.deepEqual(fields(rows[0]!), {
      email: 'a@example.com',
      tags: ['VIP', 'Blog, daily'],
      address_line_1: '99 Elm St.',
      address_line_2: 'Apt #4B',
      city: 'Boston',
      state: 'MA',
      postal_code: '02101',
      country: 'US',
    });
    assert.deepEqual(
      rows.slice(1).map(({ city, state, country }) => [city, state, country]),
      [
        ['Sydney', 'New South Wales', 'AU'],
        ['دبي', 'DU', 'AE'],
        [undefined, undefined, undefined],
      ],
    );
  });

  it('begins with whatever fields an audience has', async () => {
    const header = headers.mailchimp
      .replace('Email Address,First Name,Last Name', 'E-Mail-Adresse,Vorname,Nachname')
      .replace('Phone Number', 'Telefon');
    const { rows, platform } = await readRecords(header, [
      {
        'E-Mail-Adresse': 'a@example.com',
        Vorname: 'Zoë',
        Nachname: 'Müller',
        Telefon: '030 23125012',
        CC: 'DE',
      },
    ]);
    assert.equal(platform?.id, 'mailchimp');
    assert.deepEqual(fields(rows[0]!), {
      email: 'a@example.com',
      first_name: 'Zoë',
      last_name: 'Müller',
      phone: '+493023125012',
      country: 'DE',
    });
  });
});

describe('HubSpot', () => {
  it('is no consent by its marketing contact status, and names countries', async () => {
    const { rows } = await readRecords(headers.hubspot, [
      {
        'Record ID': '101',
        'First Name': 'Mia',
        'Last Name': 'Roux',
        Email: 'mia@example.com',
        'Phone Number': '+33 6 00 00 00 14',
        'Company Name': 'Roux SARL',
        'Country/Region': 'France',
        'State/Region': 'Rhône',
        City: 'Lyon',
        'Postal Code': '69002',
        'Street Address': '8 quai de Saône',
        'Marketing contact status': 'Marketing contact',
      },
    ]);
    assert.deepEqual(fields(rows[0]!), {
      email: 'mia@example.com',
      first_name: 'Mia',
      last_name: 'Roux',
      phone: '+33600000014',
      company: 'Roux SARL',
      address_line_1: '8 quai de Saône',
      city: 'Lyon',
      state: 'Rhône',
      postal_code: '69002',
      country: 'FR',
    });
  });
});

describe('consent in a platform’s words', () => {
  const consents = async (
    header: string,
    email: string,
    column: string,
    words: string[],
    delimiter = ',',
  ) => {
    const { rows, warnings } = await readRecords(
      header,
      words.map((word, index) => ({ [email]: `p${index}@example.com`, [column]: word })),
      { delimiter },
    );
    assert.deepEqual(
      warnings.filter(({ code }) => code === 'consent_unknown'),
      [],
    );
    return rows.map(({ accepts_marketing }) => accepts_marketing);
  };

  it('is said by Klaviyo in capitals', async () => {
    const words = ['SUBSCRIBED', 'NEVER_SUBSCRIBED', 'NEVER SUBSCRIBED', 'UNSUBSCRIBED', ''];
    assert.deepEqual(await consents(headers.klaviyo, 'Email', 'Email Marketing Consent', words), [
      true,
      false,
      false,
      false,
      undefined,
    ]);
  });

  it('is said by Wix for e-mail and SMS apart', async () => {
    const words = ['Subscribed', 'Never subscribed', 'Unsubscribed'];
    assert.deepEqual(await consents(headers.wix, 'Email 1', 'Email subscriber status', words), [
      true,
      false,
      false,
    ]);
    assert.deepEqual(await consents(headers.wix, 'Email 1', 'SMS subscriber status', words), [
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is nothing where Square does not know', async () => {
    const words = ['Subscribed', 'Unsubscribed', 'Unknown'];
    assert.deepEqual(await consents(headers.square, 'Email Address', 'Email Subscription Status', words), [
      true,
      false,
      undefined,
    ]);
  });

  it('is turned round by Brevo', async () => {
    assert.deepEqual(await consents(headers.brevo, 'EMAIL', 'EMAIL_BLACKLISTED', ['Yes', 'No', ''], ';'), [
      false,
      true,
      undefined,
    ]);
    assert.deepEqual(await consents(headers.brevo, 'EMAIL', 'SMS_BLACKLISTED', ['Yes'], ';'), [undefined]);
  });
});

describe('Wix', () => {
  it('takes the first e-mail, labels by semicolon and several addresses', async () => {
    const { rows } = await readRecords(headers.wix, [
      {
        'First Name': 'Priya',
        'Email 1': 'priya@example.com',
        'Email 2': 'other@example.com',
        'Phone 2': '+91 22 1234 5678',
        'Address 1 - Street': '1 MG Road',
        'Address 1 - City': 'Mumbai',
        'Address 1 - Country': 'IN',
        'Address 2 - Street': '2 Park Street',
        'Address 2 - City': 'Kolkata',
        'Address 2 - Zip': '700016',
        'Address 2 - Country': 'India',
        Labels: 'VIP;Contacted Me, by phone; ;VIP',
      },
    ]);
    assert.deepEqual(fields(rows[0]!), {
      email: 'priya@example.com',
      first_name: 'Priya',
      phone: '+912212345678',
      address_line_1: '1 MG Road',
      city: 'Mumbai',
      country: 'IN',
      tags: ['VIP', 'Contacted Me, by phone'],
      addresses: [{ address_line_1: '2 Park Street', city: 'Kolkata', postal_code: '700016', country: 'IN' }],
    });
    assert.equal(rows[0]?.metadata?.['Email 2'], 'other@example.com');
  });
});

describe('Square', () => {
  it('knows no country, until a person names one; instant profiles have no e-mail', async () => {
    const records = [
      {
        'First Name': 'Tom',
        'Email Address': 'tom@example.com',
        'Phone Number': '(202) 555-0145',
        'Street Address 1': 'PO Box 7',
        City: 'Albany',
        State: 'NY',
        'Postal Code': '12207',
      },
      { 'First Name': 'Walk-in', 'Instant Profile': 'Yes' },
    ];
    const silent = await readRecords(headers.square, records);
    assert.deepEqual([silent.rows[0]?.country, silent.rows[0]?.phone], [undefined, undefined]);
    assert.deepEqual(
      silent.warnings.map(({ code }) => code),
      ['phone_unreadable'],
    );
    assert.deepEqual(
      silent.problems.map(({ row, code }) => [row, code]),
      [[3, 'email_empty']],
    );
    const text = [headers.square, ...records.map((cells) => line(headers.square, cells))].join('\n');
    const told = await readFile(new Blob([text]), { settings: { defaultCountry: 'US' } });
    assert.deepEqual([told.rows[0]?.country, told.rows[0]?.phone], ['US', '+12025550145']);
  });
});

describe('Brevo', () => {
  it('writes international numbers without their plus sign', async () => {
    const { rows } = await readRecords(
      headers.brevo,
      [{ EMAIL: 'a@example.com', SMS: '33611111111', FIRSTNAME: 'Anaïs', LASTNAME: 'Lefèvre' }],
      { delimiter: ';' },
    );
    assert.deepEqual(fields(rows[0]!), {
      email: 'a@example.com',
      first_name: 'Anaïs',
      last_name: 'Lefèvre',
      phone: '+33611111111',
    });
    const french = mapColumns(['EMAIL', 'NOM', 'PRENOM', 'SMS', 'EMAIL_BLACKLISTED']);
    assert.deepEqual(
      french.columns.map(({ target }) => (target.kind === 'field' ? target.field : target.kind)),
      ['email', 'last_name', 'first_name', 'phone', 'accepts_marketing'],
    );
  });
});

describe('systeme.io', () => {
  it('reads surname, country and tags', async () => {
    const { rows } = await readRecords(headers.systeme_io, [
      {
        Email: 'a@example.com',
        'First name': 'Noah',
        Surname: 'Taylor',
        'Phone number': '+442079460999',
        Country: 'GB',
        Tags: 'lead,customer',
      },
    ]);
    assert.deepEqual(fields(rows[0]!), {
      email: 'a@example.com',
      first_name: 'Noah',
      last_name: 'Taylor',
      phone: '+442079460999',
      country: 'GB',
      tags: ['lead', 'customer'],
    });
  });
});
