import type { ReactNode } from 'react';

interface MessagesProps {
  readonly title: string;
  /** From the API, which writes English. */
  readonly messages: readonly string[];
}

export function Messages({ title, messages }: MessagesProps): ReactNode {
  if (messages.length === 0) return null;
  return (
    <section className="message doubt">
      <strong>{title}</strong>
      <ul lang="en">
        {[...new Set(messages)].map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </section>
  );
}
