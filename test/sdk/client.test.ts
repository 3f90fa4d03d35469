import { expect } from 'chai'
import { createPublicClient, custom } from 'viem'
import type { Transaction } from '../../sdk/src/index.ts'
import {
  activate,
  commit,
  createAuspex,
  defineDeployment,
  deployments,
  encodeActivate,
  encodeCommit,
  getTopic,
  multicall,
  signCommitment,
} from '../../sdk/src/index.ts'
import { committed, connection, loadFixture, sealAndSign, staked } from '../helpers/network.ts'

/** A public client that notes which methods are asked. */
function counted() {
  const methods: string[] = []
  const request = ({ method, params }: { method: string; params?: unknown }) => {
    methods.push(method)
    return connection.provider.request({ method, params: params as unknown[] })
  }
  return { methods, publicClient: createPublicClient({ transport: custom({ request }) }) }
}

describe('the client', () => {
  it('asks the chain for its id where nobody gave it', async () => {
    const { methods, publicClient } = counted()
    const network = '0x5fbdb2315678afecb367f032d93f642f64180aa3'
    expect((await createAuspex({ network, publicClient })).chainId).to.equal(31337)
    expect(methods).to.deep.equal(['eth_chainId'])
  })

  it('looks at the clock once for all who ask at one time', async () => {
    const { methods, publicClient } = counted()
    const network = '0x5fbdb2315678afecb367f032d93f642f64180aa3'
    const { now } = await createAuspex({ network, publicClient, chainId: 31337 })
    const [first, ...others] = await Promise.all([now(), now(), now()])
    expect(others).to.deep.equal([first, first])
    expect(methods).to.deep.equal(['eth_getBlockByNumber'])
    await now()
    expect(methods).to.have.length(2)
  })

  it('with a send of its own and no trial asks the chain nothing else', async () => {
    const { keeper, workers, topic, goTo } = await loadFixture(staked)
    const { methods, publicClient } = counted()
    const sent: Transaction[] = []
    const client = await createAuspex({
      network: keeper.network,
      publicClient,
      chainId: keeper.chainId,
      account: keeper.account!,
      simulate: false,
      send: (transaction) => {
        sent.push(transaction)
        return keeper.send(transaction)
      },
    })
    await goTo('openTime', 0n)
    const { commitment } = await sealAndSign(workers[0]!, { topic, round: 0n, i: 0 })
    const call = { topic, round: 0n, commitments: [commitment] }
    await commit(client, call)
    expect(sent).to.deep.equal([{ to: keeper.network, data: encodeCommit(call) }])
    expect(methods).to.deep.equal([])
  })

  it('passes a gas limit on to its wallet', async () => {
    const { keeper } = await loadFixture(staked)
    const { transactionHash: hash } = await keeper.send({
      to: keeper.account!,
      data: '0x',
      gas: 77_777n,
    })
    expect((await keeper.public.getTransaction({ hash })).gas).to.equal(77_777n)
  })

  it('that only reads refuses to send and to sign, and says why', async () => {
    const { keeper, topic, round, commitments } = await loadFixture(committed)
    const { publicClient } = counted()
    const reader = await createAuspex({ network: keeper.network, publicClient, simulate: false })
    expect((await getTopic(reader, { topic })).lastSeat).to.equal(7n)
    const send = commit(reader, { topic, round, commitments }).catch((error) => error.message)
    expect(await send).to.contain('only reads')
    const { commitment } = commitments[0]!
    const sign = signCommitment(reader, { topic, round, commitment })
    expect(await sign.catch((error) => error.message)).to.contain('only reads')
  })

  it('sends several calls as one transaction, all or none', async () => {
    const { keeper, workers, topic } = await loadFixture(staked)
    const stranger = keeper.account!
    const all = [...workers.map(({ account }) => account!), stranger]
    const calls = all.map((worker) => encodeActivate({ topic, worker }))
    const error = await multicall(keeper, { calls }).catch((reason) => reason)
    expect(error).to.include({ name: 'NothingPending' })
    const alone = await activate(keeper, { topic, worker: stranger }).catch((e) => e)
    expect(alone.args).to.deep.equal(error.args)
  })
})

describe('deployments', () => {
  const network = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
  const token = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512'

  it('are defined with checked addresses and a first block', () => {
    expect(defineDeployment({ chainId: 31337, network, token })).to.deep.equal({
      chainId: 31337,
      network,
      token,
      fromBlock: 0n,
      contracts: {},
    })
    expect(() => defineDeployment({ chainId: 1, network: '0x12', token })).to.throw(/network/)
    expect(deployments).to.deep.equal({})
  })
})
