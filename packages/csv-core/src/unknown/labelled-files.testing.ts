import type { ColumnAssignment } from '../mapping/column-assignment.js';

/** A small file of no known platform, and what must become of it. */
export interface LabelledFile {
  readonly title: string;
  readonly csv: string;
  /** For a file that is imported without a question: columns that decide about pledges, by header. */
  readonly understood?: Readonly<Record<string, ColumnAssignment['as']>>;
  /** For a file that must be asked about: the headers of the questions; null for the file as a whole. */
  readonly asked?: readonly (string | null)[];
}

/** Files as people keep them and shops write them. A question about one of them is a false question. */
export const ordinaryFiles: readonly LabelledFile[] = [
  {
    title: 'an order grid with long names',
    csv: 'Order ID,Email,SKU,Quantity Ordered,Total (USD),Payment\nA-1,ada@example.com,LAN,5,100.00,paid\nA-2,bo@example.com,LAN,3,60.00,refunded\n',
    understood: { 'Quantity Ordered': 'quantity', 'Total (USD)': 'amount', Payment: 'status' },
  },
  {
    title: 'a file that is quoted twice',
    csv: '"Order ID,Email,Total,Product"\n"A-1,ada@example.com,20.00,""Lamp, red"""\n"A-2,bo@example.com,20.00,Lamp"\n',
    understood: { 'Order ID': 'externalId', Total: 'amount', Product: 'productName' },
  },
  {
    title: 'quotes after blanks',
    csv: 'Order ID, "Email", "Total", "Product"\nA-1, "ada@example.com", 20.00, "Lamp, red"\nA-2, "bo@example.com", 20.00, "Lamp"\n',
    understood: { 'Order ID': 'externalId', Total: 'amount', Product: 'productName' },
  },
  {
    title: 'a hand-kept list',
    csv: 'ID,Name,E-mail,Tier,Amount,Date\n1,Ada,ada@example.com,Early bird,25,2024-03-01\n2,Bo,bo@example.com,Deluxe,60,2024-03-02\n',
    understood: { ID: 'externalId', Amount: 'amount', Tier: 'rewardTitle' },
  },
  {
    title: 'tax, discount and fees beside the total',
    csv: 'Order Number,Customer Email,Status,Subtotal,Tax,Discount,Shipping,Total,Payment Method\n7,ada@example.com,paid,20.00,3.80,0.00,5.00,28.80,card\n8,bo@example.com,paid,10.00,1.90,1.00,5.00,15.90,paypal\n',
    understood: {
      Total: 'amount',
      Status: 'status',
      Subtotal: 'kept',
      Tax: 'kept',
      Shipping: 'shippingAmount',
    },
  },
  {
    title: 'German columns',
    csv: 'Bestellnummer;E-Mail;Kunde;Artikel;Menge;Gesamtbetrag (EUR);Zahlungsstatus\nB-1;ada@example.com;Ada Muster;Lampe;2;19,90;bezahlt\nB-2;bo@example.com;Bo Beispiel;Kabel;1;4,50;offen\n',
    understood: {
      Bestellnummer: 'externalId',
      Menge: 'quantity',
      'Gesamtbetrag (EUR)': 'amount',
      Zahlungsstatus: 'status',
    },
  },
  {
    title: 'French columns',
    csv: 'Numéro de commande;Adresse e-mail;Produit;Quantité;Montant total;Statut du paiement\nC-1;ada@example.com;Lampe;1;19,90;payé\nC-2;bo@example.com;Fil;3;4,50;remboursé\n',
    understood: { 'Montant total': 'amount', Quantité: 'quantity', 'Statut du paiement': 'status' },
  },
  {
    title: 'Spanish columns',
    csv: 'Número de pedido,Correo electrónico,Producto,Cantidad,Importe total,Estado del pago\nP-1,ada@example.com,Lámpara,1,19.90,pagado\nP-2,bo@example.com,Cable,2,9.00,pendiente\n',
    understood: { 'Importe total': 'amount', Cantidad: 'quantity', 'Estado del pago': 'status' },
  },
  {
    title: 'a refund column',
    csv: 'Order ID,Email,Total,Refunded Amount,Currency,Product,Qty\nR-1,ada@example.com,20.00,0.00,EUR,Lamp,1\nR-2,bo@example.com,20.00,20.00,EUR,Lamp,1\n',
    understood: { 'Refunded Amount': 'refundedAmount', Total: 'amount' },
  },
  {
    title: 'a column of cancellations',
    csv: 'Order ID,Email,Total,Cancelled At,Product\nX-1,ada@example.com,20.00,,Lamp\nX-2,bo@example.com,20.00,2024-04-01 10:00,Lamp\n',
    understood: { 'Cancelled At': 'canceledAt' },
  },
  {
    title: 'two columns of statuses, of which one is about money',
    csv: 'Order ID,Email,Order Status,Financial Status,Total\nS-1,ada@example.com,complete,refunded,20.00\nS-2,bo@example.com,open,paid,20.00\n',
    understood: { 'Financial Status': 'status', 'Order Status': 'kept' },
  },
  {
    title: 'a shipping status beside the payment status',
    csv: 'Order ID,Email,Payment Status,Shipping Status,Amount\nF-1,ada@example.com,paid,shipped,20.00\nF-2,bo@example.com,paid,not shipped,20.00\n',
    understood: { 'Payment Status': 'status', 'Shipping Status': 'fulfillment' },
  },
  {
    title: 'an order grid with addresses',
    csv: 'Order #,Order Date,Customer Name,Email,Street,City,State,Zip,Country,Phone,Item,Qty,Price,Order Total\n1001,2024-03-01,Ada Example,ada@example.com,1 Main Street,Austin,TX,73301,US,+15550100001,Lamp,1,20.00,25.00\n1002,2024-03-02,Bo Example,bo@example.com,2 High Street,Boston,MA,02108,US,+15550100002,Lamp,2,20.00,45.00\n',
    understood: { Qty: 'quantity', 'Order Total': 'amount', Price: 'productPrice', State: 'shippingState' },
  },
  {
    title: 'questions of a survey',
    csv: 'Pledge ID,Email,Reward,Pledge Amount,What colour do you want?\n1,ada@example.com,Mug,12,Blue\n2,bo@example.com,Mug,12,Red\n',
    understood: { 'What colour do you want?': 'question', 'Pledge Amount': 'amount' },
  },
  {
    title: 'money of another kind that has a name of its own',
    csv: 'Order ID,Email,Amount,Platform Fee,Gift Card,Exchange Rate,Product\nG-1,ada@example.com,20.00,1.00,0.00,1.0834,Lamp\n',
    understood: { Amount: 'amount', 'Platform Fee': 'kept' },
  },
  {
    title: 'names without spaces',
    csv: 'order_id,customer_email,customer_name,payment_status,total_amount,currency,product_sku,quantity\n1,ada@example.com,Ada Example,paid,20.00,USD,LAMP,1\n2,bo@example.com,Bo Example,pending,20.00,USD,LAMP,1\n',
    understood: { payment_status: 'status', total_amount: 'amount', quantity: 'quantity' },
  },
  {
    title: 'capitals inside names',
    csv: 'OrderID,EmailAddress,OrderTotal,PaymentStatus,ProductName,Quantity\n1,ada@example.com,20.00,Paid,Lamp,1\n',
    understood: { OrderTotal: 'amount', PaymentStatus: 'status' },
  },
  {
    title: 'the currency in brackets',
    csv: 'Order ID,Email,Total (€),Shipping (€),Product\nE-1,ada@example.com,"20,00","5,00",Lampe\n',
    understood: { 'Total (€)': 'amount', 'Shipping (€)': 'shippingAmount' },
  },
  {
    title: 'balances that are all zero',
    csv: 'Order ID,Email,Total,Balance Due,Product\nD-1,ada@example.com,20.00,0.00,Lamp\nD-2,bo@example.com,25.00,0,Lamp\n',
    understood: { Total: 'amount', 'Balance Due': 'kept' },
  },
  {
    title: 'an auction house, with a running number and fees',
    csv: 'Protokollnummer;Bestellnummer;Name des Käufers;E-Mail des Käufers;Artikelbezeichnung;Stückzahl;Gebühren;Gesamtpreis\n1;23-1;Ada Muster;ada@example.com;Laterne;1;2;EUR 116,99\n2;23-2;Bo Beispiel;bo@example.com;Docht;2;3;EUR 22,00\n',
    understood: {
      Stückzahl: 'quantity',
      Gesamtpreis: 'amount',
      Artikelbezeichnung: 'productName',
      Gebühren: 'kept',
    },
  },
  {
    title: 'a list of donations',
    csv: 'Spenden-ID;E-Mail;Spendenbetrag;Währung;Status\nSP01;ada@example.com;50,00;EUR;bezahlt\nSP02;bo@example.com;20,00;EUR;bezahlt\n',
    understood: { 'Spenden-ID': 'externalId', Spendenbetrag: 'amount' },
  },
  {
    title: 'a payment that is plainly yes or no',
    csv: 'Bestellnr.;E-Mail;Artikel;Anzahl Stücke;Betrag in EUR;Bezahlt\nB-1;ada@example.com;Lampe;2;20,00;ja\nB-2;bo@example.com;Lampe;1;10,00;nein\n',
    understood: { Bezahlt: 'status', 'Anzahl Stücke': 'quantity' },
  },
  {
    title: 'amounts with and without tax',
    csv: 'Order reference;E-mail;Product;Total excl. VAT;VAT amount;Total incl. VAT;Payment status\nR-1;ada@example.com;Lamp;40,65;9,35;50,00;paid\nR-2;bo@example.com;Lamp;81,30;18,70;100,00;paid\n',
    understood: { 'Total incl. VAT': 'amount', 'Total excl. VAT': 'kept' },
  },
  {
    title: 'years, ages and weights',
    csv: 'Order ID,Email,Amount,Product,Weight,Age,Year\nY-1,ada@example.com,20.00,Lamp,1.50,31,2024\n',
    understood: { Amount: 'amount', Weight: 'kept' },
  },
  {
    title: 'whole amounts beside a whole price',
    csv: 'Order ID,Email,Total,Price,Qty,Product\n1,ada@example.com,4500,4500,1,Lamp\n2,bo@example.com,5000,2500,2,Lamp\n',
    understood: { Total: 'amount', Price: 'productPrice' },
  },
  {
    title: 'fees that are one percent of whole amounts',
    csv: 'Order ID,Email,Total,Platform fee,Product\n1,ada@example.com,4500,45.00,Lamp\n2,bo@example.com,2500,25.00,Lamp\n',
    understood: { Total: 'amount' },
  },
  {
    title: 'an invoice number and a reference beside the order number',
    csv: 'Order no,Invoice no,Reference,Email,Total,Product\n1,7001,A-91,ada@example.com,20.00,Lamp\n2,7002,A-92,bo@example.com,20.00,Lamp\n',
    understood: { 'Order no': 'externalId', 'Invoice no': 'kept' },
  },
  {
    title: 'an invoice with the number of the reference',
    csv: 'Invoice no,Reference,Email,Total,Product\nA-91,A-91,ada@example.com,20.00,Lamp\nA-92,A-92,bo@example.com,20.00,Lamp\n',
    understood: { Reference: 'externalId' },
  },
  {
    title: 'ticks for something that is not the payment',
    csv: 'Order ID,Email,Total,Status,OK,Newsletter,Product\n1,ada@example.com,20.00,paid,✓,x,Lamp\n2,bo@example.com,20.00,open,,,Lamp\n',
    understood: { Status: 'status', OK: 'kept' },
  },
  {
    title: 'people under age',
    csv: 'Order ID,Email,Total,Minor,Product\n1,ada@example.com,20.00,1,Lamp\n2,bo@example.com,20.00,0,Lamp\n',
    understood: { Total: 'amount', Minor: 'kept' },
  },
  {
    title: 'the state of a delivery without an address',
    csv: 'Order ID,Email,Total,Shipping State,Product\n1,ada@example.com,20.00,MA,Lamp\n2,bo@example.com,20.00,TX,Lamp\n',
    understood: { 'Shipping State': 'shippingState' },
  },
  {
    title: 'states as codes in an address',
    csv: 'Pedido,E-mail,Total,Cidade,Estado,Produto\n1,ada@example.com,20.00,Belém,PA,Lamp\n2,bo@example.com,20.00,Recife,PE,Lamp\n',
    understood: { Estado: 'shippingState' },
  },
];

