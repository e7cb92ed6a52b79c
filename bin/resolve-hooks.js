import { registerHooks } from 'node:module'

// drizzle-orm's ES modules import each other in one large cycle: loading them costs Node 24 some 440 ms and 160 MB of garbage,
// its CommonJS build 60 ms and 9 MB. Both hold the same code.
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!/^drizzle-orm($|\/)/.test(specifier)) return nextResolve(specifier, context)
    return nextResolve(specifier, { ...context, conditions: ['node', 'require'] })
  },
})
