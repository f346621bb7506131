/**
 * Every failure a caller can see. The code is public and permanent: the web translates it, API
 * clients switch on it, logs count it. `says` is for those who only have English: API clients and
 * logs. It tells what to do next.
 */
export const errorCodes = {
  "input.invalid": {
    status: 400,
    type: "invalid_request_error",
    says: "Invalid request: {detail}",
  },
  "input.too-large": {
    status: 413,
    type: "invalid_request_error",
    says: "The request is larger than {limit}. Send less at once.",
  },
  "auth.required": { status: 401, type: "authentication_error", says: "Please sign in." },
  "auth.key-missing": {
    status: 401,
    type: "authentication_error",
    says: "No API key provided. Send it as `Authorization: Bearer <key>`.",
  },
  "auth.key-invalid": {
    status: 401,
    type: "authentication_error",
    says: "Incorrect API key provided. Create one in your account, or ask the operator.",
  },
  "key.expired": {
    status: 401,
    type: "authentication_error",
    says: "This API key expired on {date}. Its owner can extend it, or create another.",
  },
  "key.address": {
    status: 403,
    type: "permission_error",
    says: "This API key may not be used from {address}.",
  },
  "key.model": {
    status: 403,
    type: "permission_error",
    says: "This API key may not use the model `{model}`. It may use: {allowed}.",
  },
  "key.group": {
    status: 403,
    type: "permission_error",
    says: "This API key is kept to the group {groups}, which does not reach this.",
  },
  "key.spent": {
    status: 402,
    type: "insufficient_quota",
    says: "This API key may spend {limit} points in all: {needed} needed for {model}, {left} left. Its owner can raise the limit.",
  },
  "key.requests": {
    status: 429,
    type: "rate_limit_error",
    says: "This API key may make {limit} requests a minute: 1 needed, {left} left. Try again in {seconds} s.",
  },
  "key.tokens": {
    status: 429,
    type: "rate_limit_error",
    says: "This API key may use {limit} tokens a minute: {needed} needed, {left} left. Try again in {seconds} s.",
  },
  "key.tokens-never": {
    status: 429,
    type: "rate_limit_error",
    says: "This API key may use {limit} tokens a minute: {needed} needed for this request alone. Send less at once.",
  },
  "key.concurrency": {
    status: 429,
    type: "rate_limit_error",
    says: "This API key may have {limit} requests under way at once: 1 needed, {left} left. Wait for one to end.",
  },
  "key.too-many": {
    status: 409,
    type: "invalid_request_error",
    says: "You have {limit} API keys already. Revoke one that is not used any more.",
  },
  "key.not-found": { status: 404, type: "invalid_request_error", says: "No API key {id}." },
  "auth.wrong-credentials": {
    status: 401,
    type: "authentication_error",
    says: "Name or password is wrong.",
  },
  "auth.password-expired": {
    status: 403,
    type: "permission_error",
    says: "This account still has its first password. Sign in on the web page and change it.",
  },
  "auth.password-weak": {
    status: 400,
    type: "invalid_request_error",
    says: "Choose a password of at least {min} characters that is not a well-known one.",
  },
  "auth.proof-required": {
    status: 403,
    type: "permission_error",
    says: "Prove first that it is you: enter your password again.",
  },
  "register.closed": {
    status: 403,
    type: "permission_error",
    says: "This site takes no new accounts. Ask the operator for one.",
  },
  "name.invalid": {
    status: 400,
    type: "invalid_request_error",
    says: "A name has {min} to {max} visible characters, without @. Choose another.",
  },
  "name.reserved": {
    status: 400,
    type: "invalid_request_error",
    says: "The name `{name}` could pass for the operator. Choose another.",
  },
  "name.taken": {
    status: 409,
    type: "invalid_request_error",
    says: "Somebody has the name `{name}` already. Choose another.",
  },
  "auth.wrong-factor": {
    status: 401,
    type: "authentication_error",
    says: "This code or passkey is wrong, or was used before. Take the next one.",
  },
  "auth.challenge-ended": {
    status: 401,
    type: "authentication_error",
    says: "This took too long. Sign in again.",
  },
  "auth.factor-missing": {
    status: 403,
    type: "permission_error",
    says: "This site wants a second factor. Sign in on the web page and set one up.",
  },
  "authenticator.present": {
    status: 409,
    type: "invalid_request_error",
    says: "There is an authenticator app already. Remove it first.",
  },
  "passkey.refused": {
    status: 400,
    type: "invalid_request_error",
    says: "This passkey could not be added. Try again, or use another.",
  },
  "passkey.too-many": {
    status: 409,
    type: "invalid_request_error",
    says: "You have {limit} passkeys already. Remove one that is not used any more.",
  },
  "oidc.unknown": {
    status: 404,
    type: "invalid_request_error",
    says: "This way to sign in is not offered any more. Choose another.",
  },
  "oidc.no-address": {
    status: 409,
    type: "invalid_request_error",
    says: "The address of this site is not set. The operator sets it in the settings.",
  },
  "oidc.unreachable": {
    status: 502,
    type: "server_error",
    says: "The account provider did not answer as it should. Try again later, or sign in another way.",
  },
  "oidc.refused": {
    status: 401,
    type: "authentication_error",
    says: "Signing in by the account provider did not succeed. Begin again.",
  },
  "oidc.taken": {
    status: 409,
    type: "invalid_request_error",
    says: "This account is connected with somebody else here. Disconnect it there first.",
  },
  "oidc.mail-unfit": {
    status: 403,
    type: "permission_error",
    says: "New accounts here need a mail address that the account provider has verified, of a kind this site takes. Ask the operator.",
  },
  "oidc.last-way": {
    status: 409,
    type: "invalid_request_error",
    says: "This is your only way to sign in. Set a password first.",
  },
  "mail-code.wrong": {
    status: 400,
    type: "invalid_request_error",
    says: "This code is wrong or too old. Ask for another.",
  },
  "mail.suffix": {
    status: 400,
    type: "invalid_request_error",
    says: "Addresses of {suffix} are not taken here. Use one of another provider.",
  },
  "account.name-differs": {
    status: 400,
    type: "invalid_request_error",
    says: "This is not the name of your account. Type it as it is shown.",
  },
  "account.last-admin": {
    status: 409,
    type: "invalid_request_error",
    says: "This site would have no administrator. Make somebody else one first; root stays.",
  },
  "auth.forbidden": { status: 403, type: "permission_error", says: "You may not do this." },
  "points.insufficient": {
    status: 402,
    type: "insufficient_quota",
    says: "Not enough points for {model}: {needed} needed, {available} available. Top up and try again.",
  },
  "plan.exhausted": {
    status: 402,
    type: "insufficient_quota",
    says: "Your plan has no use of {item} left until {resets}, and there are not enough points for {model}: {needed} needed, {available} available. Top up, or wait.",
  },
  "plan.used-up": {
    status: 402,
    type: "insufficient_quota",
    says: "Your plan has no use of {item} left until {resets}, and {model} is only available with it. Use another model, or wait.",
  },
  "plan.off": {
    status: 409,
    type: "invalid_request_error",
    says: "Plans are not offered here at the moment. Ask the operator.",
  },
  "plan.unknown": {
    status: 404,
    type: "invalid_request_error",
    says: "There is no plan of level {level} here. Choose one of those on the plan page.",
  },
  "plan.changed": {
    status: 409,
    type: "invalid_request_error",
    says: "The price has changed to {points} points. Look at it again and confirm.",
  },
  "plan.too-long": {
    status: 400,
    type: "invalid_request_error",
    says: "A plan may last {years} years from now at most. Choose fewer months.",
  },
  "plan.points": {
    status: 402,
    type: "insufficient_quota",
    says: "Not enough points for the plan: {needed} needed, {available} available. Top up and try again.",
  },
  "model.unknown": {
    status: 404,
    type: "invalid_request_error",
    says: "The model `{model}` does not exist or you do not have access to it.",
  },
  "model.unpriced": {
    status: 403,
    type: "permission_error",
    says: "The price of the model is not set (model: {model}). Ask the operator to set one.",
  },
  "model.members-only": {
    status: 401,
    type: "authentication_error",
    says: "Sign in to use the model `{model}`.",
  },
  "model.unfit": {
    status: 400,
    type: "invalid_request_error",
    says: "The model `{model}` cannot be used for this (task: {task}). Use another model.",
  },
  "conversation.not-found": {
    status: 404,
    type: "invalid_request_error",
    says: "This conversation does not exist.",
  },
  "share.not-found": {
    status: 404,
    type: "invalid_request_error",
    says: "Nothing is shared under this address.",
  },
  "preset.not-found": {
    status: 404,
    type: "invalid_request_error",
    says: "This preset does not exist.",
  },
  "preset.too-many": {
    status: 409,
    type: "invalid_request_error",
    says: "You have {limit} presets already. Delete one that is not used any more.",
  },
  "response.not-found": {
    status: 404,
    type: "invalid_request_error",
    says: "There is no kept answer with id '{id}'.",
  },
  "message.not-found": {
    status: 404,
    type: "invalid_request_error",
    says: "This message does not exist.",
  },
  "run.active": {
    status: 409,
    type: "invalid_request_error",
    says: "An answer is being written in this conversation. Stop it first.",
  },
  "ticket.invalid": {
    status: 401,
    type: "authentication_error",
    says: "This ticket is used up or too old. Ask for a new one.",
  },
  "channel.not-found": { status: 404, type: "invalid_request_error", says: "No channel {id}." },
  "price.not-found": { status: 404, type: "invalid_request_error", says: "No price {id}." },
  "price.site": {
    status: 502,
    type: "server_error",
    says: "The prices of the other site could not be read: {detail}.",
  },
  "user.self": {
    status: 409,
    type: "invalid_request_error",
    says: "You cannot do this to your own account. Ask another administrator.",
  },
  "user.root": {
    status: 409,
    type: "invalid_request_error",
    says: "root stays an active administrator: it is the way back in.",
  },
  "mail.taken": {
    status: 409,
    type: "invalid_request_error",
    says: "Somebody has this mail address already. Choose another.",
  },
  "points.too-few": {
    status: 409,
    type: "invalid_request_error",
    says: "Only {available} points are available. Deduct no more than that.",
  },
  "user.not-found": { status: 404, type: "invalid_request_error", says: "No user {id}." },
  "import.none": {
    status: 404,
    type: "invalid_request_error",
    says: "There is no Chat Nio installation in this database. Use the command `nio import chatnio`.",
  },
  "import.elsewhere": {
    status: 409,
    type: "invalid_request_error",
    says: "An import is under way on the command line, or was cut off there. Go on with it there, with --resume.",
  },
  "code.unknown": {
    status: 404,
    type: "invalid_request_error",
    says: "There is no such code. Check it for typing errors.",
  },
  "code.used": {
    status: 409,
    type: "invalid_request_error",
    says: "This code has been used already.",
  },
  "code.expired": {
    status: 409,
    type: "invalid_request_error",
    says: "This code is no longer valid. Ask whoever gave it to you for another.",
  },
  "code.gift-had": {
    status: 409,
    type: "invalid_request_error",
    says: "You have had a gift of this kind already: each person gets one.",
  },
  "rate.limited": {
    status: 429,
    type: "rate_limit_error",
    says: "Too many requests. Try again in {seconds} s.",
  },
  "upstream.refused": { status: 400, type: "invalid_request_error", says: "{message}" },
  "upstream.busy": {
    status: 503,
    type: "server_error",
    says: "{model} is busy. Try again in {seconds} s, or use another model.",
  },
  "relay.loop": {
    status: 508,
    type: "invalid_request_error",
    says: "A channel of this server leads back to it. Ask the operator to correct its address.",
  },
  "upstream.unavailable": {
    status: 503,
    type: "server_error",
    says: "{model} is not available right now. Try again, or use another model.",
  },
  "upstream.timeout": {
    status: 504,
    type: "timeout_error",
    says: "{model} did not answer in time. Try again, or use another model.",
  },
  "upstream.interrupted": {
    status: 502,
    type: "server_error",
    says: "The answer was cut short: {message}",
  },
  "mail.not-configured": {
    status: 409,
    type: "invalid_request_error",
    says: "This site cannot send mail yet. Ask the operator to set it up.",
  },
  "mail.failed": {
    status: 503,
    type: "server_error",
    says: "The mail could not be sent. Try again later, or ask the operator.",
  },
  /** Nobody is there to read it; for the log. */
  "request.abandoned": {
    status: 499,
    type: "invalid_request_error",
    says: "The caller hung up before the answer began.",
  },
  "route.not-found": {
    status: 404,
    type: "invalid_request_error",
    says: "There is nothing at {path}.",
  },
  "server.stopping": {
    status: 503,
    type: "server_error",
    says: "The server is restarting. Try again in a moment.",
  },
  internal: { status: 500, type: "server_error", says: "Something went wrong on our side." },
} as const satisfies Record<string, { status: number; type: string; says: string }>

export type ErrorCode = keyof typeof errorCodes
export type ErrorParams = Record<string, string | number>

/**
 * A failure with a public code. `params` fill the sentence and are shown to the caller; what only
 * we may know goes into `cause`.
 */
export class AppError extends Error {
  override readonly name = "AppError"
  readonly code: ErrorCode
  readonly params: ErrorParams

  constructor(code: ErrorCode, params: ErrorParams = {}, cause?: unknown) {
    const says: string = errorCodes[code].says
    super(
      says.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? "")),
      { cause },
    )
    this.code = code
    this.params = params
  }

  get status(): number {
    return errorCodes[this.code].status
  }

  get type(): string {
    return errorCodes[this.code].type
  }

  /** Anything thrown, as something we may show. Unknown errors keep their secret in `cause`. */
  static from(error: unknown): AppError {
    return error instanceof AppError ? error : new AppError("internal", {}, error)
  }
}
