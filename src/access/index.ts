export {
  countReviewers,
  createActor,
  ensureFirstActors,
  findActor,
  FIRST_START_ACTOR,
  LOCAL_ACTOR,
  PIPELINE_ACTOR,
  type Actor,
  type ActorKind,
} from './actors.ts'
export { type App } from './app.ts'
export { createAuthenticator, type Authenticator } from './authenticator.ts'
export { actorOf, authorise, registerAccess } from './hooks.ts'
export { createKey, rotateKey } from './keys.ts'
export { isPermitted, permissions, roles, type Permission, type Role } from './permissions.ts'
export { approvalPolicyOf } from './policy.ts'
export { accessRoutes } from './routes.ts'
