/**
 * Asks for something with its entity tag. Sent back as `if-match`, the tag says what the person has seen, and the API refuses to
 * change what has become something else meanwhile.
 */
export async function withTag<T>(
  ask: (onHeaders: (headers: Headers) => void) => Promise<T>,
): Promise<{ readonly answer: T; readonly tag: string }> {
  let tag = '';
  const answer = await ask((headers) => {
    tag = headers.get('etag') ?? '';
  });
  return { answer, tag };
}
