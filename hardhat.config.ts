import { createRequire } from 'node:module'
import hardhatEthers from '@nomicfoundation/hardhat-ethers'
import hardhatChai from '@nomicfoundation/hardhat-ethers-chai-matchers'
import hardhatMocha from '@nomicfoundation/hardhat-mocha'
import hardhatNetworkHelpers from '@nomicfoundation/hardhat-network-helpers'
import hardhatViem from '@nomicfoundation/hardhat-viem'
import hardhatViemAssertions from '@nomicfoundation/hardhat-viem-assertions'
import { defineConfig } from 'hardhat/config'
import { buildRules } from './scripts/build/buildRules.ts'

const require = createRequire(import.meta.url)

// The compiler comes from npm, so that a build needs no other download.
const solc = {
  version: '0.8.37',
  path: require.resolve('solc/soljson.js'),
  settings: {
    optimizer: { enabled: true, runs: 500 },
    viaIR: true,
    evmVersion: 'cancun',
    metadata: { appendCBOR: false },
  },
}

export default defineConfig({
  plugins: [
    hardhatEthers,
    hardhatChai,
    hardhatMocha,
    hardhatNetworkHelpers,
    hardhatViem,
    hardhatViemAssertions,
    buildRules,
  ],
  solidity: { profiles: { default: solc, production: { ...solc, isolated: false } } },
  networks: { node: { type: 'edr-simulated', chainType: 'l1' } },
  paths: { tests: { mocha: 'test', solidity: 'test' } },
  test: {
    mocha: { timeout: 120_000 },
    solidity: { fuzz: { runs: 256 }, invariant: { runs: 256, depth: 64, failOnRevert: true } },
  },
})
