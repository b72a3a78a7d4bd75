/** An answer as the API gives it. */
export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** An error as the API answers it. */
export function problem(
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
  members: object = {},
): Response {
  const body = {
    type: `urn:pledgeline:problem:${code}`,
    title: code,
    status,
    detail: `Wrong: ${code}.`,
    code,
  };
  return json({ ...body, ...members }, status, { 'content-type': 'application/problem+json', ...headers });
}

/** A `fetch` that answers with these, one after the other; an error is thrown. */
export function answerWith(...answers: readonly (Response | Error)[]) {
  const requests: { readonly url: string; readonly method: string; readonly at: number }[] = [];
  const left = [...answers];
  const fetch: typeof globalThis.fetch = async (input, { method = 'GET', signal } = {}) => {
    requests.push({ url: String(input), method, at: Date.now() });
    signal?.throwIfAborted();
    const answer = left.shift();
    if (answer === undefined) {
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    }
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { fetch, requests };
}
