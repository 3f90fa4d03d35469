// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20, IERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ITopicNetwork} from "../interfaces/ITopicNetwork.sol";
import {Position} from "../types/Position.sol";
import {Consent} from "../types/Seal.sol";
import {Topic, TopicId} from "../types/Topic.sol";

/// @notice Where a vault stands.
enum Stage {
    Window, // nothing is in flight: deposits are taken
    Working, // the signer may predict
    Closing // the signer is stopped, its rounds are not all final
}

/// @notice What leaves at one strike and is not claimed yet.
/// @param shares of those who leave
/// @param assets what they are paid together, token base units
struct Exit {
    uint256 shares;
    uint256 assets;
}

/// @title Others stake behind one worker of one topic; its signer predicts, and the vault owns the position.
/// @notice Shares are priced only while nothing is in flight (docs/decisions/0015). A term of work ends by stopping the
/// signer; once all its rounds are final and none can be slashed any more, `strike` prices the shares, pays the commission
/// and books what leaves. Then deposits are taken, until the operator begins the next term.
/// @dev It holds `stake + pending + leaving + balance`, of which `owed` belongs to those who left. Nobody owns it.
/// Amounts are token base units, times are seconds, shares of a whole are basis points. The collateral must be a token that
/// the network takes, and one whose transfers do not call back.
contract DelegationVault is ERC4626 {
    using Math for uint256;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /* ERRORS, in the order of the verbs */

    /// @notice A term lies outside its bounds. Thrown at deployment.
    error VaultOutOfBounds(string term, uint256 actual, uint256 least, uint256 most);

    /// @notice The network has no such topic. Thrown at deployment.
    error UnknownVaultTopic(TopicId topic);

    /// @notice Only the operator begins a term and takes a seat.
    error NotOperator(address caller, address operator);

    /// @notice The verb belongs to another stage. Thrown by `begin`, `takeSeat`, `close`, `strike`, and where the operator moves
    /// shares outside the window.
    error WrongStage(Stage actual, Stage required);

    /// @notice It is too early: the window or the term of work is not over, or a round can still be slashed.
    /// @param time the block's, unix time
    /// @param from first second in which the verb is taken
    error TooEarly(uint256 time, uint256 from);

    /// @notice The term of work is over: no seat is taken any more. Thrown by `takeSeat`.
    error TermOver(uint256 time, uint256 end);

    /// @notice Money that is owed is neither in the vault nor on its way out of the network. Thrown by `begin`.
    error ExitsUnfunded(uint256 owed, uint256 available);

    /// @notice The operator holds too few shares for a term of work. Thrown by `begin`.
    error OperatorShareTooLow(uint256 actual, uint256 required);

    /// @notice No exit waits for a price. Thrown by `strike` in the window.
    error NothingQueued();

    /// @notice The account has nothing to claim of this epoch, or the epoch has no price yet. Thrown by `claim`.
    error NoExit(uint256 epoch, address account);

    /// @notice The money is still on its way out of the network. Thrown by `claim`.
    error NotPaidOut(uint256 assets, uint256 held);

    /* EVENTS */

    /// @notice A term of work began.
    event Begun(uint256 assets, uint256 workEnds);

    /// @notice The signer was stopped. No price is struck before `finalAt`.
    event Closed(uint256 finalAt);

    /// @notice An account asked to leave with the shares; they are priced at the epoch's strike.
    event ExitQueued(uint256 indexed epoch, address indexed account, uint256 shares);

    /// @notice The shares that left were priced.
    /// @param commission assets that the operator was paid in shares
    event Struck(uint256 indexed epoch, uint256 shares, uint256 assets, uint256 commission);

    /// @notice An exit was paid.
    event ExitClaimed(uint256 indexed epoch, address indexed account, uint256 assets);

    /* IMMUTABLES */

    uint256 private constant BPS = 10_000;
    uint256 private constant WAD = 1e18;
    uint8 private constant OFFSET = 6;
    /// @notice Most that a commission can be.
    uint256 public constant COMMISSION_MAX_BPS = 5_000;
    /// @notice Least part of the shares that is the operator's while it works: twice a slash's bounty, so that an operator that
    /// denounces itself loses more than it is paid.
    uint256 public constant OPERATOR_BPS = 2_000;
    /// @notice Once a term has lost this part of what it began with, anyone may end it.
    uint256 public constant STOP_BPS = 1_000;
    uint256 private constant LONGEST = 365 days;

    ITopicNetwork public immutable network;
    TopicId public immutable topic;
    /// @notice Begins terms, takes seats, is paid the commission. It cannot move a deposit.
    address public immutable operator;
    /// @notice The worker: the key that predicts.
    address public immutable signer;
    /// @notice The operator's part of gains above the highest price so far.
    uint256 public immutable commissionBps;
    /// @notice How long a term of work lasts before anyone may end it.
    uint256 public immutable workTime;
    /// @notice Least time between a strike and the next term.
    uint256 public immutable windowTime;

    /* STORAGE */

    Stage public stage;
    /// @notice Strikes so far; an exit that is asked for now is priced at this one's.
    uint256 public epoch;
    /// @notice First second in which the operator may begin.
    uint256 public windowEnds;
    /// @notice First second in which anyone may close.
    uint256 public workEnds;
    /// @notice First second in which no round of the last term can be slashed.
    uint256 public finalAt;
    /// @notice What the last term began with.
    uint256 public startAssets;
    /// @notice The highest price a strike has left, 1e18 x assets a share base unit.
    uint256 public highWater = WAD / 10 ** OFFSET;
    /// @notice What belongs to those who left and have not claimed.
    uint256 public owed;
    mapping(uint256 epoch => Exit) public exitOf;
    mapping(uint256 epoch => mapping(address account => uint256 shares)) public ticketOf;

    constructor(
        ITopicNetwork network_,
        TopicId topic_,
        address operator_,
        address signer_,
        uint256 commissionBps_,
        uint256 workTime_,
        uint256 windowTime_
    ) ERC20("Auspex delegation", "auspexDelegation") ERC4626(IERC20(network_.token())) {
        require(network_.topicOf(topic_).cadence > 0, UnknownVaultTopic(topic_));
        within("commissionBps", commissionBps_, 0, COMMISSION_MAX_BPS);
        within("workTime", workTime_, 1, LONGEST);
        within("windowTime", windowTime_, 1, LONGEST);

        (network, topic, operator, signer) = (network_, topic_, operator_, signer_);
        (commissionBps, workTime, windowTime) = (commissionBps_, workTime_, windowTime_);
    }

    function within(string memory term, uint256 actual, uint256 least, uint256 most) private pure {
        require(least <= actual && actual <= most, VaultOutOfBounds(term, actual, least, most));
    }

    /* WORK */

    /// @notice Stakes what the vault holds and begins a term. Exits that wait are priced first.
    /// @dev Refuses with WrongStage, NotOperator, TooEarly, ExitsUnfunded, OperatorShareTooLow, and with the network's reasons.
    /// @param consent the signer's agreement, as in `depositFor`; looked at in the first term only
    function begin(Consent calldata consent) external {
        requireStage(Stage.Window);
        requireOperator();
        require(block.timestamp >= windowEnds, TooEarly(block.timestamp, windowEnds));
        collectDue();
        if (exitOf[epoch].shares > 0) price(0);
        raise();
        uint256 leaving = positionOf().leaving;
        require(owed <= held() + leaving, ExitsUnfunded(owed, held() + leaving));
        uint256 required = (totalSupply() * OPERATOR_BPS).ceilDiv(BPS);
        require(balanceOf(operator) >= required, OperatorShareTooLow(balanceOf(operator), required));

        stage = Stage.Working;
        workEnds = block.timestamp + workTime;
        startAssets = totalAssets();

        emit Begun(startAssets, workEnds);

        uint256 free = held() - Math.min(owed, held());
        if (free == 0) return;
        IERC20(asset()).forceApprove(address(network), free);
        network.depositFor(topic, signer, free.toUint96(), consent);
    }

    /// @notice Takes a seat for the signer, as the network's verb does.
    /// @dev Refuses with WrongStage, NotOperator, TermOver, and with the network's reasons.
    function takeSeat(uint8 seat) external {
        requireStage(Stage.Working);
        requireOperator();
        require(block.timestamp < workEnds, TermOver(block.timestamp, workEnds));

        activateDue();
        network.takeSeat(topic, signer, seat);
    }

    /// @notice Stops the signer. The operator may at any time; anyone once the term is over or has lost too much.
    /// @dev Part of the stake is asked back: what leaves at the present price, and at least one unit. That the network pays it
    /// out proves that every round of the term is final. Refuses with WrongStage, TooEarly.
    function close() external {
        requireStage(Stage.Working);
        bool isStopped = totalAssets() * BPS < startAssets * (BPS - STOP_BPS);
        bool mayClose = msg.sender == operator || isStopped || block.timestamp >= workEnds;
        require(mayClose, TooEarly(block.timestamp, workEnds));

        stage = Stage.Closing;
        finalAt = lastDeadline();

        emit Closed(finalAt);

        if (positionOf().owner != address(this)) return;
        network.revoke(topic, signer);
        activateDue();
        uint256 leaving = Math.max(previewRedeem(exitOf[epoch].shares), 1);
        unstakeUpTo(leaving);
    }

    /// @dev The truth deadline of the last round that has opened: until then a worker can be slashed in it.
    function lastDeadline() private view returns (uint256) {
        Topic memory terms = network.topicOf(topic);
        if (block.timestamp < terms.start) return block.timestamp;

        uint256 last = (block.timestamp - terms.start) / terms.cadence;
        return terms.start + last * terms.cadence + terms.horizon + terms.truthWindow;
    }

    /* LEAVE */

    /// @notice Gives shares back for their part at the next strike. It cannot be undone: until then they bear every loss and
    /// share every gain. Burnt at the strike.
    function leave(uint256 shares) external {
        exitOf[epoch].shares += shares;
        ticketOf[epoch][msg.sender] += shares;

        emit ExitQueued(epoch, msg.sender, shares);

        _transfer(msg.sender, address(this), shares);
    }

    /// @notice Prices the shares: once all rounds of the last term are final, and in the window again for those who ask later.
    /// @dev Refuses with WrongStage, TooEarly, NothingQueued, and with NotActive or RoundsOpen of the network.
    function strike() external {
        require(stage != Stage.Working, WrongStage(stage, Stage.Window));
        if (stage == Stage.Window) {
            require(exitOf[epoch].shares > 0, NothingQueued());
            price(0);
            return raise();
        }
        require(block.timestamp >= finalAt, TooEarly(block.timestamp, finalAt));
        if (positionOf().leaving > 0) network.withdraw(topic, signer);

        stage = Stage.Window;
        windowEnds = block.timestamp + windowTime;
        price(takeCommission());
        raise();
    }

    /// @dev New shares worth the commission, at the price after it. Rounded in the depositors' favour.
    function takeCommission() private returns (uint256 commission) {
        uint256 now_ = sharePrice();
        if (now_ <= highWater) return 0;

        uint256 supply = totalSupply() + 10 ** OFFSET;
        uint256 gain = supply.mulDiv(now_ - highWater, WAD);
        commission = (gain * commissionBps) / BPS;
        _mint(operator, supply.mulDiv(commission, totalAssets() + 1 - commission));
        highWater = sharePrice();
    }

    function price(uint256 commission) private {
        Exit storage exit = exitOf[epoch];
        exit.assets = previewRedeem(exit.shares);

        emit Struck(epoch, exit.shares, exit.assets, commission);

        owed += exit.assets;
        ++epoch;
        _burn(address(this), exit.shares);
    }

    /// @notice Takes what the network has released into the vault, and asks back what is still owed.
    function collect() external {
        // While rounds are in flight nothing more is asked back, so that nobody unseats the worker.
        collectDue();
        if (stage == Stage.Window) raise();
    }

    /// @notice Pays an account what it left with at a strike. Anyone may call it.
    /// @dev Refuses with NoExit, NotPaidOut.
    function claim(uint256 epoch_, address account) external returns (uint256 assets) {
        Exit storage exit = exitOf[epoch_];
        uint256 shares = ticketOf[epoch_][account];

        require(epoch_ < epoch && shares > 0, NoExit(epoch_, account));
        assets = exit.assets.mulDiv(shares, exit.shares);
        require(assets <= held(), NotPaidOut(assets, held()));

        delete ticketOf[epoch_][account];
        exit.shares -= shares;
        exit.assets -= assets;
        owed -= assets;

        emit ExitClaimed(epoch_, account, assets);

        IERC20(asset()).safeTransfer(account, assets);
    }

    /* NETWORK */

    function activateDue() private {
        Position memory position = positionOf();
        if (position.pending > 0 && position.activeAt <= block.timestamp) network.activate(topic, signer);
    }

    /// @dev Whether rounds are still open is the network's to know; then the money stays there.
    function collectDue() private {
        Position memory position = positionOf();
        if (position.leaving == 0 || position.leavesAt > block.timestamp) return;
        try network.withdraw(topic, signer) {} catch {}
    }

    /// @dev A second request would make the first wait again: what is missing after it is asked back once it is out.
    function raise() private {
        if (positionOf().leaving > 0 || owed <= held()) return;
        activateDue();
        unstakeUpTo(owed - held());
    }

    function unstakeUpTo(uint256 amount) private {
        uint256 possible = Math.min(amount, positionOf().stake);
        if (possible > 0) network.unstake(topic, signer, possible.toUint96());
    }

    /* READ */

    function positionOf() private view returns (Position memory) {
        return network.positionOf(topic, signer);
    }

    function held() private view returns (uint256) {
        return IERC20(asset()).balanceOf(address(this));
    }

    /// @notice What the shares stand for: all money of the position and the vault's own, less what those who left are owed.
    /// Without what rounds in flight will bring or cost: only a strike's price counts.
    function totalAssets() public view override returns (uint256) {
        Position memory position = positionOf();
        // The position is the vault's from its first deposit on; a signer's own money before that is not.
        uint256 staked =
            position.owner == address(this) ? uint256(position.stake) + position.pending + position.leaving : 0;
        return (staked + held()).saturatingSub(owed);
    }

    /// @notice 1e18 x assets a base unit of shares.
    function sharePrice() public view returns (uint256) {
        return (totalAssets() + 1).mulDiv(WAD, totalSupply() + 10 ** OFFSET);
    }

    /// @notice Deposits are taken in the window only, and as many as the operator's shares bear.
    function maxDeposit(address receiver) public view override returns (uint256) {
        uint256 shares = maxMint(receiver);
        return shares == type(uint256).max ? shares : previewRedeem(shares);
    }

    /// @notice Others' shares are limited by the operator's, so that nobody keeps a term from beginning by a large deposit.
    function maxMint(address receiver) public view override returns (uint256) {
        if (stage != Stage.Window) return 0;
        if (receiver == operator) return type(uint256).max;

        return ((balanceOf(operator) * BPS) / OPERATOR_BPS).saturatingSub(totalSupply());
    }

    /// @notice Zero: shares leave by `leave` and `claim`.
    function maxWithdraw(address) public pure override returns (uint256) {
        return 0;
    }

    /// @notice Zero: shares leave by `leave` and `claim`.
    function maxRedeem(address) public pure override returns (uint256) {
        return 0;
    }

    /// @dev 10^6 virtual shares beside one virtual unit: whoever inflates the first price loses a million times what another does.
    function _decimalsOffset() internal pure override returns (uint8) {
        return OFFSET;
    }

    /// @dev The operator's own shares stay while its signer's rounds are in flight.
    function _update(address from, address to, uint256 shares) internal override {
        if (from == operator) requireStage(Stage.Window);
        super._update(from, to, shares);
    }

    function requireStage(Stage required) private view {
        require(stage == required, WrongStage(stage, required));
    }

    function requireOperator() private view {
        require(msg.sender == operator, NotOperator(msg.sender, operator));
    }
}
