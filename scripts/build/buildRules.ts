import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { MultiProcessMutex } from '@nomicfoundation/hardhat-utils/synchronization'
import type { HardhatPlugin } from 'hardhat/types/plugins'

const root = join(import.meta.dirname, '../..')

/** What building takes beside the configuration: quick tests, all cores, one build at a time. */
export const buildRules: HardhatPlugin = {
  id: 'auspex-build-rules',
  hookHandlers: {
    config: async () => ({
      default: async () => ({
        resolveUserConfig: async (userConfig, resolveVariable, next) => {
          const config = await next(userConfig, resolveVariable)
          for (const profile of Object.values(config.solidity.profiles)) {
            const [shipped] = profile.compilers
            // One object for all: files with the same settings object are compiled together.
            const quick = { ...shipped!, settings: { ...shipped!.settings, ...quickSettings } }
            const exact = { ...shipped! }
            for (const file of solidityIn('test')) profile.overrides[file] = quick
            for (const file of solidityIn('test/harness')) profile.overrides[file] = exact
            // About half of the work, beside the network: the compiler itself keeps to one core.
            const beside = { ...shipped! }
            for (const file of callers) profile.overrides[file] = beside
            // Nearly full, and asked only about what reporters disagree on.
            profile.overrides[challenged] = {
              ...shipped!,
              settings: withRuns(shipped!.settings, 1),
            }
            // Every round runs the network's code: it has the room to be fast, where the desk is seldom asked and nearly full.
            profile.overrides[network] = {
              ...shipped!,
              settings: withRuns(shipped!.settings, 800),
            }
          }
          return config
        },
      }),
    }),
    solidity: async () => ({
      default: async () => ({
        build: async (context, files, options, next) => {
          // Two builds at once would trample on each other's cache.
          const lock = new MultiProcessMutex(
            join(context.config.paths.cache, 'build.lock'),
            LONGEST_MS,
          )
          const concurrency = availableParallelism()
          return lock.use(() => next(context, files, { ...options, concurrency }))
        },
      }),
    }),
  },
}

const LONGEST_MS = 600_000

/**
 * The contracts that test deploy what is shipped as it was built, so their own bytecode only has to be right. The
 * harnesses, which are compared with TypeScript to the bit, keep the settings of what is shipped, and are compiled apart
 * from it, so that its bytecode does not depend on them.
 */
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

const network = 'contracts/TopicNetwork.sol'
const challenged = 'contracts/truth/ChallengedTruth.sol'

function withRuns<Settings extends { optimizer?: object }>(
  settings: Settings,
  runs: number,
): Settings {
  return { ...settings, optimizer: { ...settings.optimizer, runs } }
}

/** What only calls the network. */
const callers = ['examples', 'feeds', 'mocks', 'truth'].flatMap((folder) =>
  solidityIn(`contracts/${folder}`),
)

function solidityIn(folder: string): string[] {
  return globSync(`${folder}/**/*.sol`, { cwd: root }).map((file) => file.replaceAll('\\', '/'))
}
