import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { contractsPage } from '../../scripts/docs/contractsPage.ts'

const root = join(import.meta.dirname, '../..')

describe('docs/api', function () {
  this.timeout(600_000)

  it('has the contracts’ documentation as `npm run docs` writes it', () => {
    const page = readFileSync(join(root, 'docs/api/contracts.md'), 'utf8')
    expect(page).to.equal(contractsPage())
  })

  it('is generated for the TypeScript packages without a warning', async () => {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@auspex/source', 'scripts/docs.ts', '--api'],
      { cwd: root },
    )
    expect(`${stdout}${stderr}`).to.not.match(/\[warning\]|\[error\]/)
    expect(existsSync(join(root, 'docs/api/typescript/index.html'))).to.equal(true)
  })
})
