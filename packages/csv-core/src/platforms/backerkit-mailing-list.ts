import { definePlatform } from './platform.js';

/**
 * The people who follow a project's launch page at BackerKit, or who have agreed to get mail from it. The header,
 * `Email,Invite URL,Tags`, is quoted in issue 3236 of github.com/buttondown/roadmap (August 2024). Nothing else is
 * known of the file, not even what separates the tags.
 *
 * The file has no pledges with which the tags could be kept, so they are left out. `Invite URL` lets anyone act as that
 * person, so it is never stored, as on every platform.
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
