/** Addresses that an answer leads on to, absolute when the public address is known. */
export function uploadLinks(publicUrl: string | undefined, uploadId: string) {
  const self = `${publicUrl?.replace(/\/+$/, '') ?? ''}/v1/uploads/${uploadId}`;
  return {
    self,
    files: `${self}/files`,
    issues: `${self}/issues`,
    issuesSummary: `${self}/issues/summary`,
    mapping: `${self}/mapping`,
    retry: `${self}/retry`,
    cancel: `${self}/cancel`,
  };
}
