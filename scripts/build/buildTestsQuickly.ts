/*
 * The contracts that test are compiled the fast way: they drive what is shipped, which they deploy as it was built, so
 * their own bytecode only has to be right. Whatever is measured or compared with TypeScript to the bit, the harnesses
 * among them, keeps the settings of what is shipped.
 */
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { HardhatPlugin } from 'hardhat/types/plugins'

export const buildTestsQuickly: HardhatPlugin = {
  id: 'auspex-build-tests-quickly',
  hookHandlers: {
    config: async () => ({
      default: async () => ({
        resolveUserConfig: async (userConfig, resolveVariable, next) => {
          const config = await next(userConfig, resolveVariable)
          for (const profile of Object.values(config.solidity.profiles)) {
            const [shipped] = profile.compilers
            // One object for all of them: files with the same settings object are compiled together.
            const quick = { ...shipped!, settings: { ...shipped!.settings, ...quickSettings } }
            for (const file of testContracts()) profile.overrides[file] = quick
          }
          return config
        },
      }),
    }),
    solidity: async () => ({
      default: async () => ({
        build: (context, files, options, next) =>
          next(context, files, { ...options, concurrency: availableParallelism() }),
      }),
    }),
  },
}

const quickSettings = {
  viaIR: false,
  optimizer: {
    enabled: true,
    runs: 1,
    details: {
      peephole: true,
      jumpdestRemover: true,
      inliner: false,
      orderLiterals: false,
      deduplicate: false,
      cse: false,
      constantOptimizer: false,
      yul: false,
    },
  },
}

function testContracts(): string[] {
  return globSync('test/**/*.sol', {
    cwd: import.meta.dirname + '/../..',
    exclude: ['test/harness/*Harness.sol'],
  })
}
