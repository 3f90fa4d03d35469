import { expect } from 'chai'
import { createPublicClient, custom, encodeAbiParameters, padHex, stringToHex } from 'viem'
import type { Hex } from 'viem'
import { tokenOf } from '../../../cli/src/tokenOf.ts'
import { createAuspex } from '../../../sdk/src/index.ts'

const DECIMALS = '0x313ce567'

/** A client of a chain whose token answers so when it is asked for its symbol. */
function clientWith(symbol: Hex) {
  const answer = (data: Hex) =>
    data === DECIMALS ? encodeAbiParameters([{ type: 'uint8' }], [18]) : symbol
  const request = async ({ params }: { params: [{ data: Hex }] }) => answer(params[0].data)
  const publicClient = createPublicClient({ transport: custom({ request }) })
  const address = `0x${'11'.repeat(20)}` as const
  return createAuspex({ network: address, token: address, publicClient, chainId: 1 })
}

describe('a token’s symbol', () => {
  it('is read where it is a string', async () => {
    const symbol = encodeAbiParameters([{ type: 'string' }], ['DAI'])
    expect((await tokenOf(await clientWith(symbol))).symbol).to.equal('DAI')
  })

  it('is read where it is a word of 32 bytes', async () => {
    const symbol = padHex(stringToHex('MKR'), { dir: 'right', size: 32 })
    expect((await tokenOf(await clientWith(symbol))).symbol).to.equal('MKR')
  })

  it('moves no terminal', async () => {
    const symbol = encodeAbiParameters([{ type: 'string' }], ['A\u202eB\u001b[2J'])
    expect((await tokenOf(await clientWith(symbol))).symbol).to.equal('AB[2J')
  })

  const word = (hex: string) => `0x${hex.padEnd(64, '0')}` as const
  for (const [what, answer] of [
    ['there is none', '0x'],
    ['it is an empty string', encodeAbiParameters([{ type: 'string' }], [''])],
    ['it is spaces', encodeAbiParameters([{ type: 'string' }], [' \u200b\u3000'])],
    ['it is a word of zeros', word('')],
    ['it is a word that is no text', word('fffefdfc')],
    ['it is half a word', '0x4d4b52'],
    ['it is a string that begins nowhere', word('f'.repeat(63))],
  ] as const) {
    it(`is the beginning of the address where ${what}`, async () => {
      expect((await tokenOf(await clientWith(answer))).symbol).to.equal('0x111111')
    })
  }

  it('is no more than a name', async () => {
    const symbol = encodeAbiParameters([{ type: 'string' }], ['X'.repeat(10_000)])
    expect((await tokenOf(await clientWith(symbol))).symbol).to.equal('X'.repeat(16))
    const odd = word(Buffer.from('MK\u0000R\n').toString('hex'))
    expect((await tokenOf(await clientWith(odd))).symbol).to.equal('MKR')
  })
})
