import { spawn } from 'node:child_process'
import { expect } from 'chai'
import { createWalletClient, encodeFunctionData, http, parseAbi } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { keyOf, startAnvil } from '../helpers/anvil.ts'

const script = new URL('../../scripts/deploy.ts', import.meta.url).pathname

describe('npm run deploy', function () {
  this.timeout(60_000)

  let anvil: Awaited<ReturnType<typeof startAnvil>>

  before(async function () {
    anvil = await startAnvil()
    if (anvil === undefined) this.skip()
  })
  after(() => anvil?.stop())

  function deploy(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [script, ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, AUSPEX_KEY: keyOf(0) },
      })
      let out = ''
      let err = ''
      child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)))
      child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)))
      child.once('exit', (code) => resolve({ code: code ?? 1, out, err }))
    })
  }

  it('deploys the network, a feed, and a truth of it', async () => {
    const rpc = ['--rpc', anvil!.url]
    const { chainId, network, token } = JSON.parse((await deploy(...rpc)).out)
    expect(chainId).to.equal(31337)
    expect(await anvil!.chain.getCode({ address: network })).to.have.length.above(1000)
    expect(await anvil!.chain.getCode({ address: token })).to.have.length.above(1000)

    const balanceOf = parseAbi(['function balanceOf(address) view returns (uint256)'])
    const money = { address: token, abi: balanceOf, functionName: 'balanceOf' } as const
    const { address } = privateKeyToAccount(keyOf(0))
    expect(await anvil!.chain.readContract({ ...money, args: [address] })).to.equal(10n ** 24n)

    const feed = await deploy(...rpc, '--contract', 'MockAggregator', '--args', '[18, "a price"]')
    const { address: feedAddress } = JSON.parse(feed.out)
    const of = JSON.stringify([feedAddress, '3600'])
    const early = await deploy(...rpc, '--contract', 'FeedTruth', '--args', of)
    expect(early.code).to.equal(1)

    const pushMany = parseAbi(['function pushMany(int192[] answers, uint64[] updatedAts)'])
    const args = [
      [0n, 0n],
      [1n, 2n],
    ] as const
    const data = encodeFunctionData({ abi: pushMany, functionName: 'pushMany', args })
    const wallet = createWalletClient({
      account: privateKeyToAccount(keyOf(0)),
      transport: http(anvil!.url),
    })
    const hash = await wallet.sendTransaction({ to: feedAddress, data, chain: null })
    await anvil!.chain.waitForTransactionReceipt({ hash })
    const truth = await deploy(...rpc, '--contract', 'FeedTruth', '--args', of)
    expect(JSON.parse(truth.out).contract).to.equal('FeedTruth')
  })

  it('says what is wrong, without a stack trace', async () => {
    const rpc = ['--rpc', anvil!.url]
    const wrong = [
      {
        args: ['--rpc', 'http://127.0.0.1:9'],
        code: 1,
        says: /Nothing was deployed through .*:9 by/,
      },
      { args: [...rpc, '--contract', 'Nothing'], code: 1, says: /Nothing is not compiled/ },
      { args: [...rpc, '--contract', 'FeedTruth', '--args', '{}'], code: 2, says: /is no list/ },
      { args: [...rpc, '--colour', 'red'], code: 2, says: /Give --rpc URL/ },
    ]
    for (const { args, code, says } of wrong) {
      const ran = await deploy(...args)
      expect(ran.code).to.equal(code)
      expect(ran.err).to.match(says)
      expect(ran.err).to.not.match(/\n\s+at .*:\d+/)
    }
  })
})
