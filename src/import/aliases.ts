import { plainHeader, type ImportField } from './columns.ts';

/**
 * Other names of our columns that can mean nothing else. Compared whole, never by likeness: "Last Active" is no last
 * name. A name that could mean two things ("Name", "Region code") is left out and stays metadata.
 */
const names: Record<ImportField, string> = {
  email:
    'email, e-mail, email address, e-mail address, mail address, customer email, e-mail-adresse, emailadresse, ' +
    'correo, correo electrónico, courriel, adresse e-mail, adresse email, indirizzo email, البريد الإلكتروني, メールアドレス',
  first_name: 'first name, firstname, given name, forename, vorname, prénom, nombre, الاسم الأول',
  last_name:
    'last name, lastname, surname, family name, nachname, familienname, nom de famille, apellido, apellidos, اسم العائلة',
  phone:
    'phone, phone number, telephone, telephone number, mobile, mobile phone, mobile number, cell phone, telefon, ' +
    'telefonnummer, mobilnummer, handynummer, téléphone, teléfono, telefono, الهاتف, رقم الهاتف, 電話番号',
  company:
    'company, company name, organisation, organization, firma, unternehmen, société, entreprise, empresa, الشركة',
  address_line_1:
    'address line 1, address_line_1, address1, address 1, street address, street address 1, street, straße, strasse, ' +
    'anschrift, adresse ligne 1, calle',
  address_line_2:
    'address line 2, address_line_2, address2, address 2, street address 2, adresszusatz, adresse ligne 2',
  city: 'city, town, ort, stadt, wohnort, ville, ciudad, cidade, città, المدينة',
  state: 'state, province, state/province, state / region, state/region, bundesland, provincia, المنطقة',
  postal_code:
    'postal code, postal_code, postcode, post code, zip, zip code, zipcode, postleitzahl, plz, code postal, ' +
    'código postal, cap, الرمز البريدي, 郵便番号',
  country: 'country, country code, country_code, land, ländercode, pays, país, paese, الدولة, البلد, 国',
  tags: 'tags, labels, schlagwörter, étiquettes, etiquetas, الوسوم',
  accepts_marketing:
    'accepts marketing, accepts_marketing, accepts email marketing, email marketing consent, newsletter, ' +
    'newsletter consent, accepte le marketing, acepta marketing',
  status: 'status, customer status',
};

const fields = new Map<string, ImportField>();
for (const [field, list] of Object.entries(names))
  for (const name of list.split(', ')) fields.set(plainHeader(name), field as ImportField);

/** The field that a header surely names; undefined where it is not sure. */
export function fieldNamed(header: string): ImportField | undefined {
  return fields.get(plainHeader(header));
}
