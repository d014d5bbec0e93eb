// What the bootstrap tells the person. All of it goes to stderr: stdout belongs to the program that is started.

/** Ends the bootstrap with one clear sentence instead of a stack trace. */
export class Stop extends Error {
  /** @param {string} message a whole sentence: what is missing and what to do */
  constructor(message) {
    super(message);
    this.name = 'Stop';
  }
}

const live = process.stderr.isTTY === true;
let liveLine = false;

/** @param {string} text one thing that is about to happen or has been found */
export function say(text) {
  endLiveLine();
  process.stderr.write(`tocsin: ${text}\n`);
}

function endLiveLine() {
  if (liveLine) process.stderr.write('\n');
  liveLine = false;
}

/**
 * Shows how far a long step is: one line redrawn in a terminal, a new line every 5 s in a log.
 * @param {string} what
 * @returns {{ at: (state: string) => void, done: (state: string) => void }}
 */
export function progress(what) {
  let lastAt = Date.now();
  let lastState = '';
  if (live) {
    process.stderr.write(`tocsin: ${what} ...`);
    liveLine = true;
  } else say(`${what} ...`);
  return {
    at(state) {
      if (state === lastState) return;
      if (live) {
        process.stderr.write(`\r\u001b[2Ktocsin: ${what}: ${state}`);
        liveLine = true;
      } else {
        if (Date.now() - lastAt < 5000) return;
        say(`${what}: ${state}`);
        lastAt = Date.now();
      }
      lastState = state;
    },
    done(state) {
      if (live) process.stderr.write('\r\u001b[2K');
      liveLine = false;
      say(`${what}: ${state}`);
    },
  };
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** @param {number} startedAt epoch ms */
export function secondsSince(startedAt) {
  const seconds = (Date.now() - startedAt) / 1000;
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}

/**
 * Runs a command's main function; a Stop is printed as its sentence, anything else is our own bug and shows its stack.
 * @param {() => Promise<number>} main resolves with the exit code
 * @returns {Promise<number | null>} the exit code, or null when it did not get that far
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
    return process.exitCode;
  } catch (error) {
    endLiveLine();
    if (error instanceof Stop) process.stderr.write(`tocsin: ${error.message}\n`);
    else console.error(error);
    process.exitCode = 1;
    return null;
  }
}
