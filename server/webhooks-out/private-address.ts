import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Addresses that lead to this machine or to networks behind it: the registries of RFC 6890, and what clouds use. */
const PRIVATE = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE.ipv4.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  // Ways to write an address of the older protocol.
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.ipv6.addSubnet(network, prefix, 'ipv6');
}

/** Whether an IP address is none of the open internet. What is no address counts as private. */
export function isPrivateAddress(address: string): boolean {
  if (isIPv4(address)) return PRIVATE.ipv4.check(address, 'ipv4');
  return !isIPv6(address) || PRIVATE.ipv6.check(address, 'ipv6');
}
