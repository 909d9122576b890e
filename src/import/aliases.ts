import { plainHeader, type TargetField } from './columns.ts';

/**
 * Other names of our columns that can mean nothing else, a line per group of languages. Compared whole, never by
 * likeness: "Last Active" is no last name. A name that could mean two things ("Region") is left out and stays open.
 */
const names: Partial<Record<TargetField, readonly string[]>> = {
  email: [
    'email, e-mail, email address, e-mail address, mail address, customer email, contact email, primary email, your email',
    'e-mail-adresse, emailadresse, mailadresse, e-mailadres, mailadres, e-postadress, e-post, epost, e-mailadresse',
    'correo, correo electrónico, dirección de correo electrónico, dirección de email, courriel, adresse e-mail',
    'adresse email, adresse électronique, mail, mél, adresse de courriel, endereço de e-mail, endereço de email',
    'correio eletrônico, correio electrónico, indirizzo email, indirizzo e-mail, indirizzo di posta elettronica',
    'adres e-mail, adres email, adres poczty elektronicznej, e-posta, e-posta adresi, sähköposti, e-mailová adresa',
    'メール, メールアドレス, eメール, 电子邮件, 电子邮箱, 邮箱, 电邮, 電子郵件, 이메일, البريد الإلكتروني, بريد إلكتروني, البريد',
    'электронная почта, эл. почта, адрес электронной почты, דוא"ל, אימייל',
  ],
  first_name: [
    'first name, firstname, given name, forename, christian name, fname, contact first name, customer first name',
    'vorname, voornaam, förnamn, fornavn, prénom, nombre de pila, primer nombre, primeiro nome, nome próprio, imię',
    '名, 名前（名）, ファーストネーム, 이름, الاسم الأول, имя, שם פרטי, křestní jméno, jméno, etunimi',
  ],
  last_name: [
    'last name, lastname, surname, family name, lname, contact last name, customer last name',
    'nachname, familienname, zuname, achternaam, familienaam, efternamn, efternavn, nom de famille',
    'apellido, apellidos, primer apellido, sobrenome, apelido, último nome, cognome, nazwisko, soyad, soyadı',
    '姓, 名前（姓）, 苗字, 名字（姓）, 姓氏, 성, اسم العائلة, اللقب, фамилия, שם משפחה, příjmení, sukunimi',
  ],
  full_name: [
    'full name, customer name, contact name, name of customer, first and last name, first name last name',
    'vollständiger name, kundenname, vor- und nachname, vorname nachname, volledige naam, klantnaam',
    'nombre completo, nombre y apellidos, nombre y apellido, nombre del cliente, nom complet, nom et prénom',
    'nom prénom, prénom nom, prénom et nom, nom du client, nome completo, nome e sobrenome, nome e cognome',
    'nome cliente, nome do cliente, imię i nazwisko, ad soyad, 氏名, お名前, 顧客名, 姓名, 客户姓名, 이름（성명）, الاسم الكامل',
    'имя и фамилия, фио',
  ],
  phone: [
    'phone, phone number, telephone, telephone number, tel, mobile, mobile phone, mobile number, cell, cell phone',
    'cellphone, contact number, phone no, telefon, telefonnummer, rufnummer, mobil, mobiltelefon, mobilnummer, handy',
    'handynummer, telefoon, telefoonnummer, mobiel, mobiel nummer, téléphone, numéro de téléphone, tél, portable',
    'téléphone portable, téléphone mobile, teléfono, número de teléfono, móvil, teléfono móvil, celular, telefone',
    'número de telefone, telemóvel, telefono, numero di telefono, cellulare, numer telefonu, nr telefonu, komórka',
    '電話, 電話番号, 携帯, 携帯電話, 携帯番号, 电话, 电话号码, 手机, 手机号, 手机号码, 전화번호, 휴대폰, الهاتف, رقم الهاتف, الجوال, رقم الجوال',
    'телефон, номер телефона, טלפון, cep telefonu, telefoni, puhelin, puhelinnumero',
  ],
  company: [
    'company, company name, organisation, organization, organisation name, organization name, business name',
    'firma, firmenname, unternehmen, bedrijf, bedrijfsnaam, företag, virksomhed, société, entreprise, raison sociale',
    "nom de l'entreprise, empresa, nombre de la empresa, nome da empresa, azienda, società, ragione sociale",
    'nazwa firmy, 会社, 会社名, 社名, 企業名, 公司, 公司名称, 회사, 회사명, الشركة, اسم الشركة, компания, организация, şirket, yritys',
  ],
  address_line_1: [
    'address line 1, address_line_1, address1, address 1, address, street address, street address 1, street, street 1',
    'street name, addr 1, mailing address, postal address, straße, strasse, str, anschrift, adresse',
    'straße und hausnummer, straße hausnummer, straße nr, adresszeile 1, adresse ligne 1, ligne d’adresse 1, rue',
    'adres, straat, straatnaam, adresregel 1, adress, gatuadress, calle, dirección, dirección 1, domicilio',
    'endereço, rua, logradouro, endereço 1, morada, indirizzo, indirizzo 1, via, ulica, ulica i numer, adres 1',
    '住所, 住所1, 番地, 丁目・番地, 地址, 地址1, 街道地址, 详细地址, 주소, العنوان, عنوان الشارع, адрес, улица, כתובת, osoite',
  ],
  address_line_2: [
    'address line 2, address_line_2, address2, address 2, street address 2, street 2, addr 2, apartment, apt, suite',
    'adresszusatz, adresszeile 2, zusatz, adresse ligne 2, complément d’adresse, complément adresse, adresregel 2',
    'toevoeging, dirección 2, complemento, endereço 2, indirizzo 2, adres 2, 住所2, 建物名, マンション名, 地址2, 주소2',
  ],
  city: [
    'city, town, city/town, town/city, ort, stadt, wohnort, plaats, stad, woonplaats, ville, commune, localité',
    'ciudad, localidad, población, municipio, cidade, localidade, città, comune, località, miasto, miejscowość',
    '市区町村, 市, 都市, 城市, 市区, 도시, المدينة, город, עיר, şehir, město, kaupunki',
  ],
  state: [
    'state, province, state/province, state / region, state/region, state or province, province code, state code',
    'bundesland, provincia, estado, estado/provincia, estado/província, província, uf, provincie, województwo',
    '都道府県, 県, 省, 省份, 州, المنطقة, المحافظة, область, регион',
  ],
  postal_code: [
    'postal code, postal_code, postcode, post code, zip, zip code, zipcode, zip/postal code, postal/zip code, zip/postcode',
    'postleitzahl, plz, code postal, cp, código postal, cep, cap, codice postale, codice di avviamento postale',
    'kod pocztowy, postnummer, posta kodu, psč, postinumero',
    '郵便番号, 邮编, 邮政编码, 郵遞區號, 우편번호, الرمز البريدي, почтовый индекс, индекс, מיקוד',
  ],
  country: [
    'country, country code, country_code, country name, country/region, country iso, iso country code, nation',
    'land, ländercode, länderkürzel, staat, pays, code pays, país, código de país, paese, nazione, stato estero, kraj',
    'landcode, ülke, země, maa, 国, 国名, 国家, 国家/地区, 國家, 국가, الدولة, البلد, страна, מדינה, ארץ',
  ],
  tags: [
    'tags, labels, keywords, customer tags, schlagwörter, schlagworte, etiketten, étiquettes, mots-clés',
    'etiquetas, etichette, tagi, etykiety, タグ, 标签, 標籤, 태그, الوسوم, теги, метки',
  ],
  accepts_marketing: [
    'accepts marketing, accepts_marketing, accepts email marketing, email marketing consent, marketing consent',
    'email consent, newsletter, newsletter consent, newsletter subscriber, newsletter subscription, newsletter opt-in',
    'subscribed, subscribed to newsletter, is subscribed, opt-in, optin, opted in, email opt-in, email opt in status',
    'marketing opt-in, marketing emails, email subscriber status, email subscription status, accepts newsletter',
    'newsletter-anmeldung, newsletter abonniert, newsletter erwünscht, werbeeinwilligung, marketing-einwilligung',
    'nieuwsbrief, nyhetsbrev, nyhedsbrev, accepte le marketing, lettre d’information, lettre d’informations',
    'infolettre, inscrit à la newsletter, acepta marketing, boletín, boletín de noticias, suscrito, aceita marketing',
    'boletim, boletim informativo, accetta marketing, iscritto alla newsletter, zgoda marketingowa, bülten',
    'メルマガ, メルマガ購読, メールマガジン, ニュースレター, 订阅, 接受营销, النشرة الإخبارية, النشرة البريدية, рассылка',
  ],
  status: ['status, customer status, account status, kundenstatus'],
};

