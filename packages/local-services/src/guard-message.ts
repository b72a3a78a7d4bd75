/** A message to the guard: one line of JSON on its standard input. */
export type GuardMessage =
  | { readonly type: 'process'; readonly pid: number; readonly signal: NodeJS.Signals }
  | { readonly type: 'folder'; readonly path: string }
  | { readonly type: 'forget-process'; readonly pid: number }
  | { readonly type: 'forget-folder'; readonly path: string };
