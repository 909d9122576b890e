/** ISO 3166-1 alpha-2 with alpha-3; XK as everybody writes Kosovo. */
const codes =
  'AD AND AE ARE AF AFG AG ATG AI AIA AL ALB AM ARM AO AGO AQ ATA AR ARG AS ASM AT AUT AU AUS AW ABW AX ALA AZ AZE ' +
  'BA BIH BB BRB BD BGD BE BEL BF BFA BG BGR BH BHR BI BDI BJ BEN BL BLM BM BMU BN BRN BO BOL BQ BES BR BRA BS BHS ' +
  'BT BTN BV BVT BW BWA BY BLR BZ BLZ CA CAN CC CCK CD COD CF CAF CG COG CH CHE CI CIV CK COK CL CHL CM CMR CN CHN ' +
  'CO COL CR CRI CU CUB CV CPV CW CUW CX CXR CY CYP CZ CZE DE DEU DJ DJI DK DNK DM DMA DO DOM DZ DZA EC ECU EE EST ' +
  'EG EGY EH ESH ER ERI ES ESP ET ETH FI FIN FJ FJI FK FLK FM FSM FO FRO FR FRA GA GAB GB GBR GD GRD GE GEO GF GUF ' +
  'GG GGY GH GHA GI GIB GL GRL GM GMB GN GIN GP GLP GQ GNQ GR GRC GS SGS GT GTM GU GUM GW GNB GY GUY HK HKG HM HMD ' +
  'HN HND HR HRV HT HTI HU HUN ID IDN IE IRL IL ISR IM IMN IN IND IO IOT IQ IRQ IR IRN IS ISL IT ITA JE JEY JM JAM ' +
  'JO JOR JP JPN KE KEN KG KGZ KH KHM KI KIR KM COM KN KNA KP PRK KR KOR KW KWT KY CYM KZ KAZ LA LAO LB LBN LC LCA ' +
  'LI LIE LK LKA LR LBR LS LSO LT LTU LU LUX LV LVA LY LBY MA MAR MC MCO MD MDA ME MNE MF MAF MG MDG MH MHL MK MKD ' +
  'ML MLI MM MMR MN MNG MO MAC MP MNP MQ MTQ MR MRT MS MSR MT MLT MU MUS MV MDV MW MWI MX MEX MY MYS MZ MOZ NA NAM ' +
  'NC NCL NE NER NF NFK NG NGA NI NIC NL NLD NO NOR NP NPL NR NRU NU NIU NZ NZL OM OMN PA PAN PE PER PF PYF PG PNG ' +
  'PH PHL PK PAK PL POL PM SPM PN PCN PR PRI PS PSE PT PRT PW PLW PY PRY QA QAT RE REU RO ROU RS SRB RU RUS RW RWA ' +
  'SA SAU SB SLB SC SYC SD SDN SE SWE SG SGP SH SHN SI SVN SJ SJM SK SVK SL SLE SM SMR SN SEN SO SOM SR SUR SS SSD ' +
  'ST STP SV SLV SX SXM SY SYR SZ SWZ TC TCA TD TCD TF ATF TG TGO TH THA TJ TJK TK TKL TL TLS TM TKM TN TUN TO TON ' +
  'TR TUR TT TTO TV TUV TW TWN TZ TZA UA UKR UG UGA UM UMI US USA UY URY UZ UZB VA VAT VC VCT VE VEN VG VGB VI VIR ' +
  'VN VNM VU VUT WF WLF WS WSM XK XKX YE YEM YT MYT ZA ZAF ZM ZMB ZW ZWE';

/** Names that people write and Intl.DisplayNames doesn't answer. */
const aliases: Record<string, string> = {
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'united states of america': 'US',
  'u s a': 'US',
  'u s': 'US',
  america: 'US',
  holland: 'NL',
  'the netherlands': 'NL',
  turkey: 'TR',
  'czech republic': 'CZ',
  'viet nam': 'VN',
  'cote d ivoire': 'CI',
  'ivory coast': 'CI',
  'republic of ireland': 'IE',
  'russian federation': 'RU',
  'korea republic of': 'KR',
  'republic of korea': 'KR',
  korea: 'KR',
  'iran islamic republic of': 'IR',
  'syrian arab republic': 'SY',
  'moldova republic of': 'MD',
  'republic of moldova': 'MD',
  'tanzania united republic of': 'TZ',
  'bolivia plurinational state of': 'BO',
  'venezuela bolivarian republic of': 'VE',
  'brunei darussalam': 'BN',
  'lao people s democratic republic': 'LA',
  macedonia: 'MK',
  swaziland: 'SZ',
  burma: 'MM',
  'cape verde': 'CV',
  'east timor': 'TL',
  'hong kong': 'HK',
  macau: 'MO',
  macao: 'MO',
  palestine: 'PS',
  uae: 'AE',
  emirates: 'AE',
  brd: 'DE',
};

/** Languages whose names for countries are understood, besides each country's own. */
const languages = [
  'en',
  'de',
  'fr',
  'es',
  'pt',
  'it',
  'nl',
  'pl',
  'ja',
  'zh',
  'ar',
  'ru',
  'tr',
  'sv',
  'da',
  'cs',
];

let known: Map<string, string> | undefined;
const spellings = new Map<string, string | undefined>();

/** The ISO 3166-1 alpha-2 code of a country's code or name in any of many languages; undefined where it is unknown. */
export function readCountry(cell: string): string | undefined {
  known ??= knownCountries();
  // A file has few countries: each spelling is folded once.
  if (!spellings.has(cell) && spellings.size < 10_000) spellings.set(cell, known.get(plain(cell)));
  return spellings.has(cell) ? spellings.get(cell) : known.get(plain(cell));
}

function knownCountries(): Map<string, string> {
  const countries = new Map<string, string>();
  const words = codes.split(' ');
  const namers = languages.map(
    (language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }),
  );
  for (let index = 0; index < words.length; index += 2) {
    const code = words[index] as string;
    const own = new Intl.Locale(`und-${code}`).maximize().language;
    for (const names of [...namers, new Intl.DisplayNames(own, { type: 'region', fallback: 'none' })]) {
      const name = names.of(code);
      if (name && !countries.has(plain(name))) countries.set(plain(name), code);
    }
    countries.set(plain(words[index + 1] as string), code);
  }
  for (const [alias, code] of Object.entries(aliases)) countries.set(alias, code);
  // Last, since a code is meant where a name could be read as well.
  for (let index = 0; index < words.length; index += 2)
    countries.set((words[index] as string).toLowerCase(), words[index] as string);
  return countries;
}

/** Lower case, without diacritics and punctuation, one blank between words. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
}
