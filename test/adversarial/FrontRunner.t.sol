// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Multicallable} from "solady/src/utils/Multicallable.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {TruthStatus} from "../../contracts/interfaces/ITruthSource.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Sees a keeper's transaction and sends one verb of it first, so that the whole of it is refused: the settlement of
/// an older round and, with it, the commitments of a younger one. Pass mark: what is done already is passed over, the rest
/// of the transaction counts.
contract FrontRunnerTest is Stages {
    bytes[] private calls;

    function setUp() public {
        published();
        truth.set(TruthStatus.Known, TRUTH);
        warpTo(openTime(3));
    }

    function lay(Said[] memory said) private {
        bytes memory settlement = abi.encodeCall(
            ITopicRounds.resolveAndSettle,
            (topic, ROUND, keptOf[ROUND].outcome, "", keptOf[ROUND].revealed)
        );
        calls.push(settlement);
        calls.push(abi.encodeCall(ITopicRounds.commit, (topic, 3, commitmentsOf(3, BATCHER, said))));
    }

    function requireBoth() private {
        by(BATCHER);
        Multicallable(address(network)).multicall(calls);
        require(roundOf(ROUND).status == RoundStatus.Settled, "not settled");
        require(roundOf(3).status == RoundStatus.Open, "kept out of the round");
    }

    // Invariant 26
    function test_ResolvesBeforeIt() public {
        lay(everybody());
        resolve(ROUND);
        requireBoth();
        require(positionOf(0).stake > STAKE, "nothing was paid");
    }

    function test_SettlesBeforeIt() public {
        lay(everybody());
        resolve(ROUND);
        settle(ROUND);
        requireBoth();
    }

    function test_DoesAllOfItBeforeIt() public {
        lay(everybody());
        by(STRANGER);
        network.resolveAndSettle(topic, ROUND, keptOf[ROUND].outcome, "", keptOf[ROUND].revealed);
        uint96 stake = positionOf(0).stake;
        requireBoth();
        require(positionOf(0).stake == stake, "settled twice");
    }
}
