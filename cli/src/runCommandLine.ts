import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { AuspexError } from '@auspex/sdk'
import { OperatorError, exitCodes, visibleJson, visibleLines } from '@auspex/workers'
import { withEndings } from './atSuccess.ts'
import { backtest } from './commands/backtest.ts'
import { chaos } from './commands/chaos.ts'
import { dataCheck } from './commands/dataCheck.ts'
import { dataset } from './commands/dataset.ts'
import { demoSpoil, devnet } from './commands/devnet.ts'
import {
  disputeClaim,
  disputeContest,
  disputeOpen,
  disputeSettle,
  disputeShow,
} from './commands/dispute.ts'
import {
  disputeRegister,
  disputeReveal,
  disputeUnregister,
  disputeVote,
  disputeWithdraw,
} from './commands/disputeJury.ts'
import { doctor } from './commands/doctor.ts'
import { explain } from './commands/explain.ts'
import { faucet } from './commands/faucet.ts'
import { explore } from './commands/explore.ts'
import { feedCreate } from './commands/feedCreate.ts'
import { history } from './commands/history.ts'
import { journalExport } from './commands/journalExport.ts'
import { journalImport } from './commands/journalImport.ts'
import { keysConsent } from './commands/keysConsent.ts'
import { keysImport } from './commands/keysImport.ts'
import { keysNew } from './commands/keysNew.ts'
import { keysShow } from './commands/keysShow.ts'
import { leaderboard } from './commands/leaderboard.ts'
import { logs } from './commands/logs.ts'
import { opsInit } from './commands/opsInit.ts'
import { policySuggest } from './commands/policySuggest.ts'
import { read } from './commands/read.ts'
import { reputerClaim } from './commands/reputerClaim.ts'
import { reputerSeat } from './commands/reputerSeat.ts'
import { reputerShow } from './commands/reputerShow.ts'
import { reputerStart } from './commands/reputerStart.ts'
import { reputerUnstake } from './commands/reputerUnstake.ts'
import { reputerWithdraw } from './commands/reputerWithdraw.ts'
import { send } from './commands/send.ts'
import { stakeActivate } from './commands/stakeActivate.ts'
import { stakeDeposit } from './commands/stakeDeposit.ts'
import { stakeSeat } from './commands/stakeSeat.ts'
import { stakeShow } from './commands/stakeShow.ts'
import { stakeUnstake } from './commands/stakeUnstake.ts'
import { stakeWithdraw } from './commands/stakeWithdraw.ts'
import { status } from './commands/status.ts'
import { topicCheck } from './commands/topicCheck.ts'
import { topicClones } from './commands/topicClones.ts'
import { topicCreate } from './commands/topicCreate.ts'
import { topicFund } from './commands/topicFund.ts'
import { topicInvite } from './commands/topicInvite.ts'
import { topicList } from './commands/topicList.ts'
import { topicNew } from './commands/topicNew.ts'
import { topicShow } from './commands/topicShow.ts'
import { topicSimulate } from './commands/topicSimulate.ts'
import { truthDeploy } from './commands/truthDeploy.ts'
import { whatif } from './commands/whatif.ts'
import { workerStart } from './commands/workerStart.ts'

/** Runs one command and gives the exit code: 0 ok, 1 error, 2 usage, 3 requirement missing, 4 locked, 5 wrong chain. */
export async function runCommandLine({ argv }: { argv: readonly string[] }): Promise<number> {
  const isJson = argv.includes('--json')
  try {
    await withEndings(() => program(isJson).parseAsync([...argv]))
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return tellUsage(error, isJson)
    return tellFailure(error as Error, isJson)
  }
}

