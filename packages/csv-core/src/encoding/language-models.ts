export const LANGUAGE_LETTERS: readonly (readonly [language: string, table: string])[] = [
  [
    'fr',
    'éxr7cgd663 èttils9kt8 ïsssihbsis êttkqsgmlb ôtsirtojqc çukqnfoqft âoshotntod îsrissghrj ëzzukufluj ûooooohoog àmwqowsgvl œnjnnnnnjn ñwvwwgwwww',
  ],
  ['de', 'üuubsrhnm3 äwjdotlka4 öuscrrhpg5 ßpppb7appp éztoswrhkg ñwwwwgwwww'],
  ['es', 'óvsiht6el6 ívsiifab77 ávsdsgbcd6 éwqdgtbbd7 ñsrss7ssss útsfoogdka üyxnwvqqlh'],
  [
    'pt',
    'ãrrrjcrd5r çsipm6np9r áwjdhjfbi7 íwtfopbjf7 éxrhjjhcf8 êssngrdfl8 ówtfkufhh8 úutgjpgkla ânrgnsmsna ôssgisneqc õsnmsqnsch èxxuovioxk',
  ],
  [
    'it',
    'ànnhfnj3mc òlllali7lc èoom9ma9ob ìkkkkkk6kk étnimpkaea ùjjjdjjajj ñrqrrbrrrr øuikurpojd ãpppokplcp ívsnmnkghe îoogooleoh üutjsqmmld ǐooooooooc',
  ],
  [
    'nl',
    'ëqql5l5ala érlgkoj998 ïmmmka7mcm èoomgnafoa örphpohmeb înnfnnkdng íurmlmjfgd ütsirqllkc ñrqrrbrrrr ǐnnnnnnnnb ävommrgigd àqrljrncqg',
  ],
  ['sv', 'äxqbotiii3 övjasfkfe4 åtsassscf5 éysnsvqfig ñxwxxhxxxx'],
  ['no', 'øtdathff73 århbhhhah4 ærrfiirnq7 éxriquoeif ûnnnnnjnnf'],
  ['da', 'øui9uieed3 æsrcqqsfi3 åtrdrrrcf5 éysjrvpfjf'],
  ['fi', 'äxdh9f8453 övtjfi9dd9 šwmmlihqek žvlqpjllfl ézvqvytlnj ñxoxxixxxx'],
  [
    'is',
    'ðvqv978dbf íywgirebb6 óykdhmhch6 ázvdvslfi7 úwvdrrlee8 öxveuuikm7 æwviuuwku8 þpddogilii ézuptxrhlb ýttmttsgjb',
  ],
  [
    'ca',
    'àrsb9se9i6 óvsn5te9lb èssihrbfs6 ívshgofaf8 òqqqjqfeq8 útseioidga çsipgcmhar éxrgjupehc ïsssqjcsis üwvmuthohf',
  ],
  ['ga', 'áygghbbe76 íygjabf997 úvlfecbb98 óyvgklhd87 ézdoswre6g ñzyzzjzzzz'],
  [
    'af',
    'ëqql5d3cla ênndkmdba7 ïnnnlbandn étnimqlcea ãpppokplcp üttjrqlmlc ñrrrrcrrrr èsspjqeisf ǐooooooooc ävpnnshjge',
  ],
  [
    'pl',
    'łtbte8at6k óyvqmxeno6 ąsssgscas7 ęrrrhracr8 śrrafr8krf żubjdabkdi ćvri8ljcrv ńqqqdq8qqq źoojoofhlg',
  ],
  [
    'cs',
    'ázzozxf5t6 ízzwowp8n7 šzddgbbqfc čzdihbaodi řvgqhbeoak ýyyxxywawb ěuuuuuudu9 ézytyzqbpb žzejicdmgj ůttttttftd ňunuihfqio úzzfwqmrsj ťvqvklnljm ózzwsznqui ďtotqmttot üzzuzzwwsl',
  ],
  [
    'sk',
    'ázxlxuf6n6 čzbhfaam9j šzdbebbteh ývvuovo8ta ízytstpen8 žxelhbcoei ézwqvymanb úyxettnfp9 ťsjs9indgn ľrfnheeren ňrjrfelrfr ózytpziqrd äzvtuzrnnf ďqhqmjqqkq ôxwlvxsquf ŕrrrrrrrrk ĺrrrrrrrrl',
  ],
  [
    'hu',
    'ázyexvcjk3 ézwdmzgfn5 ózyiflg9h8 özydxwdun7 őttiithah9 ízyjtufola üzzhyximoa úyyfktgfnb űqqnkqlgme',
  ],
  ['ro', 'ăxxihxv3b5 ţsgsh8rjas ârvrrvpvf7 țshsh9sjas îul8uuiklf şvejebbvhj șrfjebcrhj ézxsxzvlok'],
  ['hr', 'ćvet47cpev čxahd78m9k šxabd88rcf žvcjg9bmbl đqdqlblqfq'],
  ['sl', 'čv9bb68g4b šwcbe96qd6 žubkd8akcf'],
  [
    'ru',
    'аfi7glc385 о5j6ilc694 еdla7kb9a5 иdj8dxd766 нd8f766j6k рd8i966f6o сd75b96eba кd7888a96f тd8a877b8b лc9ib77g8l вc89879i9j мb7e98afbn дb9ac89gah уbl8hoebe8 пb67fachch я9jb6tf9hc й9ip4kaqst бa8bgaajdl ь8rpqss6cb гa9ad9cecj ыasqrur9ab зa9ddbamgk ч9bggabjdm ж8dhhcbhem ш9bdfccqfl х8cebdflfl ц9fgecgqdt ф8bdgehpgt ю7kecqefme щ6gnjckohs э7pbkqikqk',
  ],
  [
    'uk',
    'аii7fmc3a4 о7k7goc7b5 нg8e765i5j иgvnsxt686 рg8s867g6p кg7868ae6f іdm9lul786 тf9a978c7c еgvbkxh9c6 сf85a96gcb лf8fc78h7k в779968jaw уem9gmd9d8 д799a88gbg п767eabibi м77e88bgbn ьbqopsr8e9 я7j98te6jc б78adabkcl гd99d9cedj йbjk4j9qlt з79acbamfk чcbhcaajdp цcdhibbqco хbcbabemej жbdmecchdo шccbfcdqfo ю9keaqgfie фacdfdgmgp є8ocbkdill ї6ogcnennr щ9hmkfpols',
  ],
  [
    'bg',
    'аfg8exb3a4 иdt7dvd476 еdla9vb6b5 нd7h456j6h оdt7elb5b5 рd8f877d6c тd8a878a8b сd85996gd9 кd68899c6f лc9e878s7e вc99a7aj7h д49aa89eaf пb66eabrbg мb7d89aebi уbh9glcdd8 бa8agaaibi зa9ddb8lfh гaa9dabddf ъ6nmmphnh9 я9id7rddqc ч9aheablco ж8dgfdcick ц9ejbamldl х8addddiel щ6giabjneq й9goai9lqs ш9cgecdjhm ф8bcgegjir ю7kdipjjmf',
  ],
  [
    'mk',
    'аfi6eyc2b4 и4v7dxd4a5 оdv7hlb6d5 еdv8cxb6d5 кd7989ag4g нd8h566i7l рd8l677n6c сd85aa6hd8 вc8a566n9j тd8a779b7d лc9j978l7v мb7ca9ajbl пb76caanci уbt9gmdef8 дb8ca8agai бa89eaclbk гaa9cacfci ј7ana9aqdt ч9bhcbarbo зa9bdbalfl ц9ebaagjcm ш9ccdcargi њ7injalpps ф8ccfdeqgl ж8dnecemho х8cegfhmit џ6emjfoofr ќ6gmegjopr ѓ6fmlhoojr',
  ],
  [
    'el',
    'αab47j8485 οac89da655 ιada7c8766 τ979d6ae6d ν5ab767lak ρ9aoc67j7t κ95ad79e9g ε9a6gida77 σ577f86pbj μ979f79j9i λ99ke7ah8n π868f8ci9f ς8po2sqgrs υ8ka8d6hga ά8kacla7d8 η8obhof6n8 γ89ao99obf ί8odedbda9 ό8ochre7i8 δ48fl9gnci έ7laorege8 ω7ofdkc9ka ύ7ohbg8gkc χ7adkbcndr β79bhcfndo φ7acibfjdm ή7nhfqi8nb θ7bhicenek ζ7cmhckneo ώ7ngkqecld ξ7emhcmmpq ψ7emngomkq ϊ7nmjofnpq',
  ],
  [
    'tr',
    'ıwwwhwd7f5 üyndlmebf6 şuam99amct çw9scadf9j ğsssf8asps öyjcvuisg9 ̇pppppcppp âqvnqvpnme þsjnmpprnq ţtltolmsnt ýwwvwwumuj đumuuluuru',
  ],
  [
    'he',
    'י8b9bbb7b5 וeaaaaaaa5 רeaaaaa8a7 ה88888858c ל899999898 מd86888s89 ת87a77757b א8a7aaada9 ב887888b89 נd99999t98 קc89888b8a ש889888b8a ד88b888b8a ס879777b7b פ889888h8a עe99999c9b ח769666c6b ג87a777b7b טd8b888c8b ן87r77777q םb6q66676o כ76a666q6b צb6c666i6c זb6c666e6c ף75p555c5s ךa5p555e5s ץa5p555e5s',
  ],
  [
    'ar',
    'اcc5ccc8c6 ي99a999896 لaaaaaa8a6 مaa6aaa9a9 رbbbbbb8b8 وaa9aaaaa8 نaabaaa7a9 ت998999999 ب998999999 ة77r77747u س999999b9a د99b999a9a ك66a666b6a ع77a777b7b ف77a777b7b ق77b777b7b ج77b777d7b ح77a777d7c ه88c888b8c ش88b888e8d أ669666j6e ط66c666d6d ز77d777c7d ص66c666f6d خ77c777f7d غ66d666f6e ض55f555f5e إ55b555p5i ذ55f555h5g ث55f555h5g ئ66q666j6f ء55p555c5m َ55p555h5g ّ55p555g5g ى55p555d5o ظ55j555j5i ً55p555g5j ْ55p555j5k ِ66q666j6k آ66h666q6n ُ66q666q6k',
  ],
  [
    'fa',
    'اdc7ccc8c5 یbbdbbb5b6 رbbabbb7b7 نba8aaa7a7 و4abaaaaa7 مba7aaa9a9 دa99999899 تa99999899 ه88a88868b سa98999b9a بa97999b9a لbabaaaaa9 ک988888b8b ش88a888b8b گ879777d7c ز87c777b7b ف87a777f7d پ779777h7e خ77b777g7d ج87b777e7d ق87b777e7d ع87c777f7e آ66a666m6k ح77c777h7f چ76c666h6g ص76f666h6g ط76e666h6g يa9k999f9h غ76f666i6h ٔ65o555d5s ئ76q666q6g ض76i666j6j ذ66k666l6i ژ65i555k5j ث76k666j6j ِ66p666g6m ظ66l666l6k',
  ],
  [
    'lt',
    'ėtttttl7t6 šxacja8rea ųsss9si6sj žvaflactbg čxdqlbjubq ūqqgqqfqqa ąsssisnbsd įojcolieoh ęrrrprlfrb ðvdvihgllq àvwqowkgvf þqkljkhpoo ëzzvmvlivh øyspywnjoh ûqqqqqnqqi ázxlxurjqj èyyvpklpyl æzysxxzvyj',
  ],
  [
    'lv',
    'āuueuuebk4 īttgttiht5 šyfem7dbbe ēssfssjgs6 ņrirk9brer ūrrirrkrr9 ļqmqmceqdq ķpeppcmpdp žwhsmehudj čygrqgjvgr ģphppeppip',
  ],
  ['et', 'äxgdht9k75 õrdcrgcr76 üvu9jfbna7 övtlsr9p9d švfhjdfjbj žtfpjgjrcj ézvquyslmj'],
  [
    'vi',
    '́sssaa6sss ̣rrrbc7rrr ̀rrrba8rrr êvvllj8hja ̉qqqabaqqq ôumfsucgg8 âpmgpuete8 ưqjjqqliaa ơqlqlibfjb ̃pppcedplp đqaqqkqqnq ăvvmuvihpa',
  ],
  [
    'th',
    'า98d888688 ร889888a88 น889888789 ก879777879 เ876777g7a อ879777b79 ม77a77797a ง77f77777a ิ77f777c79 ั77g777g79 ล77a777a7a ว77a777a7a ย76c66696a ้76h666b6a ี76h66696a ่76f666b6a ส768666d6b ด76c66696b ต76b666c6b ห769666g6c บ76b666a6c ์76l66676d ท76b666e6b ค66a666e6c ป66a666f6d ุ66j666g6c ช66b666e6c พ66a666f6d ะ66g666c6c ู65l555d5c แ659555i5e จ65b555d5e โ65b555k5e ข65c555h5e ื65k555j5d ศ65d555e5e ซ65d555h5e ไ65b555j5f ญ65i555f5e ณ35g555e5f ใ65e555g5f ็65k555l5e ำ65k555e5f ธ65d555g5g ษ65k555g5f ภ65e555k5g ผ65b555l5i ึ65k555k5g ฟ65f555h5h ถ55g555i5h ฐ65i555i5j ฮ65g555l5j ฉ65j555p5j ๊65p555p5j ฎ65p555k5l ฤ65l555p5l ฬ65p555m5l',
  ],
  ['gl', 'óurfit5gh6 ávreiodbh6 íurhhh9b98 évphpsece7 ñsrss7ssss úsrfnnedea üwwmutophg'],
  [
    'cy',
    'ŵkdkkkk998 âdmidmdmh7 ônmclnhdk7 ênnilmegg8 ïnnnldbn9n îllcllialc étnimqkcea äsmkkphgaa ösqipoimec èqqoipchqe ñqpqqaqqqq ŷjjjjjjdjd ãpppokpkcp íurnmnjghe üttjrqlmlc ëvvqgqghif ǐooooooooc',
  ],
  ['sq', 'ëxxgisi3s2 çtafecjphs'],
  ['lb', 'ävehmrkg65 évekhsnd57 ëvvdfqdgq5 üttjrqlml8 öusirrkogc èuurlsfkug êuuprtknmg'],
  ['mt', 'ħqadba9e59 żqbc899fag ġp9gd99d9d ċoaiiaafae àstnltpcsi éztotwrjkh'],
  ['eo', 'ŭmmm975mmm ĝlall5dlal ĉl7ll7dldb ŝkabk9dk9k ĥjjjjcejej üssiqpklka ĵjcjjejjjj öuskrqkojd'],
  [
    'be',
    'аhe5dnc363 нg8e765i6l кf7868af6e рf8r967g6m іci9dse6a7 сf85b96feb лe9hc77l8o ыcropsp597 е7ic8ne7d7 т79998ab8c я6ia4jbaea оglfsvhbb7 уej9gmg9c7 п766e9bici в77nm7ms9o дd98b97fce м77g88bfbl цbbjca8laf бd8be9bjbk гc9ae9cedh з799dabjbj ьbpnorq7ga чbbgfaalco э9naipheea ў8nbbh9mpq йbjo7papqs шbcadeclfj хaddacekfk жbclfcckdm фabcgdhohm ю9jicpggmf ё8nhjmiile',
  ],
  [
    'sr',
    'аfg8eye3c4 иdu7hwe5d5 оdu6dnc6d5 еdlajwe5e5 нe8e566j6m рd8i677s5b тd89888a6c кd78798h6g сd859a6fda уbs7fnb9e7 лc9ia79j7o пb66b99lbh вc9cb7as8k мb7d599iak д49ba98gbk бa8bebalam зa9bca9lfl гaa99aaedh ј7bnb8apfs ц9ec99gqcl ч9bgbaaqdo њ7fme8lodr ш9cbdc9lfh љ6elfdenbq х8bdbeelgm ж8cmfddpfs ф8cdefeifm ћ6glbcinlq ђ6jllfnnjq џ6gmlhnnhq',
  ],
  ['az', 'əvibglc8b3 ıwwwjwf8h6 şvchaabufk üyycllgdf7 çwbnhcfscv ğtttkbetgt öynewvjtfb ̇qqqnnhqqq'],
  [
    'kk',
    'аea5dka474 еdl8hvc795 тc77979b5d рcbj766d8d нdbc466fcg ы9qeesa5h6 лcbj956d9e сc78987e9f іarbfsc6n7 кc77899e9g қ7787c9iaj оdf9gmead7 уbif8ca6ba мa89a89eag иchaivga88 дa9ae9ee7j бa68haeial ш88dabcg9k пa9c8ccqbj г9bdg9ed9j ж879kfiicm й8hoac8keg ғ6flm8hmaq з9ciaabkch ұ5fbmonjga ү5fbmonmeb я9qi9jbfqg ң5ml9eblji ө5mamonlkc вbcniddrdu ә5gbjlklje ф7ddhehkgr х8dggfgneo ь8popqqcfg ц9jnkejpgs э6ockphioj ю7ljhplgph ч9fkjhlpnt',
  ],
  ['fo', 'ðtot979dce óxgdlvgmn6 øwpfwtrql6 íxucppihi7 áxidtrnfn7 æukfssuht7 úuudppjlh8 ýrrrrrqgk9'],
  [
    'ur',
    'اcc7ccc6c6 یbbebbb5b6 رbbabbb7b7 وaabaaa9a7 نaaaaaa8a7 لaaaaaa9a9 مaa7aaabaa ک887888b89 ب997999a9a س998999a9a ت99a99999a ہ77a77787c د99a999b9b ٹ66b666a6b پ778777e7d ھ66p666f6a گ77a777c7c ج77a777e7d ئ66p666p6b ش88b888c8d ف77b777d7d چ66a666f6f ے66p66686m ز77d777c7d ڈ55c555d5e خ77b777i7f ع77c777h7e ق77d777f7e ں55o555a5r ڑ55o555g5d ح77c777i7g ط66f666i6f آ66b666k6l ص66f666j6g غ66f666j6i ث66e666l6k ؤ55o555g5i ً55h555k5i ذ66i666i6i ِ55p555f5j ض66g666j6j ٌ55o555l5i ظ66m666k6j ُ66p666p6j ّ66p666o6j ه99h999k9n يaaqaaakaj',
  ],
  [
    'yi',
    'אaa5aaaba6 ע99b999597 יbbcbbbbb6 ַ88m888b87 רaacaaa7a7 נ99a999n98 וaadaaaea8 ט88a888789 ל999999a99 ש88a88868b ק888888c8a ן78l88848q ג887888a8c פ886888h8c ד889888a8b מ888888m8b ב888888e8c ס789888a8c ֿ66k666h6b ָ66k666h6b ײ66k666k6c ז77b777e7c ּ66k666h6c צ77b777k7d כ77d777l7d װ66b666j6g ה99b999d9g ױ66k666k6f ם88l888c8q ך77k777d7p תaaiaaafal ץ77l777g7q ִ88l888l8m',
  ],
];
