// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IOptimisticOracle, IOptimisticOracleCallbacks} from "../../contracts/interfaces/IOptimisticOracle.sol";

/// @title An optimistic oracle by the published rules of UMA's OptimisticOracleV3, with voters that a test commands.
/// @notice Half of a lost bond is the oracle's fee; the winner gets the rest of both. No escalation managers.
contract OracleDouble is IOptimisticOracle {
    struct Kept {
        address asserter;
        address disputer;
        address callbackRecipient;
        IERC20 currency;
        uint256 bond;
        uint256 expirationTime;
        bool settled;
    }

    enum Opinion {
        None,
        True,
        False
    }

    address public constant STORE = address(0x5708E);
    bytes32 public constant defaultIdentifier = "ASSERT_TRUTH";

    mapping(bytes32 assertionId => Kept) public assertions;
    mapping(bytes32 assertionId => Opinion) private opinions;
    mapping(address currency => uint256) private minimumBonds;

    /// @notice A currency without a minimum bond is not supported.
    function setMinimumBond(address currency, uint256 bond) external {
        minimumBonds[currency] = bond;
    }

    /// @notice What the voters find about a disputed assertion.
    function vote(bytes32 assertionId, bool isTrue) external {
        require(assertions[assertionId].disputer != address(0), "Nobody asked the voters");
        opinions[assertionId] = isTrue ? Opinion.True : Opinion.False;
    }

    function getMinimumBond(address currency) external view returns (uint256) {
        return minimumBonds[currency];
    }

    function assertTruth(
        bytes memory claim,
        address asserter,
        address callbackRecipient,
        address escalationManager,
        uint64 liveness,
        IERC20 currency,
        uint256 bond,
        bytes32 identifier,
        bytes32
    ) external returns (bytes32 assertionId) {
        assertionId = keccak256(
            abi.encode(
                claim,
                bond,
                block.timestamp,
                liveness,
                currency,
                callbackRecipient,
                escalationManager,
                identifier,
                msg.sender
            )
        );
        require(asserter != address(0), "Asserter cant be 0");
        require(assertions[assertionId].asserter == address(0), "Assertion already exists");
        require(identifier == defaultIdentifier, "Unsupported identifier");
        require(minimumBonds[address(currency)] > 0, "Unsupported currency");
        require(bond >= minimumBonds[address(currency)], "Bond amount too low");

        assertions[assertionId] = Kept({
            asserter: asserter,
            disputer: address(0),
            callbackRecipient: callbackRecipient,
            currency: currency,
            bond: bond,
            expirationTime: block.timestamp + liveness,
            settled: false
        });
        require(currency.transferFrom(msg.sender, address(this), bond), "Not paid");
    }

    function disputeAssertion(bytes32 assertionId, address disputer) external {
        Kept storage kept = assertions[assertionId];
        require(disputer != address(0), "Disputer can't be 0");
        require(kept.asserter != address(0), "Assertion does not exist");
        require(kept.disputer == address(0), "Assertion already disputed");
        require(kept.expirationTime > block.timestamp, "Assertion is expired");

        kept.disputer = disputer;
        require(kept.currency.transferFrom(msg.sender, address(this), kept.bond), "Not paid");
        if (kept.callbackRecipient != address(0))
            IOptimisticOracleCallbacks(kept.callbackRecipient).assertionDisputedCallback(assertionId);
    }

    function settleAssertion(bytes32 assertionId) external {
        Kept storage kept = assertions[assertionId];
        require(kept.asserter != address(0), "Assertion does not exist");
        require(!kept.settled, "Assertion already settled");
        kept.settled = true;

        bool isTrue = kept.disputer == address(0);
        if (isTrue) {
            require(kept.expirationTime <= block.timestamp, "Assertion not expired");
            require(kept.currency.transfer(kept.asserter, kept.bond), "Not paid");
        } else {
            require(opinions[assertionId] != Opinion.None, "Price not resolved");
            isTrue = opinions[assertionId] == Opinion.True;
            require(kept.currency.transfer(STORE, kept.bond / 2), "Not paid");
            uint256 rest = 2 * kept.bond - kept.bond / 2;
            require(kept.currency.transfer(isTrue ? kept.asserter : kept.disputer, rest), "Not paid");
        }
        if (kept.callbackRecipient != address(0))
            IOptimisticOracleCallbacks(kept.callbackRecipient).assertionResolvedCallback(assertionId, isTrue);
    }
}