/** Files of which something is not known. One that is imported without a question is a false silence. */
export const unclearFiles: readonly LabelledFile[] = [
  {
    title: 'a payment that is yes or no',
    csv: 'Order ID,Email,Total,Paid,Product\n1,ada@example.com,20.00,Oui,Lamp\n2,bo@example.com,20.00,Nein,Lamp\n',
    asked: ['Paid'],
  },
  {
    title: 'two columns of yes and no about the payment',
    csv: 'Order ID,Email,Total,Paid,Payment received,Product\n1,ada@example.com,20.00,yes,no,Lamp\n2,bo@example.com,20.00,no,yes,Lamp\n',
    asked: ['Paid', 'Payment received'],
  },
  {
    title: 'money that only resembles a donation',
    csv: 'Order ID,Email,Donation insurance,Product\n1,ada@example.com,2.00,Lamp\n2,bo@example.com,2.50,Lamp\n',
    asked: ['Donation insurance'],
  },
  {
    title: 'a status in words of a private language',
    csv: 'Order ID,Email,Total,Status,Product\n1,ada@example.com,20.00,in the box,Lamp\n2,bo@example.com,20.00,lost,Lamp\n',
    asked: ['Status'],
  },
  {
    title: 'a status in numbers',
    csv: 'Order ID,Email,Total,Payment Status,Product\n1,ada@example.com,20.00,1,Lamp\n2,bo@example.com,20.00,0,Lamp\n',
    asked: ['Payment Status'],
  },
  {
    title: 'something still to be paid',
    csv: 'Order ID,Email,Total,Amount Due,Product\n1,ada@example.com,20.00,0.00,Lamp\n2,bo@example.com,20.00,15.00,Lamp\n',
    asked: ['Amount Due'],
  },
  {
    title: 'amounts under a name that nobody knows',
    csv: 'Order ID,Email,Zebra,Product\n1,ada@example.com,$20.00,Lamp\n2,bo@example.com,$25.00,Lamp\n',
    asked: ['Zebra'],
  },
  {
    title: 'a quantity without a product',
    csv: 'Order ID,Email,Total,Qty\n1,ada@example.com,20.00,2\n2,bo@example.com,25.00,1\n',
    asked: ['Qty'],
  },
  {
    title: 'a column for each product',
    csv: 'Order ID,Email,Total,Lantern,Wick\n1,ada@example.com,20.00,1,2\n2,bo@example.com,25.00,2,0\n3,cy@example.com,25.00,1,1\n',
    asked: ['Lantern', 'Wick'],
  },
  {
    title: 'people only',
    csv: 'ID,Name,Email,City\n1,Ada Example,ada@example.com,Austin\n2,Bo Example,bo@example.com,Boston\n',
    asked: [null],
  },
  {
    title: 'two totals that differ',
    csv: 'Order ID,Email,Total,Grand Total,Product\n1,ada@example.com,20.00,25.00,Lamp\n2,bo@example.com,20.00,24.00,Lamp\n',
    asked: ['Grand Total'],
  },
  {
    title: 'an order that is canceled though it is paid',
    csv: 'Order ID,Email,Order Status,Payment Status,Total\n1,ada@example.com,cancelled,paid,20.00\n2,bo@example.com,complete,paid,20.00\n',
    asked: ['Order Status'],
  },
  {
    title: 'nobody in particular',
    csv: 'Order ID,Product,Total,Status\n1,Lamp,20.00,paid\n2,Lamp,20.00,paid\n',
    asked: [null],
  },
  {
    title: 'no order number',
    csv: 'Email,Product,Total,Status\nada@example.com,Lamp,20.00,paid\nbo@example.com,Lamp,20.00,paid\n',
    asked: [null],
  },
  {
    title: 'a cancellation in words',
    csv: 'Order ID,Email,Total,Cancelled,Product\n1,ada@example.com,20.00,maybe,Lamp\n2,bo@example.com,20.00,,Lamp\n',
    asked: ['Cancelled'],
  },
  {
    title: 'a refund in words',
    csv: 'Order ID,Email,Total,Refunded Amount,Product\n1,ada@example.com,20.00,half of it,Lamp\n2,bo@example.com,20.00,all,Lamp\n',
    asked: ['Refunded Amount'],
  },
  {
    title: 'a file that is quoted twice, and not every line of it alike',
    csv: '"Order ID,Email,Total"\n"A-1,ada@example.com,20.00"\n"A-2,Smith,bo@example.com,20.00"\n',
    asked: [null, null, null],
  },
  {
    title: 'a status that only a column without a name says',
    csv: 'Order ID,Email,Total,Zebra,Product\n1,ada@example.com,20.00,refunded,Lamp\n2,bo@example.com,20.00,paid,Lamp\n',
    asked: ['Zebra'],
  },
  {
    title: 'amounts in cents by their name',
    csv: 'Order ID,Email,Amount (cents),Product\n1,ada@example.com,4500,Lamp\n2,bo@example.com,2500,Lamp\n',
    asked: ['Amount (cents)'],
  },
  {
    title: 'amounts in minor units',
    csv: 'order_id,email,amount_minor,currency,product\n1,ada@example.com,4500,EUR,Lamp\n2,bo@example.com,2500,EUR,Lamp\n',
    asked: ['amount_minor'],
  },
  {
    title: 'amounts in cents, which only the price shows',
    csv: 'Order ID,Email,Total,Price,Qty,Product\n1,ada@example.com,4500,45.00,1,Lamp\n2,bo@example.com,5000,25.00,2,Lamp\n',
    asked: ['Total'],
  },
  {
    title: 'an invoice number and a reference, of which neither is the order number',
    csv: 'Invoice no,Reference,Email,Total,Product\n7001,A-91,ada@example.com,20.00,Lamp\n7002,A-92,bo@example.com,20.00,Lamp\n',
    asked: ['Reference'],
  },
  {
    title: 'three numbers with names of accounting',
    csv: 'Belegnr;Rechnungsnr;Referenz;E-Mail;Betrag;Artikel\n1;7001;A-91;ada@example.com;20,00;Lampe\n2;7002;A-92;bo@example.com;20,00;Lampe\n',
    asked: ['Belegnr'],
  },
  {
    title: 'ticks under OK',
    csv: 'Order ID,Email,Total,OK,Product\n1,ada@example.com,20.00,✓,Lamp\n2,bo@example.com,20.00,x,Lamp\n3,cy@example.com,20.00,,Lamp\n',
    asked: ['OK'],
  },
  {
    title: 'ticks for what has been paid',
    csv: 'Order ID,Email,Total,Paid,Product\n1,ada@example.com,20.00,x,Lamp\n2,bo@example.com,20.00,,Lamp\n',
    asked: ['Paid'],
  },
  {
    title: 'codes that are a status or a state',
    csv: 'Pedido,E-mail,Total,Estado,Produto\n1,ada@example.com,20.00,PA,Lamp\n2,bo@example.com,20.00,PE,Lamp\n3,cy@example.com,20.00,RJ,Lamp\n',
    asked: ['Estado'],
  },
  {
    title: 'codes under a short name',
    csv: 'Order ID,Email,Total,St,Product\n1,ada@example.com,20.00,PA,Lamp\n2,bo@example.com,20.00,PE,Lamp\n',
    asked: ['St'],
  },
];
