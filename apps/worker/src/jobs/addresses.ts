/** The API's URL of an upload, for programs. */
export function uploadAddress(publicUrl: string, uploadId: string): string {
  return `${root(publicUrl)}/v1/uploads/${uploadId}`;
}

/** The page of an upload, for people. Whoever is not signed in does that first, and arrives there. */
export function uploadPage(publicUrl: string, uploadId: string): string {
  return `${root(publicUrl)}/app/uploads/${uploadId}`;
}

/** The page of a webhook, for people. */
export function webhookPage(publicUrl: string, endpointId: string): string {
  return `${root(publicUrl)}/app/webhooks/${endpointId}`;
}

function root(publicUrl: string): string {
  return publicUrl.replace(/\/+$/, '');
}
