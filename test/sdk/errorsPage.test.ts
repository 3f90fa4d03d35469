import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { errorsPage } from '../../scripts/docs/errorsPage.ts'
import { errorGuides } from '../../sdk/src/index.ts'

describe('docs/Errors.md', () => {
  it('lists every error as `npm run docs` writes it', () => {
    const page = new URL('../../docs/Errors.md', import.meta.url)
    expect(readFileSync(page, 'utf8')).to.equal(errorsPage())
  })

  it('names the values of a call instead of samples', () => {
    const sentences = errorGuides().map(({ sentence }) => sentence)
    for (const sentence of sentences) expect(sentence).not.to.match(/\{[a-h]\}|7\d{5}|1970-/)
  })

  it('finds an error by its selector', () => {
    const [guide] = errorGuides({ selector: '0x9996B315' })
    expect(guide?.signature).to.equal('AddressEmptyCode(address target)')
    expect(errorGuides({ selector: '0x12345678' })).to.deep.equal([])
  })
})
