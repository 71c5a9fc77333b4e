// Runs one flow: `node run.mjs openid_client sign_in details`. It reads and prints lines of JSON: first what the
// flow is given, then what it wants of its resident and the answers, at the end what came of it.

import { createInterface } from "node:readline";

import {
  AuthorizationResponseError,
  OperationProcessingError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from "oauth4webapi";
import { ClientError } from "openid-client";

const REFUSALS = [
  AuthorizationResponseError,
  ClientError,
  OperationProcessingError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
];

const [folder, module, flow] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async () => JSON.parse((await lines.next()).value);
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

const resident = {
  // Opens the address, and returns the application's own that it leads to.
  travel: (url, until) => asked({ travel: `${url}`, to: until }),
  // The same where a form posts itself to the application; returns what it posts.
  carry: (url, to) => asked({ carry: `${url}`, to }),
  // Leaves it to the other program to do the next thing, whatever that is.
  wait: (told = {}) => asked({ wait: told }),
};

async function asked(what) {
  say(what);
  return next();
}

// Only what the library says of the provider is a refusal: any other error is a mistake of ours.
async function described(error) {
  const { code, status = null } = error;
  if (!REFUSALS.some((kind) => error instanceof kind) && !code?.startsWith("ERR_J")) {
    return { broke: `${error.stack}\n${error.cause?.stack ?? ""}` };
  }
  return { refused: { code, status, error: error.error ?? (await challenged(error)) ?? "" } };
}

// Where a status stands for the error, the library leaves it to us to read the rest.
async function challenged({ cause, response }) {
  if (!response) return undefined;
  return cause[0].parameters.error ?? (await response.json()).error;
}

try {
  const flows = await import(`../${folder}/${module}.mjs`);
  say({ done: await flows[flow](await next(), resident) });
} catch (error) {
  say(await described(error));
}
// Connections that are kept open would keep the process up.
process.exit();
