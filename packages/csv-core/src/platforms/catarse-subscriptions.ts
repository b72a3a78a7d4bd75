import { definePlatform } from './platform.js';

/**
 * Catarse's report of subscriptions (`Assinaturas`), one row per subscriber. Read from the exporter itself:
 * github.com/catarse/catarse, `app/models/subscription_report_for_project_owner.rb` (as of 0793977f) and the view
 * behind it. Its forerunner in `app/models/subscription.rb` had other words for the money and no CPF; both are known. No
 * file was seen.
 *
 * - A subscription has no number. The person's is its key, as nobody subscribes to a project twice at a time; whoever
 *   ended one subscription and began another comes twice, and the two become one pledge.
 * - The pledge is worth the monthly amount, blank before the first payment; the sum of all payments is kept.
 * - Numbers have a decimal point (`25.0`), unlike in the report of contributions; dates are written `31/01/2020`.
 * - `Status da Assinatura` is a translated word of the subscription, not of a payment, and the translations are not
 *   public: it is kept. The number of confirmed payments (`3 meses`) tells whether anything was paid.
 * - The address is that of the person's profile. The forerunner took it from the payment and says so in
 *   `Tipo de endereço`: that is none to ship to.
 * - Street, number, complement and district are put where {@link catarse} puts them. `CPF` is never stored.
 *
 * The report of monthly payments (`subscription_monthly_report_for_project_owner.rb`) has a row per payment and no
 * number of it: it cannot be keyed and is not known here.
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
