import { linesOf } from '../../bench/accuracy/linesOf.ts'
import { randomTopic } from '../../bench/accuracy/randomTopic.ts'
import { writeCsv } from '../../bench/accuracy/writeCsv.ts'

/** How a command of the docs is known to work. */
export type Cover =
  /** Run here: `swap` gives values for its placeholders, `more` makes it short, `says` is what it must print. */
  | { swap?: Record<string, string | (() => string)>; more?: string; says: RegExp }
  /** Run here while the demo keeps its chain, until it has said so; then Ctrl-C. The demo must have printed it. */
  | { beside: 'npm start -- --keep'; says: RegExp }
  /** Run by another test or script, which must name the program, its verbs and its options. */
  | { elsewhere: string }

/** Every command of the docs as it stands there. What is missing here fails, and so does what is left over. */
export const covers: Record<string, Cover> = {
  'npm ci': { elsewhere: '.ci/run' },
  'npm test': { elsewhere: '.ci/run' },
  'npm test -- "gas"': {
    swap: { '"gas"': '"lint contracts"' },
    says: /^lint contracts: passed in \d+ s$/m,
  },

  'npm start': { more: '-- --rounds 1', says: /close:[^]*volatility:[^]*move:[^]*\.html$/m },
  'npm start -- --help': { says: /--rounds <number>/ },
  'npm start -- --rounds 20 --topics volatility': {
    swap: { '20': '1' },
    says: /volatility:[^]*\.html$/m,
  },
  'npm start -- --from DATE': {
    swap: { DATE: '2008-09-15' },
    more: '--rounds 1 --topics move',
    says: /Rounds from 2008-09-15 to 2008-09-15/,
  },
  'npm start -- --keep': { more: '--rounds 1 --topics move', says: /until Ctrl-C/ },

  'npm run auspex -- --help': { says: /worker[^]*reputer[^]*topic[^]*read/ },
  'npm run auspex -- backtest --config worker.yaml --rounds 300 --report out.html': {
    elsewhere: 'test/workers/backtest/command.test.ts',
  },
  'auspex backtest': { elsewhere: 'test/workers/backtest/command.test.ts' },
  'auspex backtest --against chain': { elsewhere: 'test/e2e/devnet.ts' },
  'npm run auspex -- devnet': { elsewhere: 'test/e2e/devnet.ts' },
  'npm run auspex -- worker start --dry-run --rounds 20 --out said.csv': {
    elsewhere: 'test/e2e/devnet.ts',
  },
  'npm run auspex -- whatif said.csv': { elsewhere: 'test/e2e/devnet.ts' },
  'npm run auspex -- leaderboard TOPIC': { elsewhere: 'test/e2e/devnet.ts' },
  'npm run auspex -- topic clones TOPIC': { elsewhere: 'test/app/window.test.ts' },
  'npm run auspex -- data check prices.csv': {
    elsewhere: 'test/workers/backtest/command.test.ts',
  },
  'auspex history': { elsewhere: 'test/e2e/devnet.ts' },
  'auspex demo spoil thin': { elsewhere: 'test/e2e/devnet.ts' },
  'npm run auspex -- dataset TOPIC --out data': { elsewhere: 'test/e2e/devnet.ts' },
  'npm run auspex -- topic create --help': { says: /auspex topic create/ },
  'npm run auspex -- worker start --config .auspex/demo/worker.yaml': {
    beside: 'npm start -- --keep',
    says: /"node\.started"/,
  },
  'auspex ops init monitoring --config worker.yaml': {
    elsewhere: 'test/workers/cli/operators.test.ts',
  },
  'npm run auspex -- explore': { elsewhere: 'test/app/explore.test.ts' },
  'auspex chaos --list': { elsewhere: 'test/e2e/chaos.ts' },
  'auspex chaos --scenario all': { elsewhere: 'test/e2e/chaos.ts' },
  'auspex chaos --soak 500': { elsewhere: 'test/e2e/chaos.ts' },
  'auspex doctor --config worker.yaml': { elsewhere: 'test/workers/cli/operators.test.ts' },
  'auspex journal export': { elsewhere: 'test/workers/cli/journal.test.ts' },
  'auspex journal import': { elsewhere: 'test/workers/cli/journal.test.ts' },
  'npm run auspex -- journal export FILE': { elsewhere: 'test/workers/cli/journal.test.ts' },
  'npm run auspex -- journal import FILE': { elsewhere: 'test/workers/cli/journal.test.ts' },

  'export AUSPEX_KEY=0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80': {
    says: /^$/,
  },
  'npm run mutate -- --check --count 20': { elsewhere: 'scripts/test.ts' },
  'npm run compile': { elsewhere: 'scripts/test.ts' },
  'npm run deploy -- --rpc http://127.0.0.1:8545': { elsewhere: 'test/demo/deploy.test.ts' },
  'npm run deploy -- --rpc http://127.0.0.1:8545 --contract FeedTruth --args \'["FEED", 3600]\'': {
    elsewhere: 'test/demo/deploy.test.ts',
  },
  'npm run deploy -- --rpc http://127.0.0.1:8545 --contract ReputerTruth --args "$(cat reputers.json)"':
    { elsewhere: 'test/demo/deploy.test.ts' },
  'mkdir -p .auspex': { says: /^$/ },
  'npm run auspex -- keys new .auspex/key.json': { elsewhere: 'test/workers/cli/commands.test.ts' },
  'npm run auspex -- keys import .auspex/key.json': {
    elsewhere: 'test/workers/cli/commands.test.ts',
  },
  'npm run auspex -- truth deploy feed --feed FEED --heartbeat 1h': {
    elsewhere: 'test/workers/cli/truth.test.ts',
  },
  'npm run auspex -- truth deploy volatility --feed FEED --heartbeat 1h --window 24h --samples 24':
    {
      elsewhere: 'test/workers/cli/truth.test.ts',
    },
  'npm run auspex -- truth deploy base-fee': { elsewhere: 'test/workers/cli/truth.test.ts' },
  'npm run auspex -- dispute show TOPIC ROUND': {
    elsewhere: 'test/workers/cli/dispute.test.ts',
  },
  'npm run auspex -- dispute open TOPIC ROUND VALUE': {
    elsewhere: 'test/workers/cli/dispute.test.ts',
  },
  'npm run auspex -- dispute settle TOPIC ROUND': {
    elsewhere: 'test/workers/cli/dispute.test.ts',
  },
  'npm run auspex -- feed create TOPIC': { elsewhere: 'test/workers/cli/truth.test.ts' },
  'npm run auspex -- policy suggest TOPIC': { elsewhere: 'test/workers/cli/truth.test.ts' },
  'auspex topic new topic.yaml --truth ETH-USD': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'auspex truth deploy feed --feed ETH-USD --heartbeat 3600': {
    elsewhere: 'test/workers/cli/truth.test.ts',
  },
  'auspex topic check topic.yaml': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'auspex topic simulate topic.yaml': { elsewhere: 'test/workers/cli/simulate.test.ts' },
  'auspex topic create topic.yaml': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'auspex topic list --watch': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'auspex topic show TOPIC --watch': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'auspex topic fund TOPIC 1000': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'auspex topic invite TOPIC --url https://rpc.example.org --reputer https://reputer.example.org': {
    elsewhere: 'test/workers/cli/invite.test.ts',
  },
  'auspex send ADDRESS 100': { elsewhere: 'test/workers/cli/invite.test.ts' },
  'auspex faucet ADDRESS': { elsewhere: 'test/workers/cli/invite.test.ts' },
  'npm run auspex -- topic create topic.yaml': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'npm run auspex -- topic list': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'npm run auspex -- topic fund TOPIC 1000': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'npm run auspex -- reputer seat TOPIC 1000': { elsewhere: 'test/workers/cli/reputer.test.ts' },
  'npm run auspex -- reputer start --config reputer.yaml': {
    elsewhere: 'test/workers/cli/reputer.test.ts',
  },
  'auspex reputer start --only keeper': { elsewhere: 'test/workers/cli/reputer.test.ts' },
  'npm run auspex -- reputer claim': { elsewhere: 'test/workers/cli/reputer.test.ts' },
  'npm run auspex -- stake deposit TOPIC 1000': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'npm run auspex -- stake activate TOPIC': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'npm run auspex -- stake seat TOPIC': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'npm run auspex -- worker start --config worker.yaml --live': {
    elsewhere: 'test/workers/backtest/command.test.ts',
  },
  'npm run auspex -- stake show TOPIC': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'npm run auspex -- stake unstake TOPIC all': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'npm run auspex -- stake withdraw TOPIC': { elsewhere: 'test/workers/cli/topic.test.ts' },
  'npm run auspex -- read TOPIC': { elsewhere: 'test/workers/cli/topic.test.ts' },

  'npm run bench:accuracy -- --help': { says: /--transform <spec>/ },
  'npm run bench:accuracy -- --data FILE.csv.gz --transform FAMILY=log1p': {
    swap: { 'FILE.csv.gz': writePanel, FAMILY: 'made' },
    says: /^ours +\d/m,
  },
  'npm run bench:gas': { more: '-- --help', says: /bench:gas/ },
  'npm run gas -- --check': { elsewhere: 'scripts/test.ts' },
  'npm run bench:models': { elsewhere: 'test/bench/models/command.ts' },
  'npm run bench:scale': { elsewhere: 'test/bench/scale/command.ts' },
  'npm run bench:scale -- --topics 1000 --seats 256 --rounds 1': {
    elsewhere: 'test/bench/scale/command.ts',
  },
  'npm run bench:scale -- --topics 10 --seats 4 --rounds 2 --widest 64': {
    elsewhere: 'test/bench/scale/command.ts',
  },
  'npm run bench:attacks': { more: '-- --help', says: /bench:attacks/ },
  'npm run bench:window': {
    more: '-- --topics 1 --rounds 10 --workers 3',
    says: /rounds a second/,
  },
  'npm run bench:stretches': { more: '-- --help', says: /bench:stretches/ },

  'npm run build': { elsewhere: 'test/packages/packages.test.ts' },
  'npm run arrows': { says: /no dependency violations/ },
  'npm run docs -- --api': { elsewhere: 'test/docs/api.test.ts' },
  'npm run docs': { says: /docs\/Errors\.md/ },
  'npm create auspex consumer vault -- --hardhat': { elsewhere: 'test/packages/templates.ts' },
  'npm create auspex worker my-worker': { elsewhere: 'test/packages/templates.ts' },
  'npm create auspex topic my-topic': { elsewhere: 'test/packages/templates.ts' },
  'cd vault': { elsewhere: 'test/packages/templates.ts' },
  'npm install': { elsewhere: 'test/packages/templates.ts' },
  'npm run create -- consumer ../vault --hardhat': { elsewhere: 'test/packages/templates.ts' },
  'npm install @auspex/contracts': { elsewhere: 'test/packages/packages.test.ts' },
  'npm install @auspex/sdk viem': { elsewhere: 'test/packages/packages.test.ts' },
  'npm install @auspex/workers viem@2.57.1': { elsewhere: 'test/packages/packages.test.ts' },
  'auspex explain 0x…': { elsewhere: 'test/workers/cli/commands.test.ts' },
  'npm run bench:page': { more: '-- --check', says: /docs\/Benchmarks\.md is fresh/ },
}

function writePanel(): string {
  const topics = [randomTopic({ seed: 1, rounds: 20, lag: 0 })]
  return writeCsv({ name: 'made.csv.gz', lines: linesOf({ topics }) })
}
