// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IArbiter, Ruling} from "../interfaces/IArbiter.sol";
import {TruthStatus} from "../interfaces/ITruthSource.sol";
import {Panel, ReportStatus, ReputerTerms, Verdict} from "../types/Reputer.sol";
import {TopicId} from "../types/Topic.sol";
import {ReputerTruth} from "./ReputerTruth.sol";
import {Ballot, Tally} from "./Tally.sol";

/// @notice How a challenge stands.
enum DisputeStatus {
    None,
    Open, // the arbiter has not ruled, or nobody has concluded yet
    Upheld, // the reporters were right
    Overturned, // the challenger was right
    Unanswered // the arbiter was silent, or the round's reports were gone
}

/// @notice A challenge of a round's truth.
/// @param challenger who paid the bond and the arbiter's fee
/// @param status how it stands
/// @param id the arbiter's case
struct Dispute {
    address challenger;
    DisputeStatus status;
    uint256 id;
}

/// @title The truth of a panel of staked reputers that anyone may challenge before it is final.
/// @notice For `challengeWindow` after a tally anyone may challenge its value, with a bond and the arbiter's fee. Until the
/// arbiter rules the answer is Disputed, and the round cannot be resolved. Then
///
/// - within the tolerance of the reported value, that value stands, and the reporters within it share the bond by stake;
/// - elsewhere, the arbiter's value is the truth. Who reported outside the tolerance of it loses its whole stake. The
///   challenger gets its bond and its fee back, and as much as both again as far as that stake goes; the rest goes to the sink;
/// - without a ruling the round is void, and the bond goes back.
///
/// All windows together end before the topic's truth deadline, and a tally is refused once there would be no time for a
/// dispute. So places, exits and deadlines stay what they are in ReputerTruth.
/// @dev The arbiter is trusted to rule once. It holds `sum of stakes + sum of claimable + bonds of open disputes`.
contract ChallengedTruth is ReputerTruth {
    using SafeERC20 for IERC20;

    /// @notice Answers that cannot wait cannot be challenged. Thrown at deployment.
    error NoChallengeWindow();

    /// @notice The arbiter takes its fee in another token. Thrown at deployment.
    error WrongToken(address actual, address required);

    /// @notice The round has no tallied value: nothing is reported, it is void, or its place was taken by a later round.
    error NothingToChallenge(uint256 round);

    /// @notice The round's value was challenged before.
    error AlreadyChallenged(uint256 round);

    /// @notice The claimed value lies within the tolerance of the reported one.
    error SameValue(int104 claimed, int104 reported);

    /// @notice The round has no open challenge.
    error NotChallenged(uint256 round);

    /// @notice The arbiter has not ruled yet.
    error RulingPending(uint256 round);

    /// @notice A round's value was challenged, and its truth waits for the arbiter's case `id`.
    event Challenged(
        TopicId indexed topic,
        uint256 indexed round,
        address indexed challenger,
        int104 claimed,
        uint256 id
    );

    /// @notice A challenge is over. `value` is the round's truth, zero where it is void; `paid` is what the challenger gets.
    event DisputeConcluded(
        TopicId indexed topic,
        uint256 indexed round,
        DisputeStatus status,
        int104 value,
        uint256 paid
    );

    /* IMMUTABLES */

    /// @notice Who decides a challenge.
    IArbiter public immutable arbiter;

    /// @notice What a challenge costs besides the arbiter's fee, smallest unit of the token. A wrong challenge loses it: choose
    /// at least what anybody could gain by keeping consumers from a round's truth for a dispute.
    uint96 public immutable bond;

    mapping(TopicId topic => mapping(uint256 round => Dispute)) private disputes;

    constructor(ReputerTerms memory terms, IArbiter arbiter_, uint96 bond_) ReputerTruth(terms) {
        require(terms.challengeWindow > 0, NoChallengeWindow());
        (address feeToken, address staked) = (address(arbiter_.token()), address(terms.token));
        require(feeToken == staked, WrongToken(feeToken, staked));
        require(bond_ > 0, OutOfBounds("bond", bond_, 1, type(uint96).max));

        (arbiter, bond) = (arbiter_, bond_);
    }

    /* WINDOWS */

    function disputeWindow() internal view override returns (uint256) {
        return arbiter.duration();
    }

    /// @dev Late enough for a dispute to end before the truth deadline; so nobody makes a value final by tallying it late.
    function tallyEnd(TopicId topic, Panel memory panel, uint256 round) internal view override returns (uint256) {
        uint256 deadline = targetTime(panel, round) + network.topicOf(topic).truthWindow;
        return deadline - challengeWindow - disputeWindow();
    }

    /* CHALLENGE */

    /// @notice Challenges a tallied value. Anyone may, once a round. Takes the bond and the arbiter's fee.
    /// @dev Refuses with NothingToChallenge, OutsideWindow, AlreadyChallenged, SameValue. The token must be approved.
    /// @param claimed what happened instead; the arbiter gets it, and may find another value
    function challenge(TopicId topic, uint256 round, int104 claimed) external {
        Panel memory panel = panels[topic];
        Verdict memory verdict = verdictOf(topic, panel, round);
        Dispute storage dispute = disputes[topic][round];
        require(verdict.status == TruthStatus.Known, NothingToChallenge(round));
        requireWithin(verdict.talliedAt, verdict.talliedAt + challengeWindow);
        require(dispute.status == DisputeStatus.None, AlreadyChallenged(round));
        bool isOther = Tally.isOutlier(claimed, verdict.value, panel.tolerance, toleranceBps);
        require(isOther, SameValue(claimed, verdict.value));

        (dispute.challenger, dispute.status) = (msg.sender, DisputeStatus.Open);

        pay(bond + arbiter.fee());
        uint256 target = targetTime(panel, round);
        bytes memory question = abi.encode(address(this), topic, round, target, verdict.value, claimed);
        address[] memory parties = partiesOf(ballotsOf(topic, panel, round), topic);
        token.forceApprove(address(arbiter), arbiter.fee());
        uint256 id = arbiter.open(question, target - panel.horizon, parties, msg.sender);
        dispute.id = id;

        emit Challenged(topic, round, msg.sender, claimed, id);
    }

    function pay(uint256 amount) private {
        uint256 held = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = token.balanceOf(address(this)) - held;
        require(received == amount, WrongTransfer(received, amount));
    }

    /// @dev Everyone the ruling pays or costs: the panel of the round, and the challenger.
    function partiesOf(Ballot[] memory ballots, TopicId topic) private view returns (address[] memory parties) {
        parties = new address[](ballots.length + 1);
        for (uint256 i = 0; i < ballots.length; ++i) parties[i] = reputers[topic][ballots[i].term].account;
        parties[ballots.length] = msg.sender;
    }

    /// @dev All zeros where the round has none, or no longer.
    function verdictOf(TopicId topic, Panel memory panel, uint256 round) private view returns (Verdict memory verdict) {
        if (panel.ring == 0) return verdict;
        verdict = verdicts[topic][round % panel.ring];
        if (!isFound(verdict, round)) delete verdict;
    }

    /* CONCLUDE */

    /// @notice Pays out a challenge that the arbiter has ruled on. Anyone may. The truth does not wait for it.
    /// @dev Refuses with NotChallenged, RulingPending.
    function conclude(TopicId topic, uint256 round) external {
        Dispute storage dispute = disputes[topic][round];
        require(dispute.status == DisputeStatus.Open, NotChallenged(round));
        (Ruling ruling, int104 value) = arbiter.rulingOf(dispute.id);
        require(ruling != Ruling.Pending, RulingPending(round));

        Panel memory panel = panels[topic];
        Verdict memory verdict = verdictOf(topic, panel, round);
        DisputeStatus status = outcomeOf(verdict, panel, ruling, value);
        dispute.status = status;

        uint256 paid = bond;
        if (status == DisputeStatus.Upheld) {
            (paid, value) = (0, verdict.value);
            payReporters(topic, panel, round, verdict.value);
        }
        if (status == DisputeStatus.Overturned) paid = slashOverturned(topic, panel, round, value);
        if (status == DisputeStatus.Unanswered) value = 0;
        if (paid > 0) claimableOf[dispute.challenger] += paid;

        emit DisputeConcluded(topic, round, status, value, paid);
    }

    function outcomeOf(
        Verdict memory verdict,
        Panel memory panel,
        Ruling ruling,
        int104 value
    ) private view returns (DisputeStatus) {
        bool isAnswered = ruling == Ruling.Decided && verdict.status == TruthStatus.Known;
        if (!isAnswered) return DisputeStatus.Unanswered;
        bool isOther = Tally.isOutlier(verdict.value, value, panel.tolerance, toleranceBps);
        return isOther ? DisputeStatus.Overturned : DisputeStatus.Upheld;
    }

    /// @dev By the stake that weighed in the round. What division leaves, and the share of one who has withdrawn, is the sink's.
    function payReporters(TopicId topic, Panel memory panel, uint256 round, int104 value) private {
        Ballot[] memory ballots = ballotsOf(topic, panel, round);
        uint256 total = 0;
        for (uint256 i = 0; i < ballots.length; ++i) {
            if (isRight(ballots[i], panel, value)) total += ballots[i].weight;
        }

        uint256 left = bond;
        for (uint256 i = 0; i < ballots.length; ++i) {
            address account = reputers[topic][ballots[i].term].account;
            if (account == address(0) || !isRight(ballots[i], panel, value)) continue;
            uint256 share = (uint256(bond) * ballots[i].weight) / total;
            left -= share;
            claimableOf[account] += share;
        }
        if (left > 0) claimableOf[sink] += left;
    }

    function isRight(Ballot memory ballot, Panel memory panel, int104 value) private view returns (bool) {
        bool isRevealed = ballot.status == ReportStatus.Revealed;
        return isRevealed && !Tally.isOutlier(ballot.value, value, panel.tolerance, toleranceBps);
    }

    /// @return paid to the challenger: bond and fee, and as much again if the overturned had it
    function slashOverturned(
        TopicId topic,
        Panel memory panel,
        uint256 round,
        int104 value
    ) private returns (uint256 paid) {
        Ballot[] memory ballots = ballotsOf(topic, panel, round);
        uint256 total = 0;
        for (uint256 i = 0; i < ballots.length; ++i) {
            bool isWrong = ballots[i].status == ReportStatus.Revealed && !isRight(ballots[i], panel, value);
            if (isWrong) total += take(topic, panel, round, ballots[i], BPS);
        }

        uint256 fee = arbiter.fee();
        uint256 reward = Math.min(total, bond + 2 * fee);
        if (total > reward) claimableOf[sink] += total - reward;
        return bond + reward;
    }

    /* READ */

    /// @inheritdoc ReputerTruth
    /// @dev Follows the arbiter's ruling as soon as there is one, whether or not anybody has concluded the challenge.
    function truthOf(
        TopicId topic,
        uint256 round,
        uint256,
        bytes calldata
    ) external view override returns (TruthStatus, int256) {
        Dispute memory dispute = disputes[topic][round];
        Panel memory panel = panels[topic];
        Verdict memory verdict = verdictOf(topic, panel, round);
        bool isChallenged = dispute.status != DisputeStatus.None && verdict.status == TruthStatus.Known;
        if (!isChallenged) return reportedTruth(topic, round);

        (Ruling ruling, int104 value) = arbiter.rulingOf(dispute.id);
        if (ruling == Ruling.Pending) return (TruthStatus.Disputed, 0);

        DisputeStatus status = outcomeOf(verdict, panel, ruling, value);
        if (status == DisputeStatus.Unanswered) return (TruthStatus.Void, 0);
        return (TruthStatus.Known, status == DisputeStatus.Upheld ? verdict.value : value);
    }

    /// @notice How a round's challenge stands; all zeros where it has none.
    function disputeOf(TopicId topic, uint256 round) external view returns (Dispute memory) {
        return disputes[topic][round];
    }
}
