import { Command } from 'commander'
import { addAuditCommands } from './commands/audit.ts'
import { addConfigCommand } from './commands/config.ts'
import { addDataCommands } from './commands/data.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addErasureCommands } from './commands/erase.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addPipelineCommands } from './commands/pipeline.ts'
import { addPredictCommand } from './commands/predict.ts'
import { addReviewCommand } from './commands/review.ts'
import { addStartCommands } from './commands/start.ts'
import { addTrainCommand } from './commands/train.ts'
import { createContext, type CommonOptions, type Shell } from './context.ts'
import { readVersion } from './version.ts'

const help = `
Exit codes: 0 done, 1 failed, 2 not valid, 3 not allowed, 4 not found, 5 conflict, 6 not available, 7 not supported, 8 cancelled.

Start here:
  $ assay start                                          then open the address that it prints
  $ assay train --data claims.csv --target fraud         train on data of your own
  $ assay pipeline watch latest                          see how it goes`

/** All commands. Errors are thrown, not printed; nothing exits. */
export function createProgram(shell: Shell): Command {
  const program = new Command('assay')
    .description('Takes a claims model from raw claims to a defensible decision in production.')
    .option('--home <folder>', 'the home: database, artifacts, configuration (./.assay, ASSAY_HOME)')
    .option('--url <url>', 'address of a running Assay (the one of the home, ASSAY_URL)')
    .option('--key <key>', 'key of an actor (ASSAY_KEY); better in the environment than on the command line')
    .option('--json', 'print one JSON object to standard output, everything else to standard error')
    .option('--log-level <level>', 'trace, debug, info, warn, error, fatal or silent (info)')
    .version(readVersion(), '--version', 'show the version')
    .addHelpText('after', help)
    .exitOverride()
    // So that a command may have a --version of its own; common flags are on every command.
    .enablePositionalOptions()
    .configureOutput({ writeOut: (text) => shell.out.write(text), writeErr: (text) => shell.err.write(text) })
  const connect = (command: Command) => createContext(shell, command.optsWithGlobals<CommonOptions>())
  addStartCommands(program, connect)
  addTrainCommand(program, connect)
  addDataCommands(program, connect)
  addPredictCommand(program, connect)
  addPipelineCommands(program, connect)
  addReviewCommand(program, connect)
  addExplainCommand(program, connect)
  addErasureCommands(program, connect)
  addAuditCommands(program, connect)
  addDemoCommand(program, connect)
  addDoctorCommand(program, connect)
  addConfigCommand(program, connect)
  for (const command of withSubcommands(program)) addCommonFlags(command)
  program.hook('preAction', (_, command) => liftCommonFlags(program, command))
  return program
}

function withSubcommands(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...withSubcommands(child)])
}

const commonFlags = [
  ['--home <folder>', 'the home'],
  ['--url <url>', 'address of a running Assay'],
  ['--key <key>', 'key of an actor'],
  ['--json', 'print one JSON object'],
  ['--log-level <level>', 'how much is logged'],
] as const

/** The common flags are taken after the command's name as well: `assay pipeline list --json`. */
function addCommonFlags(command: Command): void {
  command.exitOverride()
  for (const [flag, description] of commonFlags) command.addOption(command.createOption(flag, description).hideHelp())
}

/** Makes the common flags that stood behind a command's name the program's, so that a command is given its own flags alone. */
function liftCommonFlags(program: Command, command: Command): void {
  for (const [flag] of commonFlags) {
    const name = command.createOption(flag).attributeName()
    const value: unknown = command.getOptionValue(name)
    if (value === undefined) continue
    program.setOptionValue(name, value)
    // Not set to undefined: a flag that is there, though without a value, would hide the program's.
    delete command.opts<Record<string, unknown>>()[name]
  }
}
