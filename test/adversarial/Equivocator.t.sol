// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITopicDesk} from "../../contracts/interfaces/ITopicDesk.sol";
import {ITopicRounds} from "../../contracts/interfaces/ITopicRounds.sol";
import {RoundStatus} from "../../contracts/types/Round.sol";
import {SignedCommitment} from "../../contracts/types/Seal.sol";
import {TopicParams} from "../../contracts/types/Topic.sol";
import {Said} from "../helpers/NetworkDriver.sol";
import {Stages} from "../helpers/Stages.sol";

/// @notice Signs two predictions of a round. Pass mark: slashed once, whoever denounces it and for whatever; denouncing
/// itself through another account it still loses nine tenths; and no number of slashes stops a round.
contract EquivocatorTest is Stages {
    uint256 private constant TWOFACED = 0;
    address private constant FRIEND = address(0xF12);

    /// @dev The truth takes long, so that many rounds wait for theirs at once; no rewards sweeten anything.
    function terms() internal view override returns (TopicParams memory params) {
        params = super.terms();
        (params.poolRateBps, params.truthWindow) = (0, 100_000);
    }

    function setUp() public {
        staked();
    }

    /// @dev As wrong as can be, against two that are right.
    function badly() private pure returns (Said[] memory said) {
        said = new Said[](3);
        said[0] = say(TWOFACED, 115e18, 10_000);
        said[1] = say(1, 86e18, 10_000);
        said[2] = say(2, 86e18, 10_000);
    }

    function second() private pure returns (Said memory) {
        return say(TWOFACED, 86e18, 10_000);
    }

    function stakeOf() private view returns (uint256) {
        return positionOf(TWOFACED).stake;
    }

    function test_IsSlashedOnceForHoweverManyItSigned() public {
        predict(ROUND, badly());
        slashBoth(ROUND, badly()[0], second());
        uint256 left = stakeOf();
        for (int256 value = 1; value < 5; value++) {
            SignedCommitment memory one = signed(ROUND, second());
            SignedCommitment memory other = signed(ROUND, say(TWOFACED, value, 1));
            network.slashEquivocation(topic, ROUND, workerAt(TWOFACED), one, other);
        }
        require(left == STAKE - 400 && stakeOf() == left, "slashed again");
    }

    function test_LosesNineTenthsWhereItDenouncesItself() public {
        predict(ROUND, badly());
        SignedCommitment memory one = signed(ROUND, badly()[0]);
        SignedCommitment memory other = signed(ROUND, second());
        by(FRIEND);
        network.slashEquivocation(topic, ROUND, workerAt(TWOFACED), one, other);
        by(FRIEND);
        network.claim();

        uint256 penalty = STAKE - stakeOf();
        require(penalty == 400, "another penalty");
        require(token.balanceOf(FRIEND) * 10 <= penalty, "kept more than a tenth");
    }

    /// @dev It signs twice in all rounds whose truth is awaited, to be left with less than its open wagers: a round whose
    /// losses it could not pay would never settle, and hold everybody's money. Slashes count in the ring's rounds only.
    function test_CannotBeSlashedSoOftenThatNoRoundSettles() public {
        warpTo(openTime(50));
        for (uint256 round = 50; round < 54; round++) predict(round, badly());
        uint256 slashes = 0;
        for (uint256 round = 0; round < 54; round++) {
            SignedCommitment memory one = signed(round, badly()[0]);
            SignedCommitment memory other = signed(round, second());
            (bool isSlashed, bytes memory error) = address(network).call(
                abi.encodeCall(ITopicDesk.slashEquivocation, (topic, round, workerAt(TWOFACED), one, other))
            );
            if (isSlashed) slashes++;
            require(isSlashed || bytes4(error) == ITopicRounds.WrongStatus.selector, "refused otherwise");
        }
        require(slashes == 4, "not one for each round in the ring");

        for (uint256 round = 50; round < 54; round++) {
            finish(round, 86e18);
            require(roundOf(round).status == RoundStatus.Settled, "stuck");
        }
        require(stakeOf() > 0, "nothing left");
    }
}
