import { describe, expect, it } from 'vitest';
import type { Field } from '../fields/fields.js';
import { createNameIndex, nameIndex } from './name-index.js';

/** The field that fits a header best by its name alone, or null. */
function fieldOf(header: string): Field | null {
  const [best] = [...nameIndex().match(header).fields].sort(([, a], [, b]) => b.score - a.score);
  return best && best[1].score >= 0.5 ? best[0] : null;
}

describe('nameIndex', () => {
  it.each([
    ['Order Number', 'externalId'],
    ['ORDER_NO', 'externalId'],
    ['orderId', 'externalId'],
    ['Ordernumber', 'externalId'],
    ['Bestellnummer', 'externalId'],
    ['Numéro de commande', 'externalId'],
    ['N° commande', 'externalId'],
    ['Número de pedido', 'externalId'],
    ["Numero d'ordine", 'externalId'],
    ['Numer zamówienia', 'externalId'],
    ['注文番号', 'externalId'],
    ['订单编号', 'externalId'],
    ['주문번호', 'externalId'],
    ['Kundennummer', 'backerExternalId'],
    ['Klantnummer', 'backerExternalId'],
    ['Kundenname', 'backerName'],
    ['Nom du client', 'backerName'],
    ['Nombre y apellidos', 'backerName'],
    ['Imię i nazwisko', 'backerName'],
    ['支援者名', 'backerName'],
    ['후원자 이름', 'backerName'],
    ['Vorname', 'firstName'],
    ['Prénom', 'firstName'],
    ['Apellidos', 'lastName'],
    ['CustomerEmail', 'email'],
    ['E-Mail-Adresse', 'email'],
    ['Adresse e-mail', 'email'],
    ['Courriel', 'email'],
    ['Correo electrónico', 'email'],
    ['メールアドレス', 'email'],
    ['电子邮箱', 'email'],
    ['이메일', 'email'],
    ['Montant', 'amount'],
    ['Betrag (EUR)', 'amount'],
    ['Gesamtbetrag', 'amount'],
    ['Importe total', 'amount'],
    ['合計金額', 'amount'],
    ['支援額', 'amount'],
    ['총 결제금액', 'amount'],
    ['Versandkosten', 'shippingAmount'],
    ['Frais de port', 'shippingAmount'],
    ['送料', 'shippingAmount'],
    ['Währung', 'currency'],
    ['Devise', 'currency'],
    ['Moneda', 'currency'],
    ['通貨', 'currency'],
    ['Bestelldatum', 'pledgedAt'],
    ['Date de commande', 'pledgedAt'],
    ['Fecha del pedido', 'pledgedAt'],
    ['注文日時', 'pledgedAt'],
    ['Zahlungsstatus', 'status'],
    ['Statut', 'status'],
    ['ステータス', 'status'],
    ['付款状态', 'status'],
    ['Lieferadresse', 'shippingAddress1'],
    ['Adresse de livraison', 'shippingAddress1'],
    ['Dirección de envío', 'shippingAddress1'],
    ['住所', 'shippingAddress1'],
    ['收货地址', 'shippingAddress1'],
    ['배송지 주소', 'shippingAddress1'],
    ['Adresszusatz', 'shippingAddress2'],
    ['Ort', 'shippingCity'],
    ['Ville', 'shippingCity'],
    ['Città', 'shippingCity'],
    ['市区町村', 'shippingCity'],
    ['Bundesland', 'shippingState'],
    ['都道府県', 'shippingState'],
    ['PLZ', 'shippingPostalCode'],
    ['Code postal', 'shippingPostalCode'],
    ['Kod pocztowy', 'shippingPostalCode'],
    ['お届け先郵便番号', 'shippingPostalCode'],
    ['邮编', 'shippingPostalCode'],
    ['Land', 'shippingCountry'],
    ['Pays', 'shippingCountry'],
    ['País', 'shippingCountry'],
    ['Telefonnummer', 'shippingPhone'],
    ['Téléphone', 'shippingPhone'],
    ['電話番号（携帯）', 'shippingPhone'],
    ['연락처', 'shippingPhone'],
    ['Empfänger', 'shippingName'],
    ['收件人', 'shippingName'],
    ['Menge', 'quantity'],
    ['Quantité', 'quantity'],
    ['Aantal', 'quantity'],
    ['数量', 'quantity'],
    ['Artikel', 'productName'],
    ['商品名', 'productName'],
    ['상품명', 'productName'],
    ['Artikelnummer', 'productSku'],
    ['商品コード', 'productSku'],
    ['Einzelpreis', 'productPrice'],
    ['Recompensa', 'rewardTitle'],
    ['リターン', 'rewardTitle'],
    ['Bemerkung', 'notes'],
    ['備考', 'notes'],
    ['Uwagi', 'notes'],
  ] as const)('finds for the header "%s" the field %s', (header, field) => {
    expect(fieldOf(header)).toBe(field);
  });

  it.each([
    ['E-mial', 'email'],
    ['Emal', 'email'],
    ['Emial Adress', 'email'],
    ['Phnoe Number', 'shippingPhone'],
    ['Quantiy', 'quantity'],
    ['Currancy', 'currency'],
    ['Counrty', 'shippingCountry'],
    ['Stret Address', 'shippingAddress1'],
    ['Cutomer Name', 'backerName'],
    ['Bestelnummer', 'externalId'],
  ] as const)('finds for the misspelled header "%s" the field %s', (header, field) => {
    expect(fieldOf(header)).toBe(field);
  });

  it.each([
    'Games',
    'Poster',
    'Tower',
    'Core Game',
    'Dice Tray',
    'Map',
    'Hoodie',
    'Artbook',
    'Big Box',
    'Taxes',
    'Payment Method',
    'Tracking Number',
    'Billing City',
    'Shipped at',
    'Date of Birth',
    'Favourite animal',
    'Zahlungsart',
    '支払方法',
    '',
    '???',
    '\u{1f389}',
  ])('finds no field for the header "%s"', (header) => {
    expect(fieldOf(header)).toBeNull();
  });

  it('has the headers of the given platforms', () => {
    const none = createNameIndex([]);
    expect(none.match('Service Guid').fields.get('originExternalId')).toBeUndefined();
    expect(nameIndex().match('Service Guid').fields.get('originExternalId')?.how).toBe('same');
  });

  it('finds both fields for a word with two meanings', () => {
    const { fields } = nameIndex().match('Estado');
    expect([fields.get('status')?.how, fields.get('shippingState')?.how]).toEqual(['same', 'same']);
  });
});
