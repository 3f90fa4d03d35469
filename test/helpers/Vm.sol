// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What the test machine can do that no contract can.
interface Vm {
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    function warp(uint256 time) external;

    function prank(address sender) external;

    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);

    function addr(uint256 key) external pure returns (address);

    function getCode(string calldata artifact) external view returns (bytes memory);

    function recordLogs() external;

    function getRecordedLogs() external returns (Log[] memory);

    function expectRevert() external;

    function expectRevert(bytes calldata error) external;

    function expectEmit(address emitter) external;

    function snapshotState() external returns (uint256);

    function revertToState(uint256 id) external returns (bool);
}

Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
