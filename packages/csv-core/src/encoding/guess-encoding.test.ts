import { describe, expect, it } from 'vitest';
import { createByteDecoder } from './byte-decoder.js';
import { encodeText } from './encode-text.testing.js';
import { CONTEXT_LENGTH, guessEncoding } from './guess-encoding.js';

interface Language {
  readonly encodings: readonly string[];
  /** Whether one name may look like another language in the usual encoding. */
  readonly needsMore?: boolean;
  readonly header: string;
  readonly names: readonly string[];
  readonly places: readonly string[];
}

/** People and places of our making, as exports have them. */
const LANGUAGES: Readonly<Record<string, Language>> = {
  Japanese: {
    encodings: ['shift_jis', 'euc-jp'],
    header: '注文番号,氏名,フリガナ,住所,商品名,備考',
    names: ['佐藤 健太', '高橋美咲', '渡辺 直樹', '小林さくら', '中村 由美子', '山田太郎'],
    places: [
      '東京都渋谷区神南1-2-3',
      '大阪市北区梅田2-4-9',
      'よろしくお願いします',
      'ボードゲーム（限定版）',
    ],
  },
  Chinese: {
    encodings: ['gb18030'],
    header: '订单号,姓名,电话,地址,商品,备注',
    names: ['王伟', '李秀英', '张敏', '刘浩然', '陈静', '杨子涵'],
    places: ['北京市朝阳区建国路88号', '上海市浦东新区', '谢谢支持', '请尽快发货'],
  },
  Taiwanese: {
    encodings: ['big5'],
    header: '訂單編號,姓名,電話,地址,商品,備註',
    names: ['陳家豪', '林淑芬', '黃俊傑', '張雅婷', '王志明', '李承恩'],
    places: ['台北市信義區市府路1號', '高雄市前鎮區', '請盡快出貨', '限量版桌遊'],
  },
  Korean: {
    encodings: ['euc-kr'],
    header: '주문번호,이름,전화번호,주소,상품명,메모',
    names: ['김민수', '이서연', '박지훈', '최영희', '정하준', '강수빈'],
    places: ['서울특별시 강남구 테헤란로 123', '부산광역시 해운대구', '감사합니다', '한정판 보드게임'],
  },
  German: {
    encodings: ['windows-1252', 'macintosh'],
    header: 'Bestellnummer,Name,Straße,Ort,Größe,Stück',
    names: ['Jürgen Müller', 'Käthe Löwe', 'Jörg Weiß', 'Sören Krüger', 'Änne Groß', 'Günther Übel'],
    places: ['Hauptstraße 5', 'Köln', '„Früher Vogel“ – 50 €', 'Österreich'],
  },
  French: {
    encodings: ['windows-1252', 'macintosh'],
    header: 'Numéro,Prénom,Nom,Quantité,Préférence',
    names: ['Zoé Lefèvre', 'François Côté', 'Élodie Gérard', 'Hélène Noël', 'Loïc André', 'Anaïs Bœuf'],
    places: ['Hôtel de Ville', 'Saint-Étienne', 'créée l’été dernier', 'n° 12 à Orléans'],
  },
  Spanish: {
    encodings: ['windows-1252', 'macintosh'],
    header: 'Número,Nombre,Dirección,Teléfono,Año',
    names: ['José García', 'María Peña', 'Íñigo Núñez', 'Ángel Muñoz', 'Raúl Güell', 'Begoña Cañas'],
    places: ['Calle de Alcalá nº 5, 1ª planta', '¡Gracias!', '¿Cuándo llega?', 'Málaga'],
  },
  Swedish: {
    encodings: ['windows-1252', 'macintosh'],
    header: 'Ordernr,Namn,Gatuadress,Önskemål,Färg',
    names: ['Åsa Öberg', 'Björn Åkesson', 'Märta Sjöström', 'Håkon Bø', 'Väinö Hämäläinen', 'Göran Häll'],
    places: ['Malmö', 'Ålesund', 'Ærøskøbing', 'Västerås'],
  },
  Icelandic: {
    encodings: ['windows-1252'],
    header: 'Pöntun,Nafn,Heimilisfang,Sími,Fjöldi',
    names: ['Þórður Guðmundsson', 'Ásdís Jónsdóttir', 'Ægir Örn', 'Sigríður Ýr', 'Jón Þór', 'Björk Óðins'],
    places: ['Þórshöfn', 'Ísafjörður', 'takk fyrir – þökk sé þér', 'Höfðabakki 9'],
  },
  English: {
    encodings: ['windows-1252', 'macintosh'],
    header: 'Order,Name,Café,Price £,Note',
    names: ['Zoë Brontë', 'Renée O’Neill', 'Siân Jones', 'Chloé Smith', 'Seán Ó Briain', 'Beyoncé Doe'],
    places: ['It’s great – thanks', '“quoted” text…', '£5 for a café au lait', 'naïve'],
  },
  Portuguese: {
    encodings: ['windows-1252', 'macintosh'],
    header: 'Número,Nome,Endereço,Doação,Observações',
    names: ['João Conceição', 'Inês Simões', 'Antônio Gonçalves', 'Luís Magalhães', 'Mônica Araújo'],
    places: ['São Paulo', 'Praça da República, 3º andar', 'Não é urgente', 'Goiânia'],
  },
  Polish: {
    encodings: ['windows-1250', 'iso-8859-2'],
    needsMore: true,
    header: 'Numer zamówienia,Imię,Miejscowość,Ilość,Wysyłka',
    names: ['Małgorzata Wiśniewska', 'Łukasz Wójcik', 'Paweł Zieliński', 'Grażyna Woźniak', 'Józef Stępień'],
    places: ['Łódź', 'Częstochowa', 'ul. Świętokrzyska 12', 'proszę o szybką wysyłkę'],
  },
  Czech: {
    encodings: ['windows-1250', 'iso-8859-2'],
    needsMore: true,
    header: 'Číslo objednávky,Jméno,Příjmení,Množství',
    names: ['Jiří Dvořák', 'Kateřina Černá', 'Zdeněk Růžička', 'Ondřej Němec', 'Božena Kučerová'],
    places: ['Plzeň', 'České Budějovice', 'Ústí nad Labem', 'děkuji, těším se'],
  },
  Hungarian: {
    encodings: ['windows-1250', 'iso-8859-2'],
    needsMore: true,
    header: 'Rendelésszám,Név,Cím,Összeg,Megjegyzés,Időpont',
    names: ['László Szőke', 'Győző Kovács', 'Ágnes Tóth', 'Jenő Szűcs', 'Dezső Fehér', 'Ödön Dömötör'],
    places: ['Győr', 'Hódmezővásárhely', 'Fűzfa utca 3', 'köszönöm előre is'],
  },
  Turkish: {
    encodings: ['windows-1254'],
    needsMore: true,
    header: 'Sipariş No,Adı Soyadı,Şehir,Ürün,Açıklama',
    names: ['Ayşe Yılmaz', 'Gülşen Çağlar', 'Işıl Doğan', 'İbrahim Öztürk', 'Uğur Kılıç', 'Şükrü Güneş'],
    places: ['İstanbul', 'Beşiktaş', 'Eskişehir', 'teşekkürler, başarılar'],
  },
  Greek: {
    encodings: ['windows-1253'],
    header: 'Παραγγελία,Όνομα,Διεύθυνση,Ποσό',
    names: ['Γιώργος Παπαδόπουλος', 'Μαρία Κωνσταντίνου', 'Δημήτρης Γεωργίου', 'Ελένη Νικολάου'],
    places: ['Αθήνα', 'Θεσσαλονίκη', 'Ηράκλειο Κρήτης', 'ευχαριστώ πολύ'],
  },
  Russian: {
    encodings: ['windows-1251'],
    header: 'Номер заказа,Имя,Адрес,Телефон,Сумма',
    names: [
      'Иван Петров',
      'Мария Иванова',
      'Ольга Кузнецова',
      'Артём Ёлкин',
      'Юлия Щербакова',
      'Дмитрий Попов',
    ],
    places: ['г. Москва, ул. Ленина, д. 5', 'Спасибо!', 'Настольная игра', 'Санкт-Петербург'],
  },
};

