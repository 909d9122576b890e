/** The parts of an address whose place, name and need are the country's. */
export type AddressPart = 'address_line_1' | 'city' | 'state' | 'postal_code';
export type StateName =
  'state' | 'province' | 'prefecture' | 'county' | 'department' | 'emirate' | 'oblast' | 'region' | 'area';
export type PostalCodeName = 'postal_code' | 'zip' | 'pin' | 'eircode';
export type CityName = 'city' | 'post_town' | 'suburb' | 'district';

export interface AddressFormat {
  /** In the order in which they are written there. */
  parts: readonly AddressPart[];
  required: ReadonlySet<AddressPart>;
  state: StateName;
  postalCode: PostalCodeName;
  city: CityName;
  /** The family name comes first. */
  familyFirst: boolean;
}

/**
 * Order and need of street (A), city (C), state (S) and postal code (Z), then what they are called there: after the
 * address metadata of Google's libaddressinput, https://chromium-i18n.appspot.com/ssl-address. Small letters may be
 * left empty. Street and city are needed everywhere, since the database holds no address without them.
 */
const formats: Readonly<Record<string, string>> = {
  AE: 'ACS emirate',
  AR: 'AzCs state',
  AU: 'ACSZ state suburb',
  BR: 'ACSZ state',
  CA: 'ACSZ province',
  CL: 'AzCs region',
  CN: 'ZSCA province',
  CO: 'ACSz department',
  CR: 'ASCz province',
  EC: 'ACz',
  EE: 'AZCs county',
  EG: 'ACsz province',
  ES: 'AZCS province',
  GB: 'ACZ post_town',
  GG: 'ACZ post_town',
  HK: 'SCA area district',
  HN: 'ACSz department',
  HU: 'CAZ',
  ID: 'ACSz province',
  IE: 'ACsz county eircode',
  IM: 'ACZ post_town',
  IN: 'ACZS state pin',
  IQ: 'ACSz province',
  IR: 'SCAz province',
  IT: 'AZCS province',
  JE: 'ACZ post_town',
  JM: 'ACS province',
  JP: 'ZSCA prefecture',
  KR: 'SCAZ province',
  KZ: 'ZSCA region',
  MX: 'AZCS state',
  MY: 'AZCs state',
  NG: 'ACzs state',
  NI: 'AzCs department',
  NZ: 'ACZ',
  PA: 'ACs province',
  PE: 'ACzs region',
  PH: 'ACZS province',
  PK: 'ACZ',
  RO: 'AZCs county',
  RU: 'ACSZ oblast',
  SA: 'ACz',
  SG: 'ACZ',
  SV: 'AzCS department',
  TH: 'ACsZ province',
  TR: 'AZCS province district',
  TW: 'ZSCA county',
  UA: 'ACsZ oblast',
  US: 'ACSZ state zip',
  UY: 'AzCs department',
  VE: 'ACzS state',
  VN: 'ACSz province',
  ZA: 'ACZ',
};

/** Where the code comes before the city, and no state is written. */
const codeBeforeCity = new Set(
  (
    'AD AL AT AX BA BE BG BY CH CR CY CZ DE DK DO DZ FI FO FR GE GF GL GP GR HR IL IS LI LT LU LV MA MC MD ME MK ' +
    'MQ NC NL NO PF PL PM PT PY RE RS SE SI SJ SK SM SN TN VA WF XK YT ZM'
  ).split(' '),
);
/** Where there are no postal codes. */
const withoutCode = new Set(
  'AG AO BI BJ BW BZ CD CF CG CI CM DM ER FJ GA GD GH GM GQ GY KM KN LC ML MR NR QA RW SB SC SL SR SY TD TG TO TT TV UG VU YE ZW'.split(
    ' ',
  ),
);
const familyFirst = new Set('CN HU JP KR TW VN'.split(' '));

const partOf: Readonly<Record<string, AddressPart>> = {
  A: 'address_line_1',
  C: 'city',
  S: 'state',
  Z: 'postal_code',
};
const stateNames: readonly string[] =
  'state province prefecture county department emirate oblast region area'.split(' ');
const codeNames: readonly string[] = ['zip', 'pin', 'eircode'];
const cityNames: readonly string[] = ['post_town', 'suburb', 'district'];

/** How an address is written in a country (ISO 3166-1 alpha-2); without one, everything may be written. */
export function addressFormat(country: string): AddressFormat {
  const [order = '', ...words] = (formats[country] ?? usualFormat(country)).split(' ');
  const word = <Name extends string>(names: readonly string[], usual: Name): Name =>
    (words.find((one) => names.includes(one)) as Name | undefined) ?? usual;
  const letters = [...order];
  const parts = letters.flatMap((letter) => partOf[letter.toUpperCase()] ?? []);
  return {
    parts,
    required: new Set(letters.flatMap((letter) => partOf[letter] ?? [])),
    state: word<StateName>(stateNames, 'state'),
    postalCode: word<PostalCodeName>(codeNames, 'postal_code'),
    city: word<CityName>(cityNames, 'city'),
    familyFirst: familyFirst.has(country),
  };
}

function usualFormat(country: string): string {
  if (codeBeforeCity.has(country)) return 'AZC';
  return withoutCode.has(country) ? 'ACs' : 'ACsz';
}
