// One contract, two doors: the window's IPC and the control socket both end in `callBridge`.
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import {
  type BridgeArgument,
  type BridgeReply,
  type BridgeResult,
  bridgeCalls,
} from '../../shared/bridge.ts';
import type { BridgeCallName } from '../../shared/bridge-names.ts';

/** One handler per call. A handler throws `BridgeFailure` for anything the caller can understand. */
export type BridgeHandlers = {
  readonly [Name in BridgeCallName]: (
    argument: BridgeArgument<Name>,
  ) => BridgeResult<Name> | Promise<BridgeResult<Name>>;
};

/** An expected refusal: `code` is stable for programs, the message is a sentence for a person. */
export class BridgeFailure extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'BridgeFailure';
    this.code = code;
  }
}

/**
 * Checks name and argument, runs the handler, and turns every outcome into a reply.
 * Codes: `unknown-call`, `bad-argument`, the handler's own, and `internal` (logged through `onCrash`).
 */
export async function callBridge(
  handlers: BridgeHandlers,
  name: string,
  argument: unknown,
  onCrash: (error: unknown) => void,
): Promise<BridgeReply<unknown>> {
  if (!Object.hasOwn(bridgeCalls, name)) {
    return refuse('unknown-call', `There is no call named "${name.slice(0, 60)}".`);
  }
  const callName = name as BridgeCallName;
  const schema: TSchema = bridgeCalls[callName].argument;
  if (!Value.Check(schema, argument)) return refuse('bad-argument', explain(schema, argument, name));
  try {
    // The compiler cannot join name and argument of a union; the schema check above has done it.
    const handler = handlers[callName] as (checked: unknown) => unknown;
    return { ok: true, result: await handler(argument) };
  } catch (error) {
    if (error instanceof BridgeFailure) return refuse(error.code, error.message);
    onCrash(error);
    return refuse('internal', 'Something went wrong inside Tocsin; the log has the details.');
  }
}

function refuse(code: string, message: string): BridgeReply<never> {
  return { ok: false, error: { code, message } };
}

function explain(schema: TSchema, argument: unknown, name: string): string {
  const first = Value.Errors(schema, argument)[0];
  const where = first?.instancePath ? `${first.instancePath.slice(1)} ` : '';
  return `The argument of ${name} is not right: ${where}${first?.message ?? 'it does not match'}.`;
}