const cases = Object.entries(LANGUAGES).flatMap(([language, { encodings, ...content }]) =>
  encodings.map((encoding) => ({ language, encoding, ...content })),
);

/** The name of the encoding, or what else there is to say. */
function guessBytes(bytes: Uint8Array): { readonly name: string; readonly certain: boolean } {
  const first = bytes.findIndex((byte) => byte >= 0x80);
  const lineStart = bytes.lastIndexOf(0x0a, first) + 1;
  const guess = guessEncoding(bytes.subarray(Math.max(lineStart, first - CONTEXT_LENGTH)), true);
  if (guess.kind !== 'text') return { name: guess.kind, certain: false };
  return { name: guess.name, certain: guess.doubt === null };
}

function guess(text: string, encoding: string): string {
  return guessBytes(encodeText(text, encoding)).name;
}

/** The text as it would be read: some encodings have some letters in the same places. */
function guessedText(text: string, encoding: string): string {
  const decoder = createByteDecoder(guess(text, encoding), { isStrict: false });
  return decoder.decode(encodeText(text, encoding));
}

function rowOf(id: number, name: string, place: string): string {
  return `${id},${name},buyer${id}@example.com,"${place}",2,$45.00\r\n`;
}

describe('guessEncoding', () => {
  it.each(cases)(
    'tells $language in $encoding from a header and rows',
    ({ encoding, header, names, places }) => {
      for (const count of [1, 6, 300]) {
        const rows = Array.from({ length: count }, (_, index) =>
          rowOf(index, names[index % names.length] ?? '', places[index % places.length] ?? ''),
        );
        const text = `${header}\r\n${rows.join('')}`;
        expect(guessedText(text, encoding)).toBe(text);
      }
    },
  );

  it.each(cases)('tells $language in $encoding from rows below an English header', (given) => {
    const { encoding, names, places } = given;
    const rows = names.map((name, index) => rowOf(index, name, places[index % places.length] ?? ''));
    const text = `Order,Name,Email,Note,Qty,Total\r\n${rows.join('')}`;
    expect(guessedText(text, encoding)).toBe(text);
  });

  it.each(cases.filter(({ encoding, needsMore }) => encoding !== 'macintosh' && !needsMore))(
    'tells $language in $encoding from a single name',
    ({ encoding, names }) => {
      for (const name of names) expect(guess(`Order,Name\r\n1,${name}\r\n2,x\r\n`, encoding)).toBe(encoding);
    },
  );

  it.each(cases.filter(({ encoding }) => encoding === 'windows-1252'))(
    'never takes a little $language for anything but Windows-1252',
    ({ names, places }) => {
      for (const text of [...names, ...places].flatMap((text) => text.split(' '))) {
        if (/^[ -~]*$/.test(text)) continue;
        for (const around of [text, `1,${text}\n`, `1,"${text}",x\n`, `a ${text} b`]) {
          expect([around, guess(around, 'windows-1252')]).toEqual([around, 'windows-1252']);
        }
      }
    },
  );

  it('takes every accented letter within a word for Western', () => {
    for (const letter of 'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿßœšž') {
      for (const text of [`Jo${letter}l Smith`, `M${letter}`, `${letter}a`, `Ren${letter},x`]) {
        expect([text, guess(text, 'windows-1252')]).toEqual([text, 'windows-1252']);
      }
    }
  });

  it('needs more than quotes and dashes to take a file for a Macintosh’s, but for its line ends', () => {
    const quotes = (end: string) =>
      ['id,name', '1,O’Brien', '2,D’Angelo', '3,“The Big” Box', '4,O’Hara – Cox'].join(end) + end;
    expect(guessBytes(encodeText(quotes('\n'), 'macintosh'))).toEqual({
      name: 'windows-1252',
      certain: false,
    });
    expect(guess(quotes('\r'), 'macintosh')).toBe('macintosh');
    expect(guess(`${quotes('\n')}5,Zoë Brontë\n6,René Müller\n`, 'macintosh')).toBe('macintosh');
  });

  it.each(['MUÑOZ', 'AVIÕES', 'ÓSCAR', 'CORAÇÃO', 'PEÑA NUÑEZ'])(
    'takes %s in Windows-1252 for what it is',
    (name) => {
      expect(guess(`a,b\n1,${name}\n2,${name}\n`, 'windows-1252')).toBe('windows-1252');
    },
  );

  it.each(['Þór', 'ÀÉÈ', 'Ý', 'Ó Sé'])('takes %s in Windows-1252 for what it is', (name) => {
    expect(guess(`a,b\n1,${name}\n`, 'windows-1252')).toBe('windows-1252');
  });

  it.each([
    ['gb18030', '叶伟'],
    ['gb18030', '谢伟'],
    ['gb18030', '魏伟'],
    ['gb18030', '谭毛强'],
  ])('tells %s from UTF-8 though %s happens to be valid UTF-8', (encoding, name) => {
    const bytes = encodeText(`a,b\n1,${name}\n`, encoding);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).not.toThrow();
    expect(guessBytes(bytes)).toEqual({ name: encoding, certain: false });
  });

  it.each([
    ['big5', '羅'],
    ['euc-kr', '황'],
    ['gb18030', '石'],
  ])(
    'stays with UTF-8 for a single character that would be %s as well (%s), and is not certain',
    (encoding, name) => {
      expect(guessBytes(encodeText(`a,b\n1,${name}\n`, encoding))).toEqual({ name: 'utf-8', certain: false });
    },
  );

  it.each(Object.entries(LANGUAGES))('is certain of UTF-8 in %s from a name', (_language, { names }) => {
    for (const name of names) {
      if (/^[ -~]*$/.test(name)) continue;
      const bytes = encodeText(`a,b\n1,${name}\n`, 'utf-8');
      expect([name, guessBytes(bytes)]).toEqual([name, { name: 'utf-8', certain: true }]);
    }
  });

  it.each([
    'Zoe\u0308 Jose\u0301',
    'Jānis Bērziņš',
    'Đặng Hương',
    'דוד כהן',
    'محمد علي',
    'Արամ',
    'Məmmədov',
    'Ștefan Țiriac',
    'Łódź',
    'Ия Яна',
    'naïve café',
  ])('reads %s in UTF-8 as that', (text) => {
    expect(guess(`a,b\n1,${text}\n`, 'utf-8')).toBe('utf-8');
  });

  it('forgives a Cyrillic letter in a Latin word that looks like one', () => {
    // As a plugin of WooCommerce writes its columns: both begin with a Cyrillic С.
    const header = 'Order,\u0421oupons Used,\u0421ustomer Note\n1,0,x\n';
    expect(guessBytes(encodeText(header, 'utf-8'))).toEqual({ name: 'utf-8', certain: true });
  });

  it('is certain of UTF-8 though a lone letter is all there is', () => {
    expect(guessBytes(encodeText('a,b\n1,é\n', 'utf-8'))).toEqual({ name: 'utf-8', certain: true });
  });

  it('takes a file for damaged UTF-8 when one row of another encoding is in it', () => {
    for (const names of [
      ['Zoë', 'Jürgen'],
      ['Иван', 'Ольга'],
      ['山田', '佐藤'],
    ]) {
      const good = names.map((name) => `1,${name}\n`).join('');
      const bytes = Uint8Array.of(
        ...encodeText(`a,b\n${good}`, 'utf-8'),
        ...encodeText('3,René\n', 'windows-1252'),
      );
      expect(guessBytes(bytes).name).toBe('utf-8');
    }
  });

  it.each([
    [
      'a Hungarian file with one word that tells',
      'windows-1250',
      ['Borbély', 'Fenyőfő', 'Gellért', 'Márton'],
    ],
    [
      'Spanish names, which have apostrophes in odd places in Windows-1252',
      'macintosh',
      ['María', 'Farías', 'Rincón'],
    ],
    ['a word that would begin with ® in Windows-1250', 'iso-8859-2', ['Žan', 'Gabrovšek', 'Kočevje']],
    ['long vowels, which are written twice', 'windows-1257', ['Püüdma', 'Mõõgad', 'Võileib', 'Šampinjon']],
    ['French as MS-DOS had it', 'ibm850', ['Hélène', 'Noël', 'Gérard', 'Benoît']],
  ])('tells %s', (_what, encoding, names) => {
    const text = `Order,Name\r\n${names.map((name, index) => `${index},${name}\r\n`).join('')}`;
    expect(guessedText(text, encoding)).toBe(text);
  });

  it('reads the sign for any currency as the euro it was meant to be, and asks', () => {
    const text = 'a,b\n1,20 €\n';
    expect(guessedText(text, 'iso-8859-15')).toBe(text);
    expect(guessBytes(encodeText(text, 'iso-8859-15')).certain).toBe(false);
  });

  it.each([
    ['Tsüaan', 'ibm775'],
    ['Müesser', 'ibm857'],
    ['Lingüístic', 'ibm437'],
  ])('never reads %s (%s) in Windows-1252, which lacks one of its bytes', (name, encoding) => {
    expect(guess(`a,b\n1,${name}\n`, encoding)).not.toBe('windows-1252');
  });

  it.each([
    'Â’r,Ymgrymu’n',
    '‹x›',
    'co\u00adop',
    'col·lecció',
    'São\u00a0Paulo',
    'A–Z',
    'Jose´',
    '™',
    '©2024',
  ])('takes %s in Windows-1252 for what it is', (text) => {
    expect(guess(`a,b\n1,${text} x\n`, 'windows-1252')).toBe('windows-1252');
  });

  it('finds sense in words of another language that read the same in Windows-1252', () => {
    const names = ['Žaneta', 'Beneš', 'Rudolfová', 'Kuliškou', 'Jareš', 'Lukášova', 'Šebestová', 'Želivecká'];
    const text = `a,b\n${names.map((name) => `1,${name}\n`).join('')}`;
    expect(guessedText(text, 'windows-1250')).toBe(text);
    expect(guessBytes(encodeText(text, 'windows-1250')).certain).toBe(true);
  });

  describe('a row that makes sense only in another encoding', () => {
    const names = ['Zoë Brontë', 'Jürgen Müller', 'François Lefèvre', 'José García', 'Søren Ångström'];
    const rows = encodeText(names.map((name, index) => rowOf(index, name, 'x')).join(''), 'windows-1252');
    const header = encodeText('a,b,c,d,e,f\r\n', 'windows-1252');
    const odd = encodeText(rowOf(9, 'Anna Bücheler', 'x'), 'ibm850');

    it('is asked about in the middle of a file', () => {
      const more = encodeText(
        rowOf(10, 'Noël André', 'x') + rowOf(11, 'Françoise Núñez', 'x'),
        'windows-1252',
      );
      expect(guessEncoding(Uint8Array.of(...header, ...rows, ...odd, ...more), true)).toMatchObject({
        name: 'windows-1252',
        doubt: { samples: ['B\u0081cheler'], others: [expect.stringMatching(/^ibm/)] },
      });
    });

    it('is where a second file begins at the end of a file', () => {
      expect(guessEncoding(Uint8Array.of(...header, ...rows, ...odd), true)).toMatchObject({
        kind: 'glued',
        line: 6,
        parts: ['windows-1252', expect.stringMatching(/^ibm/)],
      });
    });
  });

  it('asks about a single word of another encoding than Windows-1252, however clear it is', () => {
    expect(guessBytes(encodeText('a,b\n1,Дмитрий\n', 'windows-1251'))).toMatchObject({
      name: 'windows-1251',
      certain: false,
    });
    expect(guessBytes(encodeText('a,b\n1,Дмитрий\n2,Сергей\n', 'windows-1251')).certain).toBe(true);
  });

  it('doubts letters that are hardly words: Georgian as Georgian fonts had it', () => {
    // The alphabet from 0xC0 on, which KOI8 has Cyrillic letters for.
    const alphabet = 'აბგდევზჱთიკლმნჲოპჟრსტჳუფქღყშჩცძწჭხჴჯჰ';
    const text = 'a,b\n1,გიორგი ბერიძე\n2,ნინო კაპანაძე\n3,თამარ მაისურაძე\n4,დავით გელაშვილი\n';
    const bytes = Uint8Array.from(text, (letter) => {
      const at = alphabet.indexOf(letter);
      return at < 0 ? letter.charCodeAt(0) : 0xc0 + at;
    });
    expect(guessBytes(bytes).certain).toBe(false);
  });

  it('is certain of UTF-8 and of nothing else', () => {
    const certain = { kind: 'text', name: 'utf-8', isSingleByte: false, doubt: null };
    const utf8 = new TextEncoder().encode('é,日本');
    expect(guessEncoding(utf8, true)).toEqual(certain);
    expect(guessEncoding(utf8.subarray(0, utf8.length - 1), false)).toEqual(certain);
    expect(guessEncoding(Uint8Array.of(0xe9), true)).toMatchObject({
      name: 'windows-1252',
      doubt: { samples: ['é'] },
    });
    expect(guessEncoding(Uint8Array.of(0xe9), false)).toEqual(certain);
  });
});
