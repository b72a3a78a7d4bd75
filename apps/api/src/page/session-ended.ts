import { Problem } from '../problem.js';

/** The answer to a browser that is not signed in any more, or never was. */
export function sessionEnded(): Problem {
  return new Problem('session_ended', 'You are not signed in, or not any more. Sign in with a key.', {
    headers: { 'www-authenticate': 'Bearer' },
  });
}
