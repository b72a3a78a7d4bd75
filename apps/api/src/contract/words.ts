import { z } from 'zod';

type Issue = z.core.$ZodRawIssue;

/**
 * Says what a value must be, where a schema has no words of its own. A sentence of a library names types of its language,
 * and another version may word it differently.
 */
export function wordsFor(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'must be given'
        : `must be ${kinds[issue.expected] ?? 'of another kind'}`;
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'too_big':
      return `must not ${measures[issue.origin] ?? 'be more than'} ${issue.maximum}${units[issue.origin] ?? ''}`;
    case 'too_small':
      return `must have at least ${issue.minimum}${units[issue.origin] ?? ''}`.replace(
        /^must have at least (\S+)$/,
        'must not be less than $1',
      );
    case 'invalid_format':
      return `must be written as ${formats[issue.format] ?? 'the documentation says'}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return 'there is no such member';
    case 'invalid_union':
      return 'is none of what is allowed here';
    case 'invalid_key':
      return 'has a member whose name is not allowed';
    case 'invalid_element':
      return 'has an entry that is not allowed';
    case 'custom':
      return 'is not allowed';
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
  date: 'a time',
};

const measures: Readonly<Record<string, string>> = {
  string: 'be longer than',
  array: 'have more than',
  set: 'have more than',
};

const units: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' entries',
  set: ' entries',
};

const formats: Readonly<Record<string, string>> = {
  email: 'an e-mail address',
  url: 'a URL',
  guid: 'an id, as answers give it',
  uuid: 'an id, as answers give it',
  datetime: 'a time such as 2026-11-23T12:00:00Z',
};

// For all schemas of this process, those that packages declare among them.
z.config({ customError: wordsFor });
