import type { ColumnPlace, DynamicColumn } from '../header/column-rules.js';
import { definePlatform } from './platform.js';

/**
 * Catarse's report of contributions for project owners (Brazil), one row per contribution. Read from the exporter
 * itself: github.com/catarse/catarse at 0d73a610 (2020), `app/models/contribution_reports_for_project_owner.rb` with
 * the Portuguese headers of `config/locales/catarse_bootstrap/activerecord.pt.yml` and the view in
 * `db/migrate/20200525200653_…`. The order of the columns follows from that code; no file was seen.
 *
 * - Amounts are written `10,00` without a currency, shipping ` R$ 15,00`. All amounts are in Brazilian reais.
 * - No column has the status of the payment. The page filters by it, so a file has only paid, only unpaid or only
 *   refunded contributions, but not which of them. So pledges have no status. Unpaid ones have no confirmation date.
 * - An address may be shipped to where `Tipo de endereço` is `Entrega`. Any other text there means that only the
 *   address of the payment is known.
 * - An address has four lines (street, number, complement, district), but a pledge has two: street and number. The
 *   complement (flat, floor) is a delivery note, and the district is kept.
 * - The column `Anônimo` comes twice: raw (`t`, `f`), and at the end in words. Reports of one reward have it once.
 * - Reports of one reward end with the questions of its survey as headers.
 * - `CPF` is a tax id and never stored.
 *
 * Earlier reports have amounts under `Valor do apoio`, and no id of the contribution. They cannot be imported.
 */
export const catarse = definePlatform({
  name: 'catarse',
  title: 'Catarse',
  evidence: 'The public source of its exporter, as of 2020; no file seen',
  signatures: [
    ['ID do apoio', 'Valor do apoio (bruto)'],
    ['ID do apoio', 'Email perfil Catarse'],
    ['Valor do apoio (bruto)', 'Email perfil Catarse'],
  ],
  decimalMark: ',',
  columns: [
    { field: 'externalId', headers: ['ID do apoio'], required: true, usual: true },
    { field: 'backerExternalId', headers: ['ID do usuário'], usual: true },
    { field: 'backerName', headers: ['Nome completo'], usual: true },
    { field: 'email', headers: ['Email perfil Catarse'], usual: true },
    { field: 'amount', headers: ['Valor do apoio (bruto)'], required: true, usual: true },
    { field: 'shippingAmount', headers: ['Valor do frete'] },
    { field: 'pledgedAt', headers: ['Data de criação do apoio'], usual: true },
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
    'Descrição da recompensa',
    'Data de entrega da recompensa',
    'Data da confirmação do pagamento',
    'Taxa do Catarse',
    'Taxa do meio de pagamento',
    'Taxa do serviço de antifraude',
    'Valor do apoio (líquido)',
    'Nome público',
    'Meio de pagamento',
    'Anônimo',
    'Tipo de endereço',
    'Bairro',
    'Envio',
  ],
  statusRequired: false,
  currency: 'BRL',
  addressRequires: { header: 'Tipo de endereço', pattern: /^entrega$/i },
  dynamicColumn,
});

/** The columns after the last ones of the report itself are questions. */
function dynamicColumn({ header, position, positionOf }: ColumnPlace): DynamicColumn {
  const last = Math.max(positionOf('envio'), positionOf('anônimo'));
  const isQuestion = positionOf('envio') >= 0 && position > last;
  return isQuestion ? { role: 'question', question: header } : { role: 'unknown' };
}
