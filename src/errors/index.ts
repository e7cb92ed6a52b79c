export { AssayError } from './assay-error.ts'
export { errorRegistry, type ErrorCode, type ErrorDetails, type ErrorKind } from './registry.ts'
export { exitCode, httpStatus } from './status.ts'
