import type { Command } from 'commander'
import fs from 'node:fs/promises'
import path from 'node:path'
import { AssayError } from '../../errors/index.ts'
import type { VersionDetail } from '../../registry/index.ts'
import type { Client } from '../client.ts'
import type { Context } from '../context.ts'
import { describeVersion } from '../review/describe-version.ts'

/** `assay review`: what a reviewer has to know before approving; exit code 1 while a gate blocks, for CI. */
export function addReviewCommand(program: Command, connect: (command: Command) => Context): void {
  program
    .command('review <model> [version]')
    .description('how good, how fair, on what data and past which gates a version is (the newest by default)')
    .option('--html <file>', 'also write it with its pictures to one HTML file')
    .addHelpText(
      'after',
      '\nThe exit code is 1 while a gate blocks the version.\n\nExamples:\n  $ assay review claims-denial\n  $ assay review claims-denial 1.2.0 --html review.html',
    )
    .action(async (model: string, version: string | undefined, flags: { html?: string }, command: Command) => {
      const { shell, output, withServer } = connect(command)
      const detail = await withServer(async (client) => {
        const at = `/models/${encodeURIComponent(model)}`
        return client.get<VersionDetail>(`${at}/${encodeURIComponent(version ?? (await newest(client, at)))}`)
      })
      if (flags.html !== undefined) {
        const file = path.resolve(shell.cwd, flags.html)
        const { reviewReport } = await import('../review/review-report.ts')
        await fs.writeFile(file, reviewReport(detail)).catch((cause: Error) => {
          throw new AssayError('FILE_UNREADABLE', { file, reason: cause.message }, { cause })
        })
        output.note(`Written to ${file}`)
      }
      output.result(detail, describeVersion(detail))
      if (detail.gates.some((gate) => gate.verdict === 'blocked')) shell.setExitCode(1)
    })
}

async function newest(client: Client, at: string): Promise<string> {
  const { versions } = await client.get<{ versions: { version: string }[] }>(at)
  return versions[0].version
}
