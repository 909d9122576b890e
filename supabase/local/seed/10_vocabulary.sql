-- Words that believable shops are made of. Everything is drawn from them by hashes of a customer's number, so the
-- same number gives the same person on every machine.
create schema seed;

-- A number from 0 to p_below - 1 that depends on p_number and p_salt alone.
create function seed.draw(p_number bigint, p_salt bigint, p_below int) returns int
language sql immutable parallel safe as $$
  select ((pg_catalog.hashint8extended(p_number, p_salt) & 9223372036854775807) % p_below)::int
$$;

-- What someone would type of a name into an e-mail address.
create function seed.mailbox(p_name text) returns text language sql immutable parallel safe as $$
  select regexp_replace(
    translate(
      replace(replace(replace(replace(lower(p_name), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
      'äáàâãåāăąạảấầẩẫậắằçćčďđðéèêëēėęěếềểễệẹíìîïīįıịñńňóòôöõøōőốồổỗộơớờởỡợọŕřśşšșťțúùûüūůűưứừửữựụýÿỳźżžğģķļłľ',
      'aaaaaaaaaaaaaaaaaacccdddeeeeeeeeeeeeeeiiiiiiiinnnoooooooooooooooooooorrssssttuuuuuuuuuuuuuuyyyzzzggklll'),
    '[^a-z0-9]', '', 'g')
$$;

-- `share` is in per cent of all customers. Where a name isn't written in Latin letters, `first_mail` and `last_mail`
-- hold its romanisation at the same place. `phone` is what a mobile number there begins with, in E.164, `digits` how
-- many follow. In `postal_code` 0 stands for a digit, A for a letter.
--
-- A tenth of all customers are called Smith: the common surname of a benchmark. `last_stems` and `last_ends`
-- make surnames that are shared by few; the names that are meant to be common are not exchanged for them.
create table seed.cultures (
  culture text primary key,
  share int not null,
  country text not null,
  phone text not null,
  digits int not null,
  family_first boolean not null default false,
  first_names text[] not null,
  last_names text[] not null,
  first_mail text[],
  last_mail text[],
  last_stems text[],
  last_ends text[],
  streets text[] not null,
  cities text[] not null,
  states text[],
  postal_code text not null
);

insert into seed.cultures
  (culture, share, country, phone, digits, family_first, first_names, last_names, first_mail, last_mail, streets, cities, postal_code)
values
('english', 26, 'GB', '+447', 9, false,
 '{Oliver,Amelia,George,Isla,Harry,Ava,Noah,Emily,Jack,Grace,Leo,Sophia,Oscar,Ruby,Thomas,Ella,James,Lily,William,Chloe,Henry,Evie,Mary-Jane,Anna,Zoë,Siobhán,Bob,Charlotte,Daniel,Hannah,Ben,Alice}',
 '{Smith,Smith,Smith,Smith,Smith,Smith,Smith,Smith,Smith,Smith,Smith,Smith,Smith,Smith,Jones,Taylor,Brown,Williams,Wilson,Johnson,Davies,Robinson,Wright,Thompson,Evans,Walker,White,Roberts,Green,Hall,Wood,Jackson,Clarke,O''Brien,O''Connor,D''Arcy,Taylor-Young,Smith-Jones,Fitzgerald,McKenzie,Featherstonehaugh,Lee,Ng,Kaur}',
 null, null,
 '{High Street,Station Road,Church Lane,Victoria Road,Green Lane,Park Avenue,Mill Lane,King''s Road}',
 '{London,Manchester,Leeds,Bristol,Edinburgh,Cardiff,Belfast,St. Ives}', 'AA0 0AA'),
('american', 9, 'US', '+1', 10, false,
 '{Liam,Olivia,Mason,Emma,Ethan,Madison,Logan,Abigail,Tyler,Brooklyn,Jayden,Savannah,DeShawn,Latoya,Billy Bob,Anna,Mary Ann,J.R.}',
 '{Smith,Smith,Smith,Smith,Johnson,Brown,Davis,Miller,Moore,Anderson,Jackson,Martin,Washington,Jefferson,Van Buren,O''Neill,Rodriguez,Nguyen,Cohen,Kowalski}',
 null, null,
 '{Main Street,Oak Avenue,Maple Drive,2nd Street,Broadway,Sunset Boulevard,Cedar Lane}',
 '{New York,Austin,Chicago,Portland,Denver,San José,Boston}', '00000'),
('german', 16, 'DE', '+4915', 9, false,
 '{Jürgen,Björn,Anna,Käthe,Lukas,Leonie,Jörg,Sabine,Maximilian,Sophie,Günther,Lena,Felix,Johanna,Klaus-Peter,Annegret,Matthias,Ursula,Jan,Grete,Heinz,Marie-Luise,Uwe,Tanja}',
 '{Müller,Müller,Müller,Müller,Müller,Schmidt,Schmidt,Schneider,Fischer,Weber,Meyer,Wagner,Becker,Schulz,Hoffmann,Schäfer,Koch,Bauer,Richter,Klein,Wolf,Schröder,Neumann,Groß,Weiß,Jäger,Böhm,von der Heide,Müller-Lüdenscheidt,Freiherr von Münchhausen-Bodenwerder}',
 null, null,
 '{Hauptstraße,Bahnhofstraße,Gartenweg,Schillerstraße,Am Mühlbach,Lindenallee,Königsplatz}',
 '{Berlin,Hamburg,München,Köln,Leipzig,Düsseldorf,Würzburg}', '00000'),
('french', 7, 'FR', '+336', 8, false,
 '{Jean-Pierre,Amélie,François,Chloé,Hélène,Théo,Léa,Gaël,Noël,Zoé,Benoît,Anaïs,Loïc,Françoise,Étienne,Manon}',
 '{Martin,Bernard,Dubois,Lefèvre,Moreau,Garçon,D''Alembert,L''Hôpital,de La Rochefoucauld,Bérénger,Noël,Château,Benoît,Le Goff,Petit}',
 null, null,
 '{rue de la République,avenue Victor-Hugo,place de l''Église,rue des Écoles,boulevard Voltaire}',
 '{Paris,Lyon,Marseille,Besançon,Saint-Étienne,Nîmes}', '00000'),
('spanish', 8, 'ES', '+346', 8, false,
 '{José,María,Íñigo,Lucía,Andrés,Sofía,Ángel,Begoña,Raúl,Concepción,Jesús,Martín,Mónica,Álvaro,José María,Ana}',
 '{García,García,García,García,Fernández,González,Rodríguez,López,Martínez,Sánchez,Pérez,Muñoz,Ibáñez,Núñez,de la Fuente,Ortega y Gasset,Castaño,Peña}',
 null, null,
 '{Calle Mayor,Avenida de la Constitución,Plaza de España,Calle del Niño Perdido,Paseo de Gracia}',
 '{Madrid,Barcelona,A Coruña,Málaga,Logroño,Cádiz}', '00000'),
('polish', 5, 'PL', '+485', 8, false,
 '{Łukasz,Małgorzata,Paweł,Żaneta,Świętosława,Michał,Zofia,Grażyna,Wojciech,Agnieszka,Józef,Anna}',
 '{Nowak,Kowalski,Wiśniewska,Wójcik,Żółć,Łęcki,Szymańska,Dąbrowski,Kozłowska,Brzęczyszczykiewicz,Gąska,Źrebiec}',
 null, null,
 '{ulica Długa,ulica Świętojańska,aleja Róż,plac Wolności}', '{Warszawa,Łódź,Kraków,Gdańsk,Wrocław}', '00-000'),
('turkish', 4, 'TR', '+905', 9, false,
 '{Çağla,Oğuz,İbrahim,Işıl,Şule,Gökçe,Ömer,Ayşe,Tuğba,Mehmet,Ümit,Ali}',
 '{Yılmaz,Öztürk,Kılıç,Şahin,Çelik,Yıldırım,Güneş,Aydın,Işık,Doğan,Özgür}',
 null, null,
 '{Atatürk Caddesi,İstiklal Caddesi,Çiçek Sokak,Bağdat Caddesi}', '{İstanbul,Ankara,İzmir,Eskişehir,Muğla}', '00000'),
('nordic', 5, 'SE', '+467', 8, false,
 '{Åsa,Søren,Jørgen,Ærø,Märta,Öyvind,Guðrún,Þór,Sigríður,Väinö,Aino,Bjørn,Ingrid,Lars-Erik}',
 '{Åström,Sjöberg,Ødegaard,Hansen,Ångström,Þorvaldsson,Bjarnadóttir,Hämäläinen,Mäkelä,Nygård,Lindström,Kierkegaard}',
 null, null,
 '{Storgatan,Kyrkogatan,Ängsvägen,Björkallén}', '{Stockholm,Göteborg,Malmö,Växjö,Örebro}', '000 00'),
('vietnamese', 3, 'VN', '+849', 8, false,
 '{Thị Ánh,Văn Dũng,Ngọc,Hữu Phước,Thùy Linh,Đức,Quốc Bảo,Mỹ Hạnh}',
 '{Nguyễn,Nguyễn,Nguyễn,Trần,Lê,Phạm,Đặng,Bùi,Đỗ,Hồ}',
 null, null,
 '{đường Lê Lợi,đường Trần Phú,phố Hàng Bông}', '{Hà Nội,Đà Nẵng,Huế,Cần Thơ}', '000000'),
('japanese', 4, 'JP', '+8190', 8, true,
 '{太郎,花子,健,さくら,翔太,美咲,大輔,結衣}', '{佐藤,鈴木,高橋,田中,渡辺,伊藤,山本,中村}',
 '{taro,hanako,ken,sakura,shota,misaki,daisuke,yui}', '{sato,suzuki,takahashi,tanaka,watanabe,ito,yamamoto,nakamura}',
 '{中央,本町,桜ヶ丘,緑町}', '{東京,大阪,京都,札幌}', '000-0000'),
('chinese', 3, 'CN', '+8613', 9, true,
 '{伟,芳,娜,秀英,敏,静,磊,洋}', '{王,李,张,刘,陈,欧阳,司马,赵}',
 '{wei,fang,na,xiuying,min,jing,lei,yang}', '{wang,li,zhang,liu,chen,ouyang,sima,zhao}',
 '{人民路,中山路,解放路}', '{北京,上海,广州,成都}', '000000'),
('arabic', 3, 'AE', '+9715', 8, false,
 '{محمد,فاطمة,أحمد,عائشة,يوسف,مريم,عبد الرحمن,نور}', '{العلي,الحسن,آل مكتوم,الشمري,بن سعيد,القاسمي}',
 '{mohammed,fatima,ahmed,aisha,youssef,mariam,abdulrahman,nour}', '{alali,alhassan,almaktoum,alshammari,binsaeed,alqasimi}',
 '{شارع الشيخ زايد,شارع الوحدة,شارع الكورنيش}', '{دبي,أبوظبي,الشارقة}', ''),
('hindi', 3, 'IN', '+919', 9, false,
 '{आरव,अनन्या,विवान,दिया,राजेश,प्रिया,Arjun,Lakshmi}', '{शर्मा,वर्मा,गुप्ता,सिंह,पटेल,Venkatanarasimharajuvaripeta,Krishnamurthy}',
 '{aarav,ananya,vivaan,diya,rajesh,priya,arjun,lakshmi}', '{sharma,verma,gupta,singh,patel,venkatanarasimharajuvaripeta,krishnamurthy}',
 '{महात्मा गांधी मार्ग,स्टेशन रोड,MG Road}', '{मुंबई,दिल्ली,Bengaluru,पुणे}', '000000'),
('greek', 2, 'GR', '+3069', 8, false,
 '{Γιώργος,Μαρία,Δημήτρης,Ελένη,Σωκράτης,Άννα}', '{Παπαδόπουλος,Οικονόμου,Νικολάου,Αγγελίδης,Παπακωνσταντίνου}',
 '{giorgos,maria,dimitris,eleni,sokratis,anna}', '{papadopoulos,oikonomou,nikolaou,angelidis,papakonstantinou}',
 '{Οδός Ερμού,Λεωφόρος Αθηνών}', '{Αθήνα,Θεσσαλονίκη,Πάτρα}', '000 00'),
('ukrainian', 2, 'UA', '+38050', 7, false,
 '{Олександр,Оксана,Дмитро,Наталія,Їжак,Ганна}', '{Шевченко,Коваленко,Бондаренко,Ткаченко,Кравчук,Щербак}',
 '{oleksandr,oksana,dmytro,nataliia,yizhak,hanna}', '{shevchenko,kovalenko,bondarenko,tkachenko,kravchuk,shcherbak}',
 '{вулиця Шевченка,проспект Миру}', '{Київ,Львів,Одеса,Харків}', '00000');

update seed.cultures set
  last_stems = '{Ash,Black,Brad,Carl,Dun,East,Farn,Glen,Hart,Kings,Lang,Marl,North,Oak,Pem,Rad,Stan,Thorn,Under,Whit}',
  last_ends = '{ford,ham,ley,ton,worth,field,brook,wood,well,combe,shaw,bury,more,gate,land}'
where culture in ('english', 'american');
update seed.cultures set
  last_stems = '{Acker,Birken,Dorn,Eichen,Fels,Grün,Hasel,Kalten,Löwen,Mühl,Nieder,Ober,Rosen,Stein,Wald,Zimmer}',
  last_ends = '{mann,bach,berg,feld,hauer,thal,brück,dorf,meier,kamp,heim,müller}'
where culture = 'german';
update seed.cultures set
  last_stems = '{Alm,Berg,Björk,Ek,Fors,Gran,Hag,Lund,Nor,Ros,Sand,Wester}',
  last_ends = '{ström,gren,qvist,berg,dahl,mark,ås,holm,vik}'
where culture = 'nordic';
update seed.cultures set states = '{NY,TX,IL,OR,CO,CA,MA}' where culture = 'american';

-- One row per per cent, so that a draw of 100 finds its culture.
create table seed.culture_of (hundredth int primary key, culture text not null);
insert into seed.culture_of
select row_number() over (order by culture, n) - 1, culture
from seed.cultures, generate_series(1, share) n;

do $$
begin
  if (select count(*) from seed.culture_of) <> 100 then
    raise exception 'the shares of seed.cultures sum up to %, not 100', (select count(*) from seed.culture_of);
  end if;
  if exists (
    select from seed.cultures
    where cardinality(first_mail) <> cardinality(first_names) or cardinality(last_mail) <> cardinality(last_names)
  ) then
    raise exception 'a romanisation is missing in seed.cultures';
  end if;
end
$$;

-- `members` is in hundredths of a per cent of a shop's customers.
create table seed.groups (
  number int primary key, name text not null, description text, discount numeric(5, 2), color text not null,
  members int not null
);
insert into seed.groups (number, name, description, discount, color, members) values
(1, 'Newsletter readers', 'Open the newsletter more often than not', null, '#0ea5e9', 1500),
(2, 'VIP', 'Invited to previews, served first', 15, '#a855f7', 200),
(3, 'Wholesale', 'Buys to sell on; net prices', 30, '#f59e0b', 120),
(4, 'Friends & family', null, 20, '#ec4899', 60),
(5, 'Staff', 'Everybody who works here', 40, '#6366f1', 5),
(6, 'Students', 'Proof of enrolment seen', 10, '#22c55e', 450),
(7, 'Schools and libraries', 'Pay on account', 7.5, '#14b8a6', 80),
(8, 'Loyalty: bronze', null, null, '#b45309', 800),
(9, 'Loyalty: silver', null, 3, '#64748b', 300),
(10, 'Loyalty: gold', null, 5, '#ca8a04', 90),
(11, 'Press', 'Reviewers and bloggers', null, '#ef4444', 15),
(12, 'Trade fair 2025', 'Left a card at our stand', null, '#8b5cf6', 70),
(13, 'Birthday club', null, 5, '#f43f5e', 350),
(14, 'Beta testers', 'Try things before they are ready', null, '#06b6d4', 25),
(15, 'Künstlerbedarf', 'Ateliers und Galerien', 12.5, '#84cc16', 40),
(16, 'Marketplace', 'Came by a marketplace', null, '#f97316', 600),
(17, 'Payment on account', 'Checked creditworthiness', null, '#10b981', 110),
(18, 'Slow payers', 'Prepayment only', null, '#dc2626', 30),
(19, 'お得意様', 'Regulars of the Tokyo shop', 8, '#e11d48', 20),
(20, 'Subscribers', 'Get a box every month', 10, '#3b82f6', 260),
(21, 'Returns often', null, null, '#78716c', 45),
(22, 'Influencers ✨', null, 25, '#d946ef', 8),
(23, 'Museum shops', 'Agreed on a yearly volume with each of them separately', 33.33, '#0f766e', 6),
(24, 'Spring campaign', 'Nobody yet', null, '#6366f1', 0);

create table seed.notes (number int primary key, content text not null);
insert into seed.notes
select n, note from unnest(array[
  'Prefers delivery after 5 pm.',
  'Asked for an invoice with VAT number.',
  'Very friendly on the phone, speaks German and French.',
  'Parcel came back twice: confirm the address before sending.',
  'Wants to be told when the blue one is in stock again.',
  E'Complaint about order:\n- box was wet\n- one item missing\nSent a replacement, all is well again.',
  'Birthday in May, always orders gifts then.',
  'Do not call, e-mail only.',
  'Rings the bell <b>twice</b> & waits.',
  '送り状は日本語でお願いします。'
]) with ordinality as t(note, n);
