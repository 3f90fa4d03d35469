// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";
import {IDefinedTruth} from "../interfaces/IDefinedTruth.sol";
import {ITruthSource, TRUTH_SOURCE, TruthStatus} from "../interfaces/ITruthSource.sol";
import {IUniswapV3Pool} from "../interfaces/IUniswapV3Pool.sol";
import {Definition, Question} from "../types/Definition.sol";
import {TopicId} from "../types/Topic.sol";

/// @notice The terms of a PoolTruth. Times are seconds.
/// @param pool a Uniswap v3 pool
/// @param isInverted whether the value is the price of token 1 in token 0, instead of that of token 0 in token 1
/// @param window how long before the target time the average begins; at least half an hour
/// @param provableFor how long after the target time the pool still knows the whole window, at the least
/// @param blockTime the chain's shortest time between blocks with different timestamps
struct PoolTerms {
    IUniswapV3Pool pool;
    bool isInverted;
    uint32 window;
    uint32 provableFor;
    uint32 blockTime;
}

/// @title The time-weighted price of a Uniswap v3 pool over a window that ends at the target time.
/// @notice The geometric mean of the pool's price, each second weighing the same, in whole tokens and 1e18 fixed point. The
/// pool keeps the sums it follows from, so that nobody reports and no proof is needed; a later answer is the same, until the
/// pool has written over what it kept, after which there is none.
///
/// Moving it costs holding the pool at a false price for a part of the window against everybody who trades back. In a pool
/// with little liquidity that is cheap: choose a deep one, and a long window.
/// @dev The pool keeps at most one observation a block. So at deployment it must keep `(window + provableFor) / blockTime` of
/// them; whoever deploys pays for that by the pool's `increaseObservationCardinalityNext` first.
contract PoolTruth is IDefinedTruth {
    /// @notice A term of the contract that is out of its bounds. Thrown at deployment.
    error OutOfBounds(string term, uint256 actual, uint256 least, uint256 most);

    /// @notice The pool keeps fewer observations than the window and the time to prove it take. Thrown at deployment.
    error TooFewObservations(uint256 actual, uint256 required);

    uint256 private constant LEAST_WINDOW = 30 minutes;
    uint256 private constant MOST_DECIMALS = 18;

    /// @dev ln(1.0001) with 36 decimals: the logarithm of a price is its tick times this.
    int256 private constant LN_TICK = 99_995_000_333_308_335_333_166_680_951_131;

    /// @dev ln(10), 1e18 fixed point.
    int256 private constant LN_TEN = 2_302_585_092_994_045_684;
    int256 private constant ONE = 1e18;

    /* IMMUTABLES, see PoolTerms */

    IUniswapV3Pool public immutable pool;
    bool public immutable isInverted;
    uint256 public immutable window;
    uint256 public immutable provableFor;

    /// @notice Logarithm of what a price in smallest units is multiplied with to be one in whole tokens, 1e18 fixed point.
    int256 public immutable logScale;

    constructor(PoolTerms memory terms) {
        requireBound("window", terms.window, LEAST_WINDOW, type(uint32).max);
        requireBound("blockTime", terms.blockTime, 1, terms.window);

        (, , , uint16 kept, , , ) = terms.pool.slot0();
        uint256 required = Math.ceilDiv(uint256(terms.window) + terms.provableFor, terms.blockTime);
        require(kept >= required, TooFewObservations(kept, required));

        (pool, isInverted) = (terms.pool, terms.isInverted);
        (window, provableFor) = (terms.window, terms.provableFor);
        int256 decimals0 = decimalsOf(terms.pool.token0());
        int256 decimals1 = decimalsOf(terms.pool.token1());
        logScale = (decimals0 - decimals1) * LN_TEN;
    }

    function requireBound(string memory term, uint256 actual, uint256 least, uint256 most) private pure {
        require(least <= actual && actual <= most, OutOfBounds(term, actual, least, most));
    }

    function decimalsOf(address token) private view returns (int256) {
        uint256 decimals = IERC20Metadata(token).decimals();
        requireBound("decimals", decimals, 0, MOST_DECIMALS);
        return int256(decimals);
    }

    /* TRUTH SOURCE */

    /// @inheritdoc ITruthSource
    function isTruthSource() external pure returns (bytes4) {
        return TRUTH_SOURCE;
    }

    /// @inheritdoc ITruthSource
    /// @dev What holding the pool at a false price costs depends on its liquidity, which no call can promise for later.
    function truthSecurity(TopicId) external pure returns (uint256) {
        return type(uint256).max;
    }

    /// @inheritdoc ITruthSource
    /// @dev Unknown where the pool does not know the whole window: not yet, or no longer.
    function truthOf(TopicId, uint256, uint256 targetTime, bytes calldata) external view returns (TruthStatus, int256) {
        if (block.timestamp <= targetTime) return (TruthStatus.Unknown, 0);
        uint256 endAgo = block.timestamp - targetTime;
        if (endAgo > type(uint32).max - window) return (TruthStatus.Unknown, 0);

        uint32[] memory agos = new uint32[](2);
        (agos[0], agos[1]) = (uint32(endAgo + window), uint32(endAgo));
        try pool.observe(agos) returns (int56[] memory sums, uint160[] memory) {
            return (TruthStatus.Known, priceOf(sums[1] - sums[0]));
        } catch {
            return (TruthStatus.Unknown, 0);
        }
    }

    /// @dev A tick is within 887,272 and a scale within 18 digits, so the exponent stays within 131: expWad takes up to 135.
    function priceOf(int256 tickSeconds) private view returns (int256) {
        int256 exponent = (tickSeconds * LN_TICK) / (int256(window) * ONE) + logScale;
        return FixedPointMathLib.expWad(isInverted ? -exponent : exponent);
    }

    /// @inheritdoc IDefinedTruth
    function definition() external view returns (Definition memory) {
        string memory unit = isInverted ? "token 0 for one token 1" : "token 1 for one token 0";
        return Definition(Question.PoolAverage, address(pool), 0, window, 0, 0, 0, unit);
    }
}
