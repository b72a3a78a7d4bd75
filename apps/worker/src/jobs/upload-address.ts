/** Where the API tells of an upload. */
export function uploadAddress(publicUrl: string, uploadId: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/v1/uploads/${uploadId}`;
}