function program(isJson: boolean): Command {
  const auspex = new Command('auspex')
    .description('Nodes of Auspex, the prediction topic network for EVM chains')
    .version(version())
    .showHelpAfterError(!isJson)
  const group = (name: string, description: string, commands: Command[]) => {
    const parent = auspex.command(name).description(description)
    for (const command of commands) parent.addCommand(command)
  }

  group('worker', 'predict', [workerStart()])
  auspex.addCommand(backtest())
  auspex.addCommand(whatif())
  auspex.addCommand(leaderboard())
  auspex.addCommand(dataset())
  group('data', 'rows for models', [dataCheck()])
  group('reputer', 'collect, publish, bring the truth, settle', [
    reputerStart(),
    reputerClaim(),
    reputerSeat(),
    reputerShow(),
    reputerUnstake(),
    reputerWithdraw(),
  ])
  group('topic', 'open and fund topics', [
    topicNew(),
    topicCheck(),
    topicSimulate(),
    topicCreate(),
    topicList(),
    topicShow(),
    topicClones(),
    topicFund(),
    topicInvite(),
  ])
  group('truth', 'contracts that know what happened', [truthDeploy()])
  group('dispute', 'challenges of a reported truth', [
    disputeShow(),
    disputeOpen(),
    disputeContest(),
    disputeSettle(),
    disputeClaim(),
    disputeRegister(),
    disputeUnregister(),
    disputeWithdraw(),
    disputeVote(),
    disputeReveal(),
  ])
  group('feed', 'views of a topic for consumers', [feedCreate()])
  group('policy', 'what a consumer requires of a forecast', [policySuggest()])
  auspex.addCommand(read())
  for (const command of [explain(), status(), history(), logs(), doctor()])
    auspex.addCommand(command)
  group('stake', 'put money behind a worker', [
    stakeDeposit(),
    stakeActivate(),
    stakeSeat(),
    stakeShow(),
    stakeUnstake(),
    stakeWithdraw(),
  ])
  group('journal', 'what a node has said, moved to another machine', [
    journalExport(),
    journalImport(),
  ])
  group('ops', 'watch and run a node', [opsInit()])
  group('keys', 'encrypted keys', [keysNew(), keysImport(), keysShow(), keysConsent()])
  for (const command of [send(), faucet(), explore(), chaos(), devnet()]) auspex.addCommand(command)
  group('demo', 'a running devnet', [demoSpoil()])
  exitByThrowing(auspex, isJson)
  return auspex
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

function exitByThrowing(command: Command, isJson: boolean): void {
  command.exitOverride()
  // What was typed is repeated in the refusal, and may have been pasted from anywhere.
  command.configureOutput({ outputError: (text, write) => write(visibleLines(text)) })
  if (isJson) command.configureOutput({ writeErr: () => {} })
  for (const child of command.commands) exitByThrowing(child, isJson)
}

/** People have been told by then, with the help of the command they meant. */
function tellUsage({ code: kind, exitCode, message }: CommanderError, isJson: boolean): number {
  if (exitCode === 0) return 0
  const what = kind === 'commander.help' ? 'the command is incomplete.' : message
  const text = `${sentenceOf(what.replace(/^error: /, ''))} See auspex --help.`
  if (isJson) tellMachine({ code: exitCodes.usage, name: 'usage', message: text })
  return exitCodes.usage
}

/** The library ends some of its messages without a stop, and puts what was meant on a line of its own. */
function sentenceOf(message: string): string {
  const line = message.replaceAll('\n', ' ')
  return /[.?!)]$/.test(line) ? line : `${line}.`
}

function tellMachine(error: { code: number; name: string; message: string }): void {
  console.error(visibleJson(JSON.stringify({ error })))
}

function tellFailure(error: Error, isJson: boolean): number {
  const code = error instanceof OperatorError ? exitCodes[error.reason] : exitCodes.error
  const name = error instanceof AuspexError ? error.name : reasonOf(error)
  const message = visibleLines(wordsOf(error))
  if (isJson) tellMachine({ code, name, message })
  else console.error(message)
  return code
}

function reasonOf(error: Error): string {
  return error instanceof OperatorError ? error.reason : 'error'
}

/** Errors of libraries carry pages of request data; their first line says what happened. */
function wordsOf(error: Error): string {
  if (error instanceof OperatorError || error instanceof AuspexError) return error.message
  const { shortMessage, details, message } = error as Error & { [field: string]: string }
  return [shortMessage ?? message!.split('\n')[0], details].filter(Boolean).join(' ')
}
