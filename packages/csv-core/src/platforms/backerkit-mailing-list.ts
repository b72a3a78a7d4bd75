import { definePlatform } from './platform.js';

/**
 * The people who follow a project's launch page at BackerKit, or whom it may write to. The header is quoted in issue
 * 3236 of github.com/buttondown/roadmap (August 2024), `Email,Invite URL,Tags`; nothing else is known of the file, not
 * even what separates the tags.
 *
 * There are no pledges in it, so there is nothing that the tags could be kept with: they are left out. Whoever has the
 * address in `Invite URL` can act as that person: it is never stored, as for every platform.
 */
export const backerkitMailingList = definePlatform({
  name: 'backerkit-mailing-list',
  title: 'BackerKit mailing list',
  evidence: 'A header row quoted in a public issue of 2024; no row seen',
  certainty: 0.9,
  signatures: [['Email', 'Invite URL', 'Tags']],
  columns: [{ field: 'email', headers: ['Email'], required: true, usual: true }],
  ignored: ['Tags'],
  statusRequired: false,
  holdsPledges: false,
});
