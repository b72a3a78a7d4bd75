/**
 * Translates words of column names in other languages, and English synonyms, into the English words that
 * `fields/field-table.ts` uses. `estado` and `état` are not translated, because they may mean a status or a province.
 * Stems such as `bestell` are for compounds (`Bestelldatum`). Each entry is one meaning: English synonyms; German;
 * French; Spanish and Catalan; Portuguese; Italian; Dutch; Polish; Japanese; Chinese; Korean.
 */
export const FOREIGN_WORDS = `
  order = booking, reservation, registration, preorder, pre order, sales order, ordered, purchase, purchased, sale; bestellung, bestell, bestellungs, auftrag, auftrags, buchung, buchungs, reservierung, reservierungs,
    vorbestellung, vorbestell; commande,
    achat, réservation; pedido, orden, reserva, compra, comanda; encomenda; ordine, ordini, acquisto, prenotazione, iscrizione; bestelling, bestel, aankoop; zamówienie,
    zamówienia; 注文, ご注文, 購入; 订单, 訂單, 下单, 購買; 주문, 구매
  pledge = pledged, backing, contribution, contributed, support; unterstützung, unterstützungs, beitrag,
    beitrags; contribution, soutien; aporte, aportación, aportació, contribución, apoyo; apoio,
    contribuição; contributo, sostegno; bijdrage, steun; wpłata, wpłaty, wsparcie, wsparcia; 支援, ご支援, 応援; 赞助,
    贊助, 支持, 認捐; 후원, 펀딩
  number = num, n, no, num, nbr, #; nummer, nr; numéro, n°; número, nº, núm; numero; nummer; numer; 番号; 编号, 編號, 号码, 號碼,
    号, 號; 번호
  id = uid, guid, uuid, identifier, identification; kennung; identifiant; identificador; identificatore;
    identyfikator; 識別子; 标识; 아이디
  transaction = txn, trans; transaktion, transaktions; transacción; transação; transazione; transactie; transakcja, transakcji
  reference = ref; referenz, aktenzeichen; référence; referencia; referência; riferimento; referentie;
    referencja; 参照; 参考号; 참조
  name = names; namen, namens; nom; nombre; nome; nominativo; naam; nazwa, imię i nazwisko; 名前, お名前, 氏名, 名, 名称;
    姓名, 名字, 名稱; 이름, 성명, 성함, 명
  first name = firstname, forename, given name; vorname; prénom; nombre de pila; primeiro nome; nome di
    battesimo; voornaam; imię
  last name = lastname, surname, family name; nachname, familienname, zuname; nom de famille; apellido,
    apellidos, cognoms; sobrenome, apelido; cognome; achternaam; nazwisko; 姓, 苗字; 姓氏; 성
  full name = fullname; vollständiger name, vor und nachname, vorname und nachname; nom complet, nom et prénom,
    prénom et nom; nombre completo, nombre y apellidos, nombre y apellido; nome completo; nome e cognome;
    volledige naam; pełne imię; フルネーム; 全名; 전체 이름
  customer = cust, debiteur, debitor, debitoren, buyer, client, purchaser, shopper; kunde, kunden, käufer, besteller; acheteur; cliente, comprador,
    compradora; cliente; acquirente; klant, klanten, koper; klient, klienta, kupujący, kupującego; 購入者, 注文者, 顧客,
    お客様; 客户, 客戶, 买家, 買家, 购买者; 고객, 구매자, 주문자
  backer = donatore, apoiante, donateurs, supporter, patron, contributor, pledger, donor, sponsor; unterstützer, unterstützerin, spender;
    contributeur, contributrice, soutien, donateur; mecenas, patrocinador, colaborador, donante; apoiador,
    apoiadora, doador; sostenitore, finanziatore; ondersteuner; wspierający, wspierającego, darczyńca; 支援者, 後援者;
    赞助者, 贊助者, 支持者, 赞助人, 贊助人; 후원자, 서포터
  user = member, account; benutzer, nutzer, mitglied; utilisateur, membre; usuario, miembro, usuari; usuário,
    membro; utente; gebruiker; użytkownik, użytkownika; ユーザー, 会員; 用户, 用戶; 회원, 사용자
  email = mail, e mail, email address, e mail address, mail address; mailadresse, emailadresse, e mail adresse;
    courriel, mél, adresse courriel, adresse e mail, adresse email, adresse mail, adresse électronique; correo,
    correo electrónico, correu electrònic, correu; correio eletrônico, correio eletrónico, endereço de email,
    endereço de e mail; posta elettronica, indirizzo email, indirizzo e mail; mailadres, emailadres; adres
    email, adres e mail, poczta; メール, メールアドレス, eメール, 電子メール; 邮箱, 電子郵件, 电子邮件, 电子邮箱, 信箱, 郵箱; 이메일, 메일, 전자우편
  phone = telephone, tel, mobile, cell, cellphone, phone number, telephone number, mobile number, mobile phone,
    cell phone; telefon, telefonnummer, handy, handynummer, rufnummer; téléphone, portable, numéro de téléphone;
    teléfono, móvil, telèfon, celular, telèfon, número de teléfono; telefone, celular, telemóvel; telefono,
    cellulare; telefoon, telefoonnummer, mobiel; telefonu, numer telefonu, komórka; 電話, 電話番号, 携帯, 携帯電話; 电话,
    电话号码, 電話號碼, 手机, 手機, 手机号; 전화, 전화번호, 휴대폰, 연락처, 핸드폰
  status = stat, esito, situação, situación, status; zustand; statut; situação; stato; toestand; stan; 状態, ステータス, 状況; 状态, 狀態; 상태
  etat = état; estat
  payment = pay, financial, charge, charged; zahlung, zahlungs, bezahl; paiement, règlement; pago, cobro; pagamento;
    betaling, betaal; płatność, płatności; 支払, 支払い, お支払い, 決済, 入金; 支付, 付款; 결제, 지불, 입금
  paid = received, bezahlt; payé; pagado; pago; pagato; betaald; opłacone, zapłacono; 支払済; 已付; 결제완료
  amount = amt, wartość, bid, value, sum; betrag, betrags, summe, wert; montant, somme; importe, monto, import; valor, montante,
    quantia; importo; bedrag; kwota, kwoty; 金額, 額; 金额; 금액
  total = grand total, ordertotaal, totalpris; gesamt, gesamtsumme, gesamtbetrag, endbetrag; totale; suma; totale; totaal, totaalbedrag;
    razem, łącznie; 合計, 合計金額, 総額; 总计, 總計, 总额, 總額, 合计, 總金額, 总金额; 합계, 총, 총액, 총금액
  gross = ttc, incl vat, incl tax, including vat, including tax, tax included, vat included, vat incl, tax incl, inkl mwst, inkl ust,
    iva incl, iva inclusa, iva incluido, incl btw, btw incl, 税込; brutto; brut; bruto; lordo
  net = ht, excl vat, excl tax, excluding vat, excluding tax, vat excl, exkl mwst, zzgl mwst, iva escl, iva esclusa, excl btw, imponibile,
    税抜, 税別; netto; líquido, liquido; neto
  price = preis; prix; precio; preço; prezzo; prijs; cena; 価格, 値段; 价格, 價格; 가격
  unit price = price per unit, price each; einzelpreis, stückpreis; prix unitaire; precio unitario; preço
    unitário; prezzo unitario; stukprijs; cena jednostkowa; 単価; 单价, 單價; 단가
  cost = kosten; frais, coût; gastos, coste, costo; custo, taxa de; costi, spese; koszt, koszty; 料金, 料, 費; 费用,
    費用, 费; 비용
  fee = gebühr, gebühren; taxa; comisión; commissione; opłata; 手数料; 手续费, 手續費; 수수료
  shipping cost = postage, freight; porto, versandkosten; frais de port, frais de livraison; gastos de envío;
    frete, portes; spese di spedizione; verzendkosten, porto; 送料, 配送料; 运费, 運費, 邮费, 郵資; 배송비, 운송료
  currency = curr, cur, ccy, währung; devise, monnaie; moneda, divisa; moeda; valuta, divisa; munt; waluta; 通貨; 货币, 貨幣, 币种, 幣別;
    통화
  date = at, on, time, timestamp, datetime, when; datum, zeitpunkt, zeit, am; date, heure; fecha, hora; data;
    data; datum, tijd, op; data, czas; 日付, 日時, 日, 年月日; 日期, 时间, 時間; 날짜, 일자, 일시, 일
  created = placed, added; erstellt, angelegt, eingegangen; créé, créée, création; creado, creación; criado,
    criação; creato, creazione; aangemaakt; utworzono, utworzenia; 作成; 创建, 建立; 생성, 등록
  quantity = qty, quant, units, pieces, pcs; menge, anzahl, stück, stückzahl; quantité, qté, nombre d articles;
    cantidad, cant, unidades; quantidade, qtde, qtd; quantità, pezzi; aantal, stuks; ilość, liczba, sztuk; 数量,
    個数, 点数; 数量, 數量, 件数; 수량, 개수
  product = item, lineitem, line item, article, merchandise; produkt, artikel, ware; produit; producto,
    artículo; produto, artigo, item; prodotto, articolo; produkt, artikel; produktu, towar, przedmiot; 商品, 製品,
    アイテム, 品; 产品, 產品, 商品, 货品, 品项; 상품, 제품, 품목
  sku = stock keeping unit; artikelnummer, artikelnr, bestellcode; référence produit, référence article; código
    de producto, código de artículo; código do produto; codice articolo, codice prodotto; artikelcode; kod
    produktu; 商品コード, 品番, 商品番号; 货号, 貨號, 商品编号, 商品編號; 상품코드, 품번
  reward = perk, tier, pledge level, reward level, reward tier; belohnung, dankeschön, gegenleistung;
    récompense, contrepartie, rétribution; recompensa; recompensa; ricompensa; beloning, tegenprestatie;
    nagroda, nagrody; リターン, リワード; 回报, 回報, 奖励, 方案; 리워드, 보상
  title = titel, bezeichnung; titre, intitulé; título; título; titolo; titel; tytuł; タイトル; 标题, 標題; 제목
  code = kode; code; código; codice; kod; コード; 代码, 代碼; 코드
  shipping = ship, shipment, delivery, deliver; versand, lieferung, liefer, zustellung; livraison, expédition,
    envoi; envío, entrega; envio, entrega; spedizione, consegna; verzending, verzend, levering, bezorg, aflever;
    wysyłka, wysyłki, dostawa, dostawy; 配送, 送付, 発送, 配達; 配送, 发货, 發貨, 寄送, 收货, 收貨; 배송, 배송지, 배달
  recipient = ship to, deliver to, receiver, consignee, addressee; empfänger, empfängers, lieferempfänger;
    destinataire; destinatario; destinatário; destinatario; ontvanger; odbiorca, odbiorcy; お届け先, 届け先, 受取人, 宛先,
    送付先, 宛名; 收件人, 收货人, 收貨人, 收件; 수령인, 수취인, 받는 사람, 받는분
  billing = bill to, invoice, bill; beleg, rechnung, rechnungs; facturation, facture; facturación, factura;
    faturamento, faturação, cobrança, fatura; fatturazione, fattura; factuur, facturatie; rozliczeniowy,
    rozliczeniowe, faktury; 請求, 請求先; 账单, 帳單, 发票, 發票; 청구, 청구지
  address = addr; adresse, adress, anschrift; dirección, domicilio, adreça; endereço, morada, direção;
    indirizzo; adres, adresu; 住所, ご住所, 所在地; 地址; 주소
  line = zeile; ligne; línea; linha; riga; regel
  project = projekt; projet; proyecto; projeto; progetto; プロジェクト; 项目, 專案; 프로젝트
  info = information, infos; informationen; información; informação; informazioni; informatie
  street = straße, str; rue; calle, carrer; rua, logradouro; strada; straat; ulica, ulicy; 番地; 街道; 도로명
  address 2 = apartment, apt, suite, address additional, additional address; adresszusatz, zusatz; complément d
    adresse, complément adresse, complément; complemento; complemento; interno; adrestoevoeging, toevoeging;
    建物名, 建物, マンション名; 门牌; 상세주소
  city = town, locality, municipality, suburb; ort, stadt, wohnort, gemeinde; ville, commune, localité; ciudad,
    localidad, población, municipio, localitat, ciutat, poblat; cidade, município; città, comune, località;
    stad, plaats, woonplaats, gemeente; miasto, miejscowość; 市区町村, 市町村, 市; 城市, 市县; 도시, 시군구
  state = province, region, county, prefecture; bundesland, kanton, provinz; département, région, province;
    provincia, región, comunidad autónoma; província, distrito, uf; provincia, regione; provincie; województwo;
    都道府県, 県; 省, 省份, 州, 州省; 시도, 도
  zip = zip code, zipcode, postal code, postalcode, postcode, post code, postal; plz, postleitzahl; code postal,
    cp; código postal, codi postal; cep, código de endereçamento postal; cap, codice postale, codice di
    avviamento postale; postcode; kod pocztowy; 郵便番号; 邮编, 邮政编码, 郵遞區號, 郵政編碼; 우편번호
  country = nation; land, lands; pays; país; país; paese, nazione; land; kraj, państwo; 国, 国名; 国家, 國家; 국가, 나라
  company = organisation, organization; firma, unternehmen; société, entreprise; empresa; empresa; azienda,
    società; bedrijf, bedrijfsnaam; 会社, 会社名; 公司; 회사
  note = comment, remark, remarks, memo; bemerkung, bemerkungen, anmerkung, anmerkungen, notiz, notizen,
    kommentar, hinweis, hinweise; remarque, remarques, commentaire, commentaires, observation; nota, notas,
    comentario, comentarios, observaciones; observação, observações, comentário, comentários; note, nota,
    commento, osservazioni; opmerking, opmerkingen; uwagi, notatki, komentarz; 備考, メモ, コメント, 備考欄; 备注, 備註, 留言;
    비고, 메모, 요청사항
  instructions = instruction; anweisung, anweisungen; consignes; instrucciones; instruções; istruzioni;
    instructies; instrukcje
  bonus = tip, donation, donated, extra support; trinkgeld, spende, spenden; pourboire, don; propina, donación; gorjeta,
    doação; mancia, donazione, donato; fooi, donatie, gedoneerd; napiwek, darowizna; 寄付, 上乗せ支援; 打赏, 捐款; 추가후원금, 기부
  refund = refunded, refunds, reimbursed, reimbursement, money back; erstattet, erstattung, erstattungs, rückerstattung,
    rückerstattet, gutschrift; remboursé, remboursement, remboursée; reembolso, reembolsado, devolución, devuelto; reembolso,
    reembolsado, estorno; rimborso, rimborsato; terugbetaald, terugbetaling, restitutie; zwrot, zwrócono, zwrotu; 返金;
    退款, 已退款; 환불
  cancel = canceled, cancelled, cancellation, cancelation, voided; storniert, storno, stornierung, abgebrochen; annulé,
    annulation, annulée; cancelado, cancelación, anulado; cancelado, cancelamento; annullato, annullamento; geannuleerd,
    annulering; anulowano, anulowane, anulowanie; キャンセル, 取消; 取消, 已取消; 취소
  owed = due, outstanding, balance, unpaid, still to pay, open amount; offen, ausstehend, restbetrag, offener betrag; restant,
    reste à payer, solde; pendiente, saldo; em aberto, saldo; da pagare, saldo; openstaand, saldo; do zapłaty; 未払い; 未付;
    미결제
  fulfilled = fulfillment, fulfilment, shipped, sent, delivered, dispatched; versendet, verschickt, versandt,
    geliefert, erfüllt; expédié, livré, envoyé, réalisée; enviado, entregado, cumplida, complerta; enviado,
    entregue; spedito, consegnato, soddisfatta; verzonden, geleverd; wysłano, wysłane, dostarczono; 発送済み, 発送済;
    已发货, 已發貨; 발송, 배송완료
  survey = questionnaire; umfrage, fragebogen; enquête, sondage; encuesta; pesquisa; sondaggio; vragenlijst;
    ankieta; アンケート; 问卷, 問卷; 설문
  answered = answer, response, responded; beantwortet, ausgefüllt; réponse; respuesta; resposta; risposta;
    antwoord; odpowiedź; 回答; 回答; 응답
  last = latest; letzte, letzter; dernier, dernière; último, última; ultimo, ultima; laatste; ostatni
  start = started; beginn; début; inicio; início; inizio
  subscription = abo, abonnement; suscripción; assinatura; abbonamento; subskrypcja
  addon = add on, add ons, addons
  tax = taxes, vat, gst; steuer, mwst, ust; taxe, tva; impuesto, impuestos, iva; imposto; imposta; belasting,
    btw; podatek; 税, 消費税; 税; 세금
  discount = rebate; rabatt; remise, réduction; descuento; desconto; sconto; korting; rabat; 割引; 折扣; 할인
  tracking = sendungsnummer, sendungsverfolgung; suivi; seguimiento; rastreio, rastreamento; tracciamento; track
    trace; śledzenia; 追跡; 追踪, 追蹤, 物流单号; 송장, 운송장
  method = methode; mode, moyen; método, forma; meio; metodo, modalità; methode; metoda, sposób; 方法; 方式; 방법, 수단
`;

/** Words that add nothing to a name: articles, prepositions, polite words, currencies, time zones, periods. */
export const IDLE_WORDS: ReadonlySet<string> = new Set(
  `the a an of for in by and or your our this please enter what is are was you
  der die das des dem und von zum zur ihr ihre
  de du la le les l d et en pour votre
  del el los las y do da dos das e o os di della dello il lo
  van het een uw voor na dla z i
  の ご お 的
  usd eur gbp cad aud jpy chf sek nok dkk pln brl mxn krw cny twd hkd nzd pt € $ £ ¥
  zł zl r$ 円 うち enthaltene utc gmt local optional required csv
  monthly recurring monatlich mensuel mensual mensal mensile maandelijks`.split(/\s+/),
);
