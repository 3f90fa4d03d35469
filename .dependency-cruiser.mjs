/* The arrows of docs/Architecture.md: which room may import which. `npm run arrows` checks them. */

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const path = (...patterns) => ({ path: patterns.map((pattern) => `^${pattern}`) })

export default {
  forbidden: [
    rule('no-circles', 'A circle has no first file to read.', {}, { circular: true }),
    rule(
      'sdk-below-all',
      'The SDK knows chains and contracts, and nothing that is built on it.',
      path('sdk/'),
      path('workers/', 'cli/', 'devnet/', 'scripts/', 'bench/', 'test/'),
    ),
    rule(
      'workers-below-command',
      'Nodes are a library: the command, the demo and the benches use them.',
      path('workers/'),
      path('cli/', 'devnet/', 'scripts/', 'bench/', 'test/'),
    ),
    rule(
      'command-alone',
      'The command is installed without this repository.',
      path('cli/'),
      path(
        'app/',
        'devnet/',
        'chaos/',
        'scripts/',
        'bench/',
        'test/',
        'node_modules/(hardhat|@nomicfoundation|ponder)/',
      ),
    ),
    rule(
      'window-reads-the-sdk',
      'The window is built on the SDK; the command and the demo start it.',
      path('app/'),
      path('workers/', 'cli/', 'devnet/', 'chaos/', 'scripts/', 'bench/', 'test/'),
    ),
    rule(
      'devnet-below-stages',
      'Demo, benches, chaos and tests start on the devnet, which knows none of them.',
      path('devnet/'),
      path('cli/', 'chaos/', 'scripts/', 'bench/', 'test/'),
    ),
    rule(
      'one-embedded-chain',
      'An embedded chain is started by the devnet; Hardhat is otherwise asked for artifacts alone.',
      {
        path: '^(sdk|workers|cli|chaos|bench|scripts)/',
        pathNot: [
          '^scripts/(build|exportAbis|mutate|suites|deep)',
          '^bench/gas/measure/measureBytecode\\.ts$',
        ],
      },
      path('node_modules/(hardhat|@nomicfoundation)/'),
    ),
    rule(
      'maths-pure',
      'The twins of the contracts’ maths know no client, no chain and no encoding but hashes.',
      path('sdk/src/maths/'),
      {
        path: '^sdk/src/',
        pathNot: ['^sdk/src/maths/', '^sdk/src/words/'],
      },
    ),
    rule(
      'reads-never-act',
      'A read cannot send anything.',
      path('sdk/src/reads/'),
      path('sdk/src/actions/'),
    ),
    rule(
      'models-know-no-chain',
      'Models and sources forecast from data alone.',
      path('workers/src/(models|sources)/'),
      path('workers/src/(chain|worker|reputer|http|journal|keys)/', 'sdk/(?!src/maths/)'),
    ),
    rule(
      'demo-without-bench',
      'The demo shows the product, not the benches.',
      path('scripts/demo'),
      path('bench/'),
    ),
    rule(
      'sdk-by-its-entries',
      'Outside its folder the SDK is what its entries export; tests of its own rooms aside.',
      { pathNot: ['^sdk/', '^test/'] },
      { path: '^sdk/src/', pathNot: '^sdk/src/((abis/|maths/)?index)\\.ts$' },
    ),
    rule(
      'workers-by-their-entries',
      'Outside their folder the workers are what their entries export; tests of their own rooms aside.',
      { pathNot: ['^workers/', '^test/'] },
      { path: '^workers/src/', pathNot: '^workers/src/(index|modelling|charts)\\.ts$' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(sdk|workers|cli)/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@auspex/source', 'import', 'node', 'default', 'types'],
    },
  },
}
