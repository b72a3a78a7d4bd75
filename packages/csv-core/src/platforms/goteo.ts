import { definePlatform } from './platform.js';

/**
 * Goteo's list of contributions (`<project>_rewards_2024-03-31.csv`), one row per contribution, with a header in the
 * language of the person who downloads it. Read from the exporter itself: github.com/GoteoFoundation/goteo,
 * `src/Goteo/Controller/Api/ProjectsApiController.php` (`projectInvestsCSVAction`, at 58308304 and 7a28615c) and the
 * catalogs in `Resources/translations/<language>/` (`general`, `dashboard`, `overview`, `admin`, `invest`, `personal`),
 * each in one version only. No file was seen.
 *
 * Texts that a catalog does not have are taken from another language (`Resources/locales.yml`): from Spanish for
 * Asturian, Catalan, Basque and Galician, from English for French, Italian, Dutch, German and Swedish. So header rows
 * mix languages, and the Swedish one is English. Languages that are not offered to the public (Portuguese, Polish,
 * Greek …) are left out. The headers of city, postal code and country were seen only in Spanish and English. In other
 * languages they are assumed to be the translations of these words in the catalog `personal`.
 *
 * - The earlier of the two versions has thirteen columns, with the whole address in one (`Calle Mayor 5, Madrid, 28013
 *   ES`), and no extra information.
 * - The status is one of two words: charged, or returned, which also means money that was moved to a wallet or to
 *   another project.
 * - Amounts are written `25,00` without a currency, in the currency of the platform, which is the euro.
 * - Dates are written `31/03/2024`; in English and German `2024/03/31`.
 * - Of several rewards only the first is written. A person who waived the reward has neither reward nor address; if
 *   also anonymous, neither user, name nor e-mail address.
 * - Match funding is written as rows with ` (Matchfunding)` after the name and without e-mail address, reward and
 *   address.
 */
export const goteo = definePlatform({
  name: 'goteo',
  title: 'Goteo',
  evidence: 'The public source of its exporter and the translations of its headers, as of 2024; no file seen',
  signatures: [
    ['Renuncia a la recompensa'],
    ['Waiving of reward'],
    ['Renúncia a la recompensa'],
    ['Renuncia á recompensa'],
    ['Sariari uko egin'],
    ['Verzicht auf eine Belohnung'],
    ['Renonce à la récompense'],
    ['Rinuncia alla ricompensa'],
  ],
  decimalMark: ',',
  columns: [
    { field: 'externalId', headers: ['Aporte', 'Input', 'Aportació'], required: true, usual: true },
    {
      field: 'backerExternalId',
      headers: ['Usuario', 'User', 'Usuari', 'Usuariu', 'Benutzer', 'Utilisateur', 'Utente'],
      usual: true,
    },
    {
      field: 'backerName',
      headers: ['Nombre', 'Name', 'Nom', 'Nome', 'Izena', 'Naam'],
      usual: true,
    },
    {
      field: 'email',
      headers: [
        'Email',
        'Email address',
        'Correu electrònic',
        'Emaila',
        'Email-Adresse',
        'Adresse mail',
        'Mail',
        'Emailadres',
      ],
      usual: true,
    },
    { field: 'amount', headers: ['Importe', 'Amount', 'Import'], required: true, usual: true },
    { field: 'status', headers: ['Estado', 'Status', 'Estat'], required: true, usual: true },
    {
      field: 'rewardTitle',
      headers: [
        'Recompensas',
        'Rewards',
        'Recompenses',
        'Sariak',
        'Belohnungen',
        'Rétributions',
        'Recompense',
      ],
      usual: true,
    },
    {
      field: 'fulfillment',
      headers: [
        'Cumplida',
        'Fulfilled',
        'Complerta',
        'Beteta',
        'Cumprida',
        'Erfüllt',
        'Réalisée',
        'Soddisfatta',
      ],
      usual: true,
    },
    {
      field: 'shippingAddress1',
      headers: [
        'Dirección',
        'Address',
        'Adreça',
        'Direición',
        'Enderezo',
        'Anschrift',
        'Adresse',
        'Indirizzo',
      ],
      usual: true,
    },
    {
      field: 'shippingCity',
      headers: [
        'Localidad',
        'City',
        'Localitat',
        'Llugar',
        'Hiria/herria',
        'Localidade',
        'Stadt',
        'Localité',
        'Località',
        'Stad',
      ],
    },
    {
      field: 'shippingPostalCode',
      headers: [
        'Código postal',
        'Postal code',
        'Codi postal',
        'Códigu postal',
        'Posta kodea',
        'PLZ',
        'Code postal',
        'Codice postale',
        'Postcode',
      ],
    },
    {
      field: 'shippingCountry',
      headers: ['País', 'Country', 'País:', 'Herria', 'Land', 'Pays', 'Paese'],
    },
    { field: 'pledgedAt', headers: ['Fecha', 'Date', 'Data', 'Datum'], usual: true },
    { field: 'notes', headers: ['Información extra', 'Extra info', 'Información adicional'] },
  ],
  kept: [
    // Whether there is an incident with the payment.
    'Incidencia!',
    'Incidence!',
    'Incidència!',
    'Gertakaria!',
    'Ereignis!',
    'Incident!',
    'Errore!',
    // Whether the reward is waived.
    'Renuncia a la recompensa',
    'Waiving of reward',
    'Renúncia a la recompensa',
    'Renuncia á recompensa',
    'Sariari uko egin',
    'Verzicht auf eine Belohnung',
    'Renonce à la récompense',
    'Rinuncia alla ricompensa',
    // Whether the name is hidden from the public.
    'Anónimo',
    'Anonymous',
    'Anònim',
    'Ezezaguna',
    'Anonym',
    'Anonyme',
    'Anonimo',
    'Anoniem',
  ],
  statuses: {
    cobrado: 'COLLECTED',
    cobrat: 'COLLECTED',
    cobróse: 'COLLECTED',
    berechnet: 'COLLECTED',
    encaissé: 'COLLECTED',
    'devuelto (archivado)': 'REFUNDED',
    'returned (archived)': 'REFUNDED',
    'retornat (arxivat)': 'REFUNDED',
    'devolto (arquivado)': 'REFUNDED',
    'abgelegt (archiviert)': 'REFUNDED',
  },
  currency: 'EUR',
  dateOrder: 'dmy',
});
