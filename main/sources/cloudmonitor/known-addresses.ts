/**
 * From where Alibaba says that it calls (reference/cloudmonitor.md 1.1 and 7; editions 2021 to 2026, international and China
 * site, Simple Log Service). The list has changed several times, so it is good for a hint and for nothing else.
 */
export const knownAddresses: readonly string[] = [
  '47.74.206.0/24',
  '8.222.159.116/32',
  '59.82.0.0/16',
  '106.11.167.0/24',
  '106.11.225.0/24',
  '106.11.226.0/24',
  '106.11.227.0/24',
  '106.11.242.0/24',
  '106.11.245.0/24',
  '119.23.150.175/32',
  '120.76.47.88/32',
  '121.41.9.246/32',
  '203.119.128.0/17',
];
