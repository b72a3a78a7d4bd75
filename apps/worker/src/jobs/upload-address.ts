/** The API's URL of an upload. */
export function uploadAddress(publicUrl: string, uploadId: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/v1/uploads/${uploadId}`;
}
