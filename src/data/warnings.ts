/** Something about a source or a dataset that a person should know before going on; it stops nothing. */
export type DatasetWarning = { code: string; column?: string; message: string }
