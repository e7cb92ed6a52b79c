/** What is done to a column on its way into a dataset version. */
export const policies = ['drop', 'mask', 'pseudonymise', 'generalise', 'keep'] as const
export type Policy = (typeof policies)[number]
