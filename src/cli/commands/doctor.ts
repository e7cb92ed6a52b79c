import type { Command } from 'commander'
import path from 'node:path'
import type { Context } from '../context.ts'
import { examine } from '../doctor/index.ts'

const MARKS = { ok: 'ok  ', warning: 'warn', fault: 'FAIL' }

export function addDoctorCommand(program: Command, connect: (command: Command) => Context): void {
  program
    .command('doctor')
    .description('examine the installation: what is wrong and what to do about it')
    .addHelpText('after', '\nStarts nothing and changes nothing. Exit code 1 when something is wrong.')
    .action(async (_, command: Command) => {
      const { shell, output, loadConfig } = connect(command)
      const findings = await examine(path.resolve(import.meta.dirname, '../../..'), () => loadConfig())
      const lines = findings.map(({ check, verdict, text, advice }) => {
        const line = `${MARKS[verdict]}  ${check.padEnd(14)}${text}`
        return advice ? `${line}\n${' '.repeat(20)}-> ${advice}` : line
      })
      const isWell = findings.every((finding) => finding.verdict !== 'fault')
      output.result({ ok: isWell, findings }, lines.join('\n'))
      if (!isWell) shell.setExitCode(1)
    })
}