/** The number of a house, put behind its street. */
const houseNumbers = new Set(
  [
    'house number, house no, street number, street no, hausnummer, hausnr, haus nr, haus-nr, huisnummer, huisnr',
    'numéro de rue, numéro de voie, número de casa, número exterior, numero civico, nr domu, numer domu',
  ]
    .join(', ')
    .split(', ')
    .map(plainHeader),
);

/** Names of a person that are one part of it or the whole, as the columns beside them say. */
const halfNames: Record<string, { besideFirst: TargetField; besideLast: TargetField }> = {
  name: { besideFirst: 'last_name', besideLast: 'first_name' },
  kunde: { besideFirst: 'last_name', besideLast: 'first_name' },
  customer: { besideFirst: 'last_name', besideLast: 'first_name' },
  nom: { besideFirst: 'last_name', besideLast: 'last_name' },
  naam: { besideFirst: 'last_name', besideLast: 'first_name' },
  nome: { besideFirst: 'full_name', besideLast: 'first_name' },
  nombre: { besideFirst: 'full_name', besideLast: 'first_name' },
  名字: { besideFirst: 'full_name', besideLast: 'first_name' },
  名前: { besideFirst: 'last_name', besideLast: 'first_name' },
  الاسم: { besideFirst: 'full_name', besideLast: 'first_name' },
};
const halfNameOf = new Map(Object.entries(halfNames).map(([name, meaning]) => [plainHeader(name), meaning]));

const fields = new Map<string, TargetField>();
for (const [field, lines] of Object.entries(names))
  for (const name of lines.join(', ').split(', ')) fields.set(plainHeader(name), field as TargetField);

/** All names with what they stand for, folded: for comparing by likeness. */
export const knownNames: ReadonlyMap<string, TargetField> = fields;

/** The field that a header surely names; undefined where it is not sure. */
export function fieldNamed(header: string): TargetField | undefined {
  return fields.get(plainHeader(header));
}

export function isHouseNumber(header: string): boolean {
  return houseNumbers.has(plainHeader(header));
}

/** What "Name" and its like mean beside these other fields; undefined where both parts are there already. */
export function halfNamed(header: string, others: ReadonlySet<TargetField>): TargetField | undefined {
  const meaning = halfNameOf.get(plainHeader(header));
  if (!meaning || others.has('full_name') || (others.has('first_name') && others.has('last_name')))
    return undefined;
  if (others.has('first_name')) return meaning.besideFirst;
  if (others.has('last_name')) return meaning.besideLast;
  return 'full_name';
}
