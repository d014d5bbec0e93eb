// Stands in for `electron` in unit tests: outside Electron that package would try to download its binary on import.
throw new Error(
  'A unit test imported electron: test the plain file behind it, or write a journey in test/journeys/.',
);
