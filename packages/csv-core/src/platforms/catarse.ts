import type { ColumnPlace, DynamicColumn } from '../header/column-rules.js';
import { definePlatform } from './platform.js';

/**
 * Catarse's report of contributions for project owners (Brazil), one row per contribution. Read from the exporter
 * itself: github.com/catarse/catarse at 0d73a610 (2020), `app/models/contribution_reports_for_project_owner.rb` with the
 * Portuguese headers of `config/locales/catarse_bootstrap/activerecord.pt.yml` and the view in
 * `db/migrate/20200525200653_…`. The order of the columns follows from that code; no file was seen.
 *
 * - Money is written `10,00` without a sign, the freight ` R$ 15,00`; all of it is Brazilian reais.
 * - No column tells of the payment. The page filters by it, so a file holds paid contributions, or only unpaid or
 *   refunded ones, and does not say which: the status stays open. Unpaid ones have no confirmation date.
 * - The address is one to ship to where `Tipo de endereço` says `Entrega`. Any other sentence there says that only the
 *   address of the payment is known.
 * - An address has four lines (street, number, complement, district) and a pledge has two. Street and number are the
 *   lines, the complement (flat, floor) is a delivery note, the district is kept beside them.
 * - `Anônimo` comes twice: raw (`t`, `f`), and again at the end in words. Reports of one reward have it once.
 * - Reports of one reward end with the questions of its survey, each under its text.
 * - `CPF` is a tax id and never stored.
 *
 * Earlier reports name the money `Valor do apoio` and have no id of the contribution: they are not known here.
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

/** Behind the last columns of the report itself stand the questions. */
function dynamicColumn({ header, position, positionOf }: ColumnPlace): DynamicColumn {
  const last = Math.max(positionOf('envio'), positionOf('anônimo'));
  const isQuestion = positionOf('envio') >= 0 && position > last;
  return isQuestion ? { role: 'question', question: header } : { role: 'unknown' };
}
