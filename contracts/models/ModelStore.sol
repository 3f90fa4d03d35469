// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SSTORE2} from "solady/src/utils/SSTORE2.sol";
import {ModelId} from "../types/Model.sol";
import {Dense} from "./Dense.sol";

/// @title Keeps models as the code of contracts, and evaluates them.
/// @notice A model is brought in parts, since one transaction cannot hold the largest, and then published as a whole. Its id is
/// the hash of its bytes, so that nobody can publish another model under it, and who publishes makes no difference.
/// @dev Nobody owns this contract; what is published stays for good.
contract ModelStore {
    /// @notice A part is empty, or longer than the code of a contract may be. Thrown by `write`.
    error PartOutOfBounds(uint256 size, uint256 least, uint256 most);

    /// @notice Too few or too many parts. Thrown by `publish`.
    error PartsOutOfBounds(uint256 count, uint256 least, uint256 most);

    /// @notice The address is not a part that `write` of this contract made: what stands elsewhere may change or vanish. Thrown
    /// by `publish`.
    error UnknownPart(address part);

    /// @notice There is no model of this id. Thrown by `evaluate`, `modelOf`, and whoever relies on a model.
    error UnknownModel(ModelId model);

    /// @notice A part of a model was written.
    /// @param part where it lies, to be named when the model is published
    event PartWritten(address indexed part, address indexed writer);

    /// @notice A model was published.
    /// @param inputs how many it takes
    /// @param size bytes
    event ModelPublished(ModelId indexed model, address indexed publisher, uint256 inputs, uint256 size);

    /// @notice Most bytes of a part: a contract's code less the byte that stops it.
    uint256 public constant PART_SIZE = 24_575;
    uint256 private constant MOST_PARTS = 8;

    /// @notice Whether `write` made the contract at this address.
    mapping(address part => bool) public isPart;

    /// @dev The addresses of a model's parts, packed, as the code of a contract.
    mapping(ModelId model => address) private listOf;

    /* WRITE, PUBLISH */

    /// @notice Writes a part of a model.
    /// @dev Refuses with PartOutOfBounds. A byte costs 200 gas and its calldata.
    function write(bytes calldata data) external returns (address part) {
        require(data.length > 0 && data.length <= PART_SIZE, PartOutOfBounds(data.length, 1, PART_SIZE));
        part = SSTORE2.write(data);
        isPart[part] = true;
        emit PartWritten(part, msg.sender);
    }

    /// @notice Publishes the model that the parts make one after the other. Without effect where it is published already.
    /// @dev Refuses with PartsOutOfBounds, UnknownPart, or as `Dense.check` does.
    /// @param parts as `write` returned them, whoever called it
    function publish(address[] calldata parts) external returns (ModelId model) {
        require(parts.length > 0 && parts.length <= MOST_PARTS, PartsOutOfBounds(parts.length, 1, MOST_PARTS));
        for (uint256 i = 0; i < parts.length; ++i) require(isPart[parts[i]], UnknownPart(parts[i]));

        bytes memory list = abi.encodePacked(parts);
        bytes memory data = join(list);
        Dense.check(data);
        model = ModelId.wrap(keccak256(data));
        if (listOf[model] != address(0)) return model;
        listOf[model] = SSTORE2.write(list);

        emit ModelPublished(model, msg.sender, Dense.inputsOf(data), data.length);
    }

    /* READ */

    /// @notice What a model answers, 1e18 fixed point.
    /// @dev Refuses with UnknownModel, and with WrongInputs (Dense).
    /// @param inputs 1e18 fixed point, as many as the model takes
    function evaluate(ModelId model, int256[] calldata inputs) external view returns (int104 value) {
        return Dense.evaluate(modelOf(model), inputs);
    }

    /// @notice The bytes of a model.
    /// @dev Refuses with UnknownModel.
    function modelOf(ModelId model) public view returns (bytes memory) {
        address list = listOf[model];
        require(list != address(0), UnknownModel(model));
        return join(SSTORE2.read(list));
    }

    /// @notice How many inputs a model takes; zero where there is none of this id.
    function inputsOf(ModelId model) external view returns (uint256) {
        return listOf[model] == address(0) ? 0 : Dense.inputsOf(modelOf(model));
    }

    /// @dev Copies the code of all parts, each without its first byte, into one piece. The list has 32 bytes a part.
    function join(bytes memory list) private view returns (bytes memory data) {
        assembly ("memory-safe") {
            data := mload(0x40)
            let to := add(data, 0x20)
            let from := add(list, 0x20)
            for {
                let end := add(from, mload(list))
            } lt(from, end) {
                from := add(from, 0x20)
            } {
                let part := mload(from)
                let size := sub(extcodesize(part), 1)
                extcodecopy(part, to, 1, size)
                to := add(to, size)
            }
            mstore(data, sub(to, add(data, 0x20)))
            mstore(0x40, and(add(to, 0x3f), not(0x1f)))
        }
    }
}
