import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mapColumns, withTargets } from '../../src/import/mapping.ts';
import { readFile } from '../../src/import/read-file.ts';

function targets(header: string, ...rows: string[]): string[] {
  const samples = rows.map((row) => row.split(','));
  return mapColumns(header.split(','), { samples }).columns.map(({ target }) => {
    if (target.kind !== 'field') return target.kind;
    return `${target.address ? `${target.address}:` : ''}${target.field}${target.appended ? '+' : ''}`;
  });
}
const rowOf = async (text: string) => (await readFile(new Blob([text]))).rows[0];

describe('names of columns', () => {
  it('are known in many languages', () => {
    const email = 'email';
    const expected = [email, 'first_name', 'last_name', 'phone', 'city', 'postal_code', 'country'];
    for (const header of [
      'E-Mail-Adresse,Vorname,Nachname,Telefonnummer,Ort,PLZ,Land',
      'Correo electrónico,Nombre,Apellidos,Teléfono,Ciudad,Código postal,País',
      'Adresse e-mail,Prénom,Nom,Téléphone,Ville,Code postal,Pays',
      'E-mail,Primeiro nome,Sobrenome,Telefone,Cidade,CEP,País',
      'Indirizzo email,Nome,Cognome,Telefono,Città,CAP,Paese',
      'E-mailadres,Voornaam,Achternaam,Telefoonnummer,Woonplaats,Postcode,Land',
      'メールアドレス,名,姓,電話番号,市区町村,郵便番号,国',
      '电子邮箱,名,姓,手机号码,城市,邮政编码,国家',
      'البريد الإلكتروني,الاسم الأول,اسم العائلة,رقم الهاتف,المدينة,الرمز البريدي,الدولة',
      'Adres e-mail,Imię,Nazwisko,Numer telefonu,Miasto,Kod pocztowy,Kraj',
      'Электронная почта,Имя,Фамилия,Телефон,Город,Индекс,Страна',
    ])
      assert.deepEqual(targets(header), expected, header);
  });

  it('of half a name mean what the columns beside them leave open', () => {
    assert.deepEqual(targets('Email,Name'), ['email', 'full_name']);
    assert.deepEqual(targets('Email,Vorname,Name'), ['email', 'first_name', 'last_name']);
    assert.deepEqual(targets('Email,Nom'), ['email', 'full_name']);
    assert.deepEqual(targets('Email,First name,Last name,Name'), [
      'email',
      'first_name',
      'last_name',
      'metadata',
    ]);
  });

  it('of a house number go behind the street', async () => {
    assert.deepEqual(targets('Email,Straße,Hausnummer'), ['email', 'address_line_1', 'address_line_1+']);
    const row = await rowOf('Email,Straße,Hausnummer\na@example.com,Weg,5b\n');
    assert.equal(row?.address_line_1, 'Weg 5b');
  });

  it('of billing and shipping, or with numbers, are several addresses', async () => {
    const header =
      'Email,Shipping Street,Shipping City,Shipping Country,Billing Street,Billing City,Billing Country';
    assert.deepEqual(targets(header).slice(1), [
      '2:address_line_1',
      '2:city',
      '2:country',
      'address_line_1',
      'city',
      'country',
    ]);
    const row = await rowOf(`${header}\na@example.com,Ship St 1,Leeds,GB,Bill St 2,York,GB\n`);
    assert.deepEqual(
      [row?.address_line_1, row?.addresses],
      ['Bill St 2', [{ address_line_1: 'Ship St 1', city: 'Leeds', country: 'GB' }]],
    );
    assert.deepEqual(
      targets('Email,Address 1 - Street,Address 1 - City,Address 2 - Street,Address 2 - City').slice(1),
      ['address_line_1', 'city', '2:address_line_1', '2:city'],
    );
  });

  it('that are misspelled are known by likeness, unless the values speak against it', () => {
    assert.deepEqual(targets('Email,Frist Name,Telephon,Adress Line 1'), [
      'email',
      'first_name',
      'metadata', // a phone number must look like one
      'address_line_1',
    ]);
    assert.deepEqual(targets('Email,Telephon', 'a@example.com,+49 30 23125012')[1], 'phone');
    assert.deepEqual(targets('Email,County', 'a@example.com,Kent', 'b@example.com,Essex'), [
      'email',
      'metadata',
    ]);
    assert.deepEqual(targets('Email,First Name 2,Email3'), ['email', 'metadata', 'metadata']);
  });
});

describe('values', () => {
  it('tell e-mails, international numbers and names of countries where no header does', () => {
    assert.deepEqual(
      targets(
        'A,B,C,D',
        'a@example.com,+49 30 23125012,Germany,DE',
        'b@example.com,+44 20 7946 0123,United Kingdom,FR',
      ),
      ['email', 'phone', 'country', 'metadata'],
    );
  });

  it('that are mostly something else leave a column open, with a suggestion', () => {
    const samples = [
      ['a@example.com', '+49 30 23125012'],
      ['b@example.com', 'x'],
      ['c@example.com', '+44 20 7946 0123'],
      ['d@example.com', 'y'],
    ];
    const { columns } = mapColumns(['A', 'B'], { samples });
    assert.deepEqual(
      [columns[1]?.target.kind, columns[1]?.suggestion, columns[1]?.reason],
      ['metadata', 'phone', 'open'],
    );
  });
});

describe('a mapping', () => {
  it('by a person never brings a secret back', () => {
    const mapping = mapColumns(['Email', 'user_pass']);
    const { columns } = withTargets(mapping, [undefined, { kind: 'metadata' }]);
    assert.deepEqual(columns[1]?.target, { kind: 'ignored', reason: 'secret' });
  });
});
