export { describeConfig } from './describe-config.ts'
export { CONFIG_FILE, loadConfig } from './load-config.ts'
export { isLoopbackHost } from './loopback.ts'
export { type Config } from './settings.ts'
