import { useQuery } from '@tanstack/react-query';
import { type Session, sessionQuery } from './session.js';

/** Each scope may do what those before it may. */
const scopes = ['read', 'write', 'admin'] as const satisfies readonly Session['scope'][];

/** Whether the key of the session may do what needs this scope. What it may not do is not offered. */
export function useScope(needed: Session['scope']): boolean {
  const { data: session } = useQuery(sessionQuery);
  if (session === undefined || session === null) return false;
  return scopes.indexOf(session.scope) >= scopes.indexOf(needed);
}
