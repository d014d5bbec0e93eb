/** Proves to the compiler that every member of a union was handled; throws when a broken program gets here anyway. */
export function assertNever(value: never): never {
  throw new Error(`A case was not handled: ${JSON.stringify(value)}`);
}
