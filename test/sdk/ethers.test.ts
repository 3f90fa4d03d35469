import { expect } from 'chai'
import { AbstractSigner } from 'ethers'
import {
  activate,
  commit,
  createAuspexFromEthers,
  deposit,
  encodeCommit,
  getPosition,
  getRevealed,
  reveal,
  signConsent,
  takeSeat,
} from '../../sdk/src/index.ts'
import { STAKE, connection, created, loadFixture, sealAndSign, time } from '../helpers/network.ts'

const { ethers } = connection

describe('an ethers signer', () => {
  async function doors() {
    const base = await loadFixture(created)
    const [, keeper, , signer] = await ethers.getSigners()
    const { network } = base.creator
    return {
      ...base,
      keeper: await createAuspexFromEthers({ network, signer: keeper! }),
      worker: await createAuspexFromEthers({ network, signer: signer! }),
    }
  }

  it('stakes, consents, commits and reveals as a viem wallet does', async () => {
    const { creator, keeper, worker, topic, params, goTo } = await doors()
    const key = { topic, worker: worker.account! }
    const round = 0n

    const consent = await signConsent(worker, { topic, owner: keeper.account! })
    await deposit(keeper, { ...key, amount: STAKE, consent })
    await time.increase(params.activationDelay)
    await activate(worker, key)
    await takeSeat(keeper, { ...key, seat: 0n })
    expect(await getPosition(creator, key)).to.include({ stake: STAKE, owner: keeper.account })

    await goTo('openTime', round)
    const { commitment, opening } = await sealAndSign(worker, { topic, round, i: 0 })
    const { seals } = await commit(keeper, { topic, round, commitments: [commitment] })
    await goTo('revealTime', round)
    await reveal(keeper, { topic, round, seals, openings: [opening] })
    const { workers } = await getRevealed(creator, { topic, round })
    expect(workers).to.deep.equal([worker.account])
  })

  it('passes a gas limit on', async () => {
    const { keeper, worker, topic } = await doors()
    for (const client of [keeper, worker]) {
      const data = encodeCommit({ topic, round: 0n, commitments: [] })
      const call = { to: client.account!, data, gas: 77_777n }
      const { transactionHash: hash } = await client.send(call)
      expect((await client.public.getTransaction({ hash })).gas).to.equal(77_777n)
    }
  })

  it('gets refusals in words, tried before or not', async () => {
    const { keeper, worker, topic } = await doors()
    for (const simulate of [true, false]) {
      const client = { ...keeper, simulate }
      const refused = activate(client, { topic, worker: worker.account! }).catch((error) => error)
      expect(await refused).to.include({ name: 'NothingPending' })
    }
  })

  it('must know a JSON-RPC provider, or be given a public client', async () => {
    const { creator } = await loadFixture(created)
    class Unconnected extends AbstractSigner {
      connect = () => this
      getAddress = async () => creator.account!
      signTransaction = async () => '0x'
      signMessage = async () => '0x'
      signTypedData = async () => '0x'
    }
    const signer = new Unconnected()
    const { network } = creator
    const refused = createAuspexFromEthers({ network, signer }).catch((error) => error.message)
    expect(await refused).to.contain('JSON-RPC provider')
    const client = await createAuspexFromEthers({ network, signer, publicClient: creator.public })
    expect(client.chainId).to.equal(31337)
  })
})
