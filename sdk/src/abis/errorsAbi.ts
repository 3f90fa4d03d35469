/* Generated from the compiled contracts by `npm run abis`; do not edit. */
export const errorsAbi = [
  { inputs: [{ name: 'target', type: 'address' }], name: 'AddressEmptyCode', type: 'error' },
  { inputs: [{ name: 'worker', type: 'address' }], name: 'AlreadyBonded', type: 'error' },
  { inputs: [{ name: 'round', type: 'uint256' }], name: 'AlreadyChallenged', type: 'error' },
  {
    inputs: [
      { name: 'committer', type: 'address' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'AlreadyCommitted',
    type: 'error',
  },
  { inputs: [{ name: 'reputer', type: 'address' }], name: 'AlreadyLeaving', type: 'error' },
  { inputs: [{ name: 'targetTime', type: 'uint256' }], name: 'AlreadyRecorded', type: 'error' },
  {
    inputs: [
      { name: 'worker', type: 'address' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'AlreadyRequested',
    type: 'error',
  },
  { inputs: [{ name: 'reputer', type: 'address' }], name: 'AlreadySeated', type: 'error' },
  {
    inputs: [
      { name: 'worker', type: 'address' },
      { name: 'seat', type: 'uint8' },
    ],
    name: 'AlreadySeated',
    type: 'error',
  },
  { inputs: [{ name: 'round', type: 'uint256' }], name: 'AlreadyTallied', type: 'error' },
  { inputs: [{ name: 'value', type: 'int104' }], name: 'AsPromised', type: 'error' },
  { inputs: [{ name: 'worker', type: 'address' }], name: 'BadSignature', type: 'error' },
  {
    inputs: [
      { name: 'stake', type: 'uint256' },
      { name: 'minStake', type: 'uint256' },
    ],
    name: 'BelowMinStake',
    type: 'error',
  },
  {
    inputs: [
      { name: 'value', type: 'int256' },
      { name: 'decimals', type: 'uint8' },
    ],
    name: 'BelowOneUnit',
    type: 'error',
  },
  {
    inputs: [
      { name: 'term', type: 'string' },
      { name: 'actual', type: 'uint256' },
      { name: 'least', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'BondOutOfBounds',
    type: 'error',
  },
  { inputs: [{ name: 'desk', type: 'address' }], name: 'CalledDirectly', type: 'error' },
  { inputs: [], name: 'CheckpointUnorderedInsertion', type: 'error' },
  { inputs: [], name: 'CloneArgumentsTooLong', type: 'error' },
  {
    inputs: [{ name: 'confidence', type: 'uint256' }],
    name: 'ConfidenceOutOfBounds',
    type: 'error',
  },
  {
    inputs: [
      { name: 'now_', type: 'uint256' },
      { name: 'deadline', type: 'uint256' },
    ],
    name: 'ConsentEnded',
    type: 'error',
  },
  { inputs: [], name: 'Create2EmptyBytecode', type: 'error' },
  {
    inputs: [
      { name: 'collateral', type: 'uint8' },
      { name: 'asset', type: 'uint8' },
    ],
    name: 'DecimalsDiffer',
    type: 'error',
  },
  {
    inputs: [
      { name: 'spender', type: 'address' },
      { name: 'allowance', type: 'uint256' },
      { name: 'needed', type: 'uint256' },
    ],
    name: 'ERC20InsufficientAllowance',
    type: 'error',
  },
  {
    inputs: [
      { name: 'sender', type: 'address' },
      { name: 'balance', type: 'uint256' },
      { name: 'needed', type: 'uint256' },
    ],
    name: 'ERC20InsufficientBalance',
    type: 'error',
  },
  { inputs: [{ name: 'approver', type: 'address' }], name: 'ERC20InvalidApprover', type: 'error' },
  { inputs: [{ name: 'receiver', type: 'address' }], name: 'ERC20InvalidReceiver', type: 'error' },
  { inputs: [{ name: 'sender', type: 'address' }], name: 'ERC20InvalidSender', type: 'error' },
  { inputs: [{ name: 'spender', type: 'address' }], name: 'ERC20InvalidSpender', type: 'error' },
  { inputs: [], name: 'FailedCall', type: 'error' },
  { inputs: [], name: 'FailedDeployment', type: 'error' },
  {
    inputs: [
      { name: 'paid', type: 'uint256' },
      { name: 'fee', type: 'uint256' },
    ],
    name: 'FeeTooLow',
    type: 'error',
  },
  {
    inputs: [
      { name: 'feed', type: 'address' },
      { name: 'latest', type: 'uint80' },
    ],
    name: 'FeedWithoutHistory',
    type: 'error',
  },
  { inputs: [{ name: '', type: 'uint8' }], name: 'FieldNotPresentInBlockHeader', type: 'error' },
  { inputs: [{ name: 'round', type: 'uint256' }], name: 'FoldedList', type: 'error' },
  { inputs: [{ name: 'round', type: 'uint256' }], name: 'ForecastDisputed', type: 'error' },
  {
    inputs: [
      { name: 'targetTime', type: 'uint256' },
      { name: 'time', type: 'uint256' },
    ],
    name: 'ForecastStale',
    type: 'error',
  },
  { inputs: [{ name: 'round', type: 'uint256' }], name: 'ForecastThin', type: 'error' },
  {
    inputs: [
      { name: 'age', type: 'uint256' },
      { name: 'maxAge', type: 'uint256' },
    ],
    name: 'ForecastTooOld',
    type: 'error',
  },
  { inputs: [{ name: 'feed', type: 'address' }], name: 'ForecastUnreadable', type: 'error' },
  { inputs: [], name: 'ForecastVoid', type: 'error' },
  {
    inputs: [
      { name: 'worker', type: 'address' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'InputsCommitted',
    type: 'error',
  },
  {
    inputs: [
      { name: 'balance', type: 'uint256' },
      { name: 'needed', type: 'uint256' },
    ],
    name: 'InsufficientBalance',
    type: 'error',
  },
  {
    inputs: [
      { name: 'stake', type: 'uint256' },
      { name: 'required', type: 'uint256' },
    ],
    name: 'InsufficientStake',
    type: 'error',
  },
  {
    inputs: [
      { name: 'width', type: 'uint256' },
      { name: 'maxWidth', type: 'uint256' },
    ],
    name: 'IntervalTooWide',
    type: 'error',
  },
  {
    inputs: [
      { name: 'term', type: 'string' },
      { name: 'actual', type: 'uint256' },
      { name: 'least', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'ModelOutOfBounds',
    type: 'error',
  },
  { inputs: [], name: 'NoChallengeWindow', type: 'error' },
  {
    inputs: [
      { name: 'signer', type: 'address' },
      { name: 'owner', type: 'address' },
    ],
    name: 'NoConsent',
    type: 'error',
  },
  { inputs: [{ name: 'account', type: 'address' }], name: 'NoContract', type: 'error' },
  { inputs: [{ name: 'round', type: 'uint256' }], name: 'NobodySeated', type: 'error' },
  { inputs: [{ name: 'feed', type: 'address' }], name: 'NotAFeed', type: 'error' },
  { inputs: [{ name: 'truth', type: 'address' }], name: 'NotATruthSource', type: 'error' },
  {
    inputs: [
      { name: 'now_', type: 'uint256' },
      { name: 'activeAt', type: 'uint256' },
    ],
    name: 'NotActive',
    type: 'error',
  },
  { inputs: [{ name: 'round', type: 'uint256' }], name: 'NotChallenged', type: 'error' },
  {
    inputs: [
      { name: 'worker', type: 'address' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'NotCovered',
    type: 'error',
  },
  {
    inputs: [
      { name: 'debt', type: 'uint256' },
      { name: 'limit', type: 'uint256' },
    ],
    name: 'NotCovered',
    type: 'error',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'NotDisputed',
    type: 'error',
  },
  { inputs: [{ name: 'commitment', type: 'bytes20' }], name: 'NotEquivocal', type: 'error' },
  { inputs: [{ name: 'reputer', type: 'address' }], name: 'NotLeaving', type: 'error' },
  {
    inputs: [
      { name: 'caller', type: 'address' },
      { name: 'owner', type: 'address' },
    ],
    name: 'NotOwner',
    type: 'error',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'roundId', type: 'uint256' },
    ],
    name: 'NotRecorded',
    type: 'error',
  },
  {
    inputs: [
      { name: 'worker', type: 'address' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'NotRequested',
    type: 'error',
  },
  { inputs: [{ name: 'signer', type: 'address' }], name: 'NotRevoked', type: 'error' },
  {
    inputs: [
      { name: 'worker', type: 'address' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'NotSeated',
    type: 'error',
  },
  { inputs: [{ name: 'round', type: 'uint256' }], name: 'NotSole', type: 'error' },
  { inputs: [{ name: 'reputer', type: 'address' }], name: 'NotStaked', type: 'error' },
  {
    inputs: [
      { name: 'caller', type: 'address' },
      { name: 'oracle', type: 'address' },
    ],
    name: 'NotTheOracle',
    type: 'error',
  },
  {
    inputs: [
      { name: 'worker', type: 'address' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'NotWithheld',
    type: 'error',
  },
  { inputs: [], name: 'NothingCommitted', type: 'error' },
  {
    inputs: [
      { name: 'reputer', type: 'address' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'NothingCommitted',
    type: 'error',
  },
  { inputs: [{ name: 'worker', type: 'address' }], name: 'NothingLeaving', type: 'error' },
  { inputs: [{ name: 'worker', type: 'address' }], name: 'NothingPending', type: 'error' },
  { inputs: [{ name: 'topic', type: 'bytes32' }], name: 'NothingPublished', type: 'error' },
  { inputs: [], name: 'NothingRevealed', type: 'error' },
  { inputs: [{ name: 'round', type: 'uint256' }], name: 'NothingToChallenge', type: 'error' },
  { inputs: [{ name: 'account', type: 'address' }], name: 'NothingToClaim', type: 'error' },
  {
    inputs: [
      { name: 'round', type: 'uint256' },
      { name: 'status', type: 'uint8' },
    ],
    name: 'NothingToShow',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'bytes29' },
      { name: 'required', type: 'bytes29' },
    ],
    name: 'OtherInputs',
    type: 'error',
  },
  {
    inputs: [
      { name: 'term', type: 'string' },
      { name: 'actual', type: 'uint256' },
      { name: 'least', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'OutOfBounds',
    type: 'error',
  },
  { inputs: [], name: 'OutOfGas', type: 'error' },
  {
    inputs: [
      { name: 'revealed', type: 'uint256' },
      { name: 'committed', type: 'uint256' },
    ],
    name: 'Outage',
    type: 'error',
  },
  {
    inputs: [
      { name: 'time', type: 'uint256' },
      { name: 'from', type: 'uint256' },
      { name: 'until', type: 'uint256' },
    ],
    name: 'OutsideTime',
    type: 'error',
  },
  {
    inputs: [
      { name: 'time', type: 'uint256' },
      { name: 'from', type: 'uint256' },
      { name: 'until', type: 'uint256' },
    ],
    name: 'OutsideWindow',
    type: 'error',
  },
  {
    inputs: [
      { name: 'size', type: 'uint256' },
      { name: 'least', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'PartOutOfBounds',
    type: 'error',
  },
  {
    inputs: [
      { name: 'count', type: 'uint256' },
      { name: 'least', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'PartsOutOfBounds',
    type: 'error',
  },
  { inputs: [], name: 'RLPInvalidEncoding', type: 'error' },
  {
    inputs: [
      { name: 'rank', type: 'uint256' },
      { name: 'required', type: 'uint256' },
    ],
    name: 'RankTooLow',
    type: 'error',
  },
  {
    inputs: [
      { name: 'worker', type: 'address' },
      { name: 'count', type: 'uint256' },
    ],
    name: 'RequestsOpen',
    type: 'error',
  },
  {
    inputs: [
      { name: 'round', type: 'uint256' },
      { name: 'unsettled', type: 'uint256' },
    ],
    name: 'RingFull',
    type: 'error',
  },
  {
    inputs: [
      { name: 'round', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'RoundOutOfBounds',
    type: 'error',
  },
  {
    inputs: [
      { name: 'roundId', type: 'uint256' },
      { name: 'value', type: 'int256' },
      { name: 'minValue', type: 'int256' },
      { name: 'maxValue', type: 'int256' },
    ],
    name: 'RoundOutOfRange',
    type: 'error',
  },
  { inputs: [{ name: 'round', type: 'uint256' }], name: 'RoundsOpen', type: 'error' },
  { inputs: [{ name: 'round', type: 'uint256' }], name: 'RulingPending', type: 'error' },
  { inputs: [{ name: 'token', type: 'address' }], name: 'SafeERC20FailedOperation', type: 'error' },
  {
    inputs: [
      { name: 'claimed', type: 'int104' },
      { name: 'reported', type: 'int104' },
    ],
    name: 'SameValue',
    type: 'error',
  },
  { inputs: [{ name: 'topic', type: 'bytes32' }], name: 'SealedTopic', type: 'error' },
  { inputs: [], name: 'SequencerDown', type: 'error' },
  {
    inputs: [
      { name: 'upFor', type: 'uint256' },
      { name: 'grace', type: 'uint256' },
    ],
    name: 'SequencerJustUp',
    type: 'error',
  },
  { inputs: [{ name: 'signer', type: 'address' }], name: 'SignerTaken', type: 'error' },
  {
    inputs: [
      { name: 'stake', type: 'uint256' },
      { name: 'required', type: 'uint256' },
    ],
    name: 'StakeTooLow',
    type: 'error',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'StillDisputed',
    type: 'error',
  },
  {
    inputs: [
      { name: 'value', type: 'uint256' },
      { name: 'length', type: 'uint256' },
    ],
    name: 'StringsInsufficientHexLength',
    type: 'error',
  },
  {
    inputs: [
      { name: 'time', type: 'uint256' },
      { name: 'leavesAt', type: 'uint256' },
    ],
    name: 'TooEarly',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'uint256' },
      { name: 'required', type: 'uint256' },
    ],
    name: 'TooFewContributors',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'uint256' },
      { name: 'required', type: 'uint256' },
    ],
    name: 'TooFewObservations',
    type: 'error',
  },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'published', type: 'uint256' },
      { name: 'count', type: 'uint256' },
    ],
    name: 'TooFewRounds',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'uint256' },
      { name: 'required', type: 'uint256' },
    ],
    name: 'TooFewWagers',
    type: 'error',
  },
  {
    inputs: [
      { name: 'decimals', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'TooManyDecimals',
    type: 'error',
  },
  {
    inputs: [
      { name: 'amount', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'TooMuch',
    type: 'error',
  },
  {
    inputs: [
      { name: 'held', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'TooMuchHeld',
    type: 'error',
  },
  { inputs: [{ name: 'topic', type: 'bytes32' }], name: 'TopicExists', type: 'error' },
  { inputs: [{ name: 'truth', type: 'address' }], name: 'TruthIsPriceFeed', type: 'error' },
  {
    inputs: [
      { name: 'topic', type: 'bytes32' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'TruthNotRecorded',
    type: 'error',
  },
  {
    inputs: [
      { name: 'round', type: 'uint256' },
      { name: 'younger', type: 'uint256' },
    ],
    name: 'TruthReplaced',
    type: 'error',
  },
  { inputs: [{ name: 'status', type: 'uint8' }], name: 'TruthUnknown', type: 'error' },
  { inputs: [], name: 'UnequalLists', type: 'error' },
  {
    inputs: [
      { name: 'window', type: 'uint256' },
      { name: 'samples', type: 'uint256' },
    ],
    name: 'UnevenWindow',
    type: 'error',
  },
  { inputs: [{ name: 'bps', type: 'uint256' }], name: 'UnknownInterval', type: 'error' },
  { inputs: [{ name: 'model', type: 'bytes32' }], name: 'UnknownModel', type: 'error' },
  { inputs: [{ name: 'part', type: 'address' }], name: 'UnknownPart', type: 'error' },
  {
    inputs: [
      { name: 'seat', type: 'uint256' },
      { name: 'lastSeat', type: 'uint256' },
    ],
    name: 'UnknownSeat',
    type: 'error',
  },
  { inputs: [{ name: 'topic', type: 'bytes32' }], name: 'UnknownTopic', type: 'error' },
  {
    inputs: [
      { name: 'min', type: 'int256' },
      { name: 'max', type: 'int256' },
      { name: 'center', type: 'int256' },
    ],
    name: 'UnsoundDomain',
    type: 'error',
  },
  { inputs: [], name: 'UnsoundTerms', type: 'error' },
  {
    inputs: [
      { name: 'value', type: 'int256' },
      { name: 'minValue', type: 'int256' },
      { name: 'maxValue', type: 'int256' },
    ],
    name: 'ValueOutOfRange',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'uint256' },
      { name: 'truthWindow', type: 'uint256' },
    ],
    name: 'WindowsTooLong',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'bytes20' },
      { name: 'required', type: 'bytes20' },
    ],
    name: 'WrongBatches',
    type: 'error',
  },
  {
    inputs: [
      { name: 'count', type: 'uint256' },
      { name: 'most', type: 'uint256' },
    ],
    name: 'WrongCount',
    type: 'error',
  },
  { inputs: [{ name: 'hint', type: 'uint256' }], name: 'WrongDeviation', type: 'error' },
  {
    inputs: [
      { name: 'actual', type: 'uint8' },
      { name: 'required', type: 'uint8' },
    ],
    name: 'WrongInputKind',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'uint256' },
      { name: 'required', type: 'uint256' },
    ],
    name: 'WrongInputs',
    type: 'error',
  },
  {
    inputs: [
      { name: 'committer', type: 'address' },
      { name: 'round', type: 'uint256' },
    ],
    name: 'WrongList',
    type: 'error',
  },
  { inputs: [{ name: 'hint', type: 'int256' }], name: 'WrongMedian', type: 'error' },
  {
    inputs: [
      { name: 'actual', type: 'bytes27' },
      { name: 'required', type: 'bytes27' },
    ],
    name: 'WrongOpening',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'bytes20' },
      { name: 'required', type: 'bytes20' },
    ],
    name: 'WrongOutcome',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'uint8' },
      { name: 'required', type: 'uint8' },
    ],
    name: 'WrongPhase',
    type: 'error',
  },
  {
    inputs: [
      { name: 'place', type: 'uint256' },
      { name: 'worker', type: 'address' },
    ],
    name: 'WrongPlace',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'uint8' },
      { name: 'required', type: 'uint8' },
    ],
    name: 'WrongStatus',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'address' },
      { name: 'required', type: 'address' },
    ],
    name: 'WrongToken',
    type: 'error',
  },
  {
    inputs: [
      { name: 'received', type: 'uint256' },
      { name: 'required', type: 'uint256' },
    ],
    name: 'WrongTransfer',
    type: 'error',
  },
  {
    inputs: [
      { name: 'actual', type: 'bytes32' },
      { name: 'required', type: 'bytes32' },
    ],
    name: 'WrongVote',
    type: 'error',
  },
  { inputs: [{ name: 'term', type: 'string' }], name: 'ZeroAddress', type: 'error' },
  { inputs: [], name: 'ZeroAmount', type: 'error' },
  { inputs: [], name: 'ZeroHeartbeat', type: 'error' },
  { inputs: [], name: 'ZeroSize', type: 'error' },
] as const
