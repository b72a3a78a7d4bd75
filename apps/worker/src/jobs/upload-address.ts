/** Where the API tells of an upload; relative when nobody has said where the API is. */
export function uploadAddress(publicUrl: string | undefined, uploadId: string): string {
  return `${publicUrl?.replace(/\/+$/, '') ?? ''}/v1/uploads/${uploadId}`;
}
