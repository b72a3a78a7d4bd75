import { definePlatform } from './platform.js';

/**
 * A list of people who have not pledged anything, such as the members of a mailing list. Never detected: whether a file without
 * money, status and product is one must be asked (`people: true` in a mapping). Which columns it has is found by their names
 * and cells, as in any file of no known platform.
 */
export const people = definePlatform({
  name: 'people',
  title: 'List of people',
  evidence: 'Said by the sender; its columns are assigned by hand',
  columns: [{ field: 'email', headers: ['Email', 'E-mail', 'Email Address'] }],
  holdsPledges: false,
});
