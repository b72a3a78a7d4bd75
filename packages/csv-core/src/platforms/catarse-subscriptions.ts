import { definePlatform } from './platform.js';

/**
 * Catarse's report of subscriptions (`Assinaturas`), one row per subscriber. Read from the exporter itself:
 * github.com/catarse/catarse, `app/models/subscription_report_for_project_owner.rb` (as of 0793977f) and the view
 * behind it. The earlier exporter in `app/models/subscription.rb` had other headers for amounts and no CPF. Files of
 * both are read. No file was seen.
 *
 * - A subscription has no number. The number of the person is its key, because nobody has two subscriptions to a
 *   project at the same time. A person who ended one subscription and began another has two rows, which become one
 *   pledge.
 * - The amount of the pledge is the monthly amount, which is blank before the first payment. The sum of all payments is
 *   kept.
 * - Numbers have a decimal point (`25.0`), unlike in the report of contributions; dates are written `31/01/2020`.
 * - `Status da Assinatura` is the translated status of the subscription, not of a payment, and the translations are not
 *   public, so it is kept. The number of confirmed payments (`3 meses`) shows whether anything was paid.
 * - The address is from the person's profile. In files of the earlier exporter it is from the payment, as
 *   `Tipo de endereço` shows, and must not be shipped to.
 * - Street, number, complement and district fill the same fields as in {@link catarse}. `CPF` is never stored.
 *
 * The report of monthly payments (`subscription_monthly_report_for_project_owner.rb`) has one row per payment, without
 * a number that could be its key. It cannot be imported.
 */
export const catarseSubscriptions = definePlatform({
  name: 'catarse-subscriptions',
  title: 'Catarse subscriptions',
  evidence: 'The public source of its exporter, in two versions; no file seen',
  signatures: [
    ['Status da Assinatura', 'Email perfil Catarse'],
    ['Data de início da Assinatura', 'Email perfil Catarse'],
    ['Status da Assinatura', 'Qtde. de pagamentos confirmados'],
  ],
  decimalMark: ',',
  columns: [
    { field: 'externalId', headers: ['ID do usuário'], required: true, usual: true },
    { field: 'backerName', headers: ['Nome completo'], usual: true },
    { field: 'email', headers: ['Email perfil Catarse'], usual: true },
    { field: 'amount', headers: ['Valor do pagamento mensal', 'Valor do apoio mensal'], usual: true },
    { field: 'pledgedAt', headers: ['Data de início da Assinatura'], usual: true },
    { field: 'rewardTitle', headers: ['Título da recompensa'], usual: true },
    { field: 'shippingAddress1', headers: ['Rua'], usual: true },
    { field: 'shippingAddress2', headers: ['Número'], usual: true },
    { field: 'deliveryNotes', headers: ['Complemento'] },
    { field: 'shippingCity', headers: ['Cidade'], usual: true },
    { field: 'shippingState', headers: ['Estado'], usual: true },
    { field: 'shippingPostalCode', headers: ['CEP'], usual: true },
    { field: 'shippingCountry', headers: ['País'] },
  ],
  kept: [
    'Nome público',
    'Descrição da recompensa',
    'Total pago até hoje',
    'Total apoiado até hoje',
    'Status da Assinatura',
    'Meio de pagamento',
    'Data de confirmação da última cobrança',
    'Data de confirmação do último apoio',
    'Qtde. de pagamentos confirmados',
    'Tempo de assinatura',
    'Anônimo',
    'Tipo de endereço',
    'Bairro',
  ],
  statusRequired: false,
  statusRules: [
    { header: 'Qtde. de pagamentos confirmados', pattern: /^0\b/, status: 'PENDING' },
    { header: 'Qtde. de pagamentos confirmados', pattern: /^\d/, status: 'COLLECTED' },
    { header: 'Tempo de assinatura', pattern: /^0\b/, status: 'PENDING' },
    { header: 'Tempo de assinatura', pattern: /^\d/, status: 'COLLECTED' },
  ],
  currency: 'BRL',
  dateOrder: 'dmy',
  addressRequires: { header: 'Tipo de endereço', pattern: /^entrega$/i },
});
