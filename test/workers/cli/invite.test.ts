import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { readConfig } from '../../../cli/src/config/readConfig.ts'
import { workerConfig } from '../../../cli/src/config/workerConfig.ts'
import { newKeystore } from '../../../workers/src/keys/newKeystore.ts'
import { secret } from '../../../workers/src/keys/secret.ts'
import { erc20Abi } from '../../../sdk/src/abis/index.ts'
import { deployOn, keyOf, openTopic, startAnvil } from '../../helpers/anvil.ts'
import { runHere } from '../../helpers/commandLine.ts'
import { freshFolder } from '../../helpers/freshFolder.ts'

const PASSWORD = 'correct horse battery'
const ONE = 10n ** 18n

describe('the command line: workers who are invited', function () {
  this.timeout(900_000)

  it('get one file without a secret, tokens, and coin out of nothing on a development chain', async function () {
    const anvil = await startAnvil()
    if (anvil === undefined) return this.skip()
    try {
      const deployed = await deployOn(anvil)
      const { network, token } = deployed
      const { topic } = await openTopic(anvil, deployed)
      const folder = freshFolder('invite')
      const file = join(folder, 'key.json')
      await newKeystore({ file, password: secret(PASSWORD), privateKey: keyOf(0), cost: 1024 })
      writeFileSync(join(folder, 'password'), PASSWORD, { mode: 0o600 })
      const config = join(folder, 'auspex.yaml')
      const write = (url: string) =>
        writeFileSync(
          config,
          `chain: { id: 31337, urls: ['${url}'], network: '${network}' }\nkeys: { keystore: key.json, passwordFile: password }\n`,
        )
      const out = join(folder, 'worker.yaml')
      const invite = ['topic', 'invite', topic, '--out', out, '--config', config]

      write(`${anvil.url}/v2/k3y-0f-an-0perat0r`)
      const kept = await runHere(invite)
      expect([kept.code, kept.err]).to.satisfy(([code, err]: [number, string]) => {
        return code === 2 && /may hold a key, which is not given away/.test(err)
      })
      write(anvil.url)
      const invited = await runHere([...invite, '--reputer', 'https://reputer.example.org'])
      expect(invited.code, invited.err).to.equal(0)
      const read = readConfig({ file: out, schema: workerConfig })
      expect(read).to.include({ topic, confidence: 1000n })
      expect(read.chain).to.deep.include({ id: 31337, urls: [anvil.url], network })
      expect(read.reputers).to.deep.equal(['https://reputer.example.org'])
      expect(readFileSync(out, 'utf8')).to.contain('# It asks: A price\n')
      expect((await runHere(invite)).err).to.contain('already')
      const other = join(folder, 'other.yaml')
      const there = ['topic', 'invite', topic, '--out', other, '--config', config]
      const elsewhere = await runHere([...there, '--url', 'https://rpc.example.org'])
      expect(elsewhere.code, elsewhere.err).to.equal(0)
      const { chain } = readConfig({ file: other, schema: workerConfig })
      expect(chain.urls).to.deep.equal(['https://rpc.example.org'])

      const to = `0x${'77'.repeat(20)}` as const
      const balance = () =>
        anvil.chain.readContract({
          address: token,
          abi: erc20Abi,
          functionName: 'balanceOf',
          args: [to],
        })
      const given = await runHere(['faucet', to, '250', '--config', config])
      expect(given.code, given.err).to.equal(0)
      expect(await balance()).to.equal(250n * ONE)
      expect(await anvil.chain.getBalance({ address: to })).to.equal(100n * ONE)
      await deployed.clientOf(0)
      const sent = await runHere(['send', to, '12.5', '--config', config])
      expect(sent.code, sent.err).to.equal(0)
      expect(sent.out).to.contain(`sent 12.5 TEST to ${to}`)
      expect(await balance()).to.equal((2625n * ONE) / 10n)
    } finally {
      anvil.stop()
    }
  })
})
