import { z } from "zod"
import { type AllowedOrigin, parseOrigins } from "./http/origins.ts"

/** What the environment decides, read once. Everything an administrator can edit lives in the database. */
export type Env = {
  port: number
  serveStatic: boolean
  /** Empty: every origin, as with an unset variable. */
  allowOrigins: readonly AllowedOrigin[]
  /** Hops in front of us whose `X-Forwarded-For` entry is believed. */
  trustedProxies: number
  /** Requests Bun sends upstream at a time; what goes beyond waits. Read by Bun itself, at its start. */
  upstreamRequestsMax: number
  /** The longest one answer may take. */
  maxTimeoutMs: number
  debug: boolean
  logToConsole: boolean
  dataDir: string
  configDir: string
  /** Undefined: made at first start and kept in `dataDir`. */
  secret: string | undefined
  rootPassword: string | undefined
  /** Undefined: `/metrics` is there for this machine alone. */
  metricsToken: string | undefined
  /** Shown in logs, to tell nodes apart. */
  instance: string | undefined
  /** Undefined: SQLite in `dataDir`. */
  mysql: MysqlEnv | undefined
  /** Undefined: everything in this process. */
  redis: RedisEnv | undefined
}
export type MysqlEnv = {
  host: string
  port: number
  user: string
  password: string
  database: string
  tls: boolean
}
export type RedisEnv = { host: string; port: number; db: number; password: string | undefined }

/** Every problem of the environment in one message, in words for the operator. */
export class EnvError extends Error {
  override readonly name = "EnvError"
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(["The environment is not usable:", ...problems.map((line) => `  - ${line}`)].join("\n"))
    this.problems = problems
  }
}

/**
 * The only reader of `process.env`. An empty value counts as unset.
 * @throws EnvError
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()))
  const { data, error } = variables.safeParse(given)
  const problems = [
    ...(error?.issues ?? []).map(({ path: [name], message }) => `${String(name)} ${message}`),
    ...contradictions(given),
  ]
  if (!data || problems.length > 0) throw new EnvError(problems)

  return {
    // A platform that sets PORT sends its traffic there, so it wins.
    port: data.PORT ?? data.SERVER_PORT ?? portDefault,
    serveStatic: data.SERVE_STATIC,
    allowOrigins: data.ALLOW_ORIGINS,
    trustedProxies: data.TRUSTED_PROXIES,
    upstreamRequestsMax: data.BUN_CONFIG_MAX_HTTP_REQUESTS,
    maxTimeoutMs: data.MAX_TIMEOUT * 1_000,
    debug: data.DEBUG,
    logToConsole: !data.LOG_IGNORE_CONSOLE,
    dataDir: data.DATA_DIR,
    configDir: data.CONFIG_DIR,
    secret: data.SECRET,
    rootPassword: data.ROOT_PASSWORD,
    metricsToken: data.METRICS_TOKEN,
    instance: data.NIO_INSTANCE,
    mysql: data.MYSQL_HOST ? mysqlEnv(data, data.MYSQL_HOST) : undefined,
    redis: data.REDIS_HOST ? redisEnv(data, data.REDIS_HOST) : undefined,
  }
}

type Variables = z.infer<typeof variables>

const mysqlEnv = (data: Variables, host: string): MysqlEnv => ({
  host,
  port: data.MYSQL_PORT,
  user: data.MYSQL_USER,
  password: data.MYSQL_PASSWORD,
  database: data.MYSQL_DATABASE ?? data.MYSQL_DB,
  tls: data.MYSQL_TLS,
})

const redisEnv = (data: Variables, host: string): RedisEnv => ({
  host,
  port: data.REDIS_PORT,
  db: data.REDIS_DB,
  password: data.REDIS_PASSWORD,
})

/** What no single variable can be blamed for. */
function contradictions(given: Record<string, string | undefined>): string[] {
  const lonely = (prefix: string) =>
    Object.keys(given)
      .filter((name) => name.startsWith(prefix) && name in variables.shape)
      .map((name) => `${name} is set, but ${prefix}HOST is not. Set both, or neither.`)
  const { MYSQL_HOST, REDIS_HOST, SECRET } = given
  return [
    ...(MYSQL_HOST ? [] : lonely("MYSQL_")),
    ...(REDIS_HOST ? [] : lonely("REDIS_")),
    ...(REDIS_HOST && !MYSQL_HOST
      ? [
          "REDIS_HOST is set, but MYSQL_HOST is not. Redis connects several nodes, and with SQLite there is only one. Set MYSQL_HOST too, or leave REDIS_HOST out.",
        ]
      : []),
    ...(REDIS_HOST && MYSQL_HOST && !SECRET
      ? [
          `SECRET is not set. With MYSQL_HOST and REDIS_HOST there may be several nodes, and all need the same one. ${secretAdvice}`,
        ]
      : []),
  ]
}

const portDefault = 8094
const secretCharsMin = 16
const passwordCharsMin = 8
const secretAdvice = "`openssl rand -hex 32` makes a good one."

const flag = (initial: boolean) =>
  z
    .stringbool({ error: "must be true or false." })
    .optional()
    .transform((value) => value ?? initial)

const whole = (min: number, max: number) =>
  z.coerce
    .number({ error: () => `must be a whole number from ${min} to ${max}.` })
    .int(`must be a whole number from ${min} to ${max}.`)
    .min(min, `must be ${min} or more.`)
    .max(max, `must be ${max} or less.`)

const port = whole(1, 65_535)
const host = z.string().regex(/^[^\s/@]+$/, "must be a host name or address, without scheme.")

const origins = z
  .string()
  .default("")
  .transform((text, context) => {
    // `*` is what many write for "everyone", which is the empty list.
    if (text.split(/[\s,]+/).includes("*")) return []
    const entries = parseOrigins(text)
    if (entries.includes(undefined))
      context.addIssue("must be a list of hosts, such as `chat.example.com, app.example.com:8443`.")
    return entries.filter((entry) => entry !== undefined)
  })

/** Found in templates and guides, so known to everyone. */
const knownSecrets =
  /^(?:secret|changeme|change-me|password|chatnio|chat-nio|example|test|default)+/i

const secret = z
  .string()
  .min(
    secretCharsMin,
    `is too short: whoever guesses it can sign in as anyone. Use ${secretCharsMin} characters or more. ${secretAdvice}`,
  )
  .refine(
    (text) => !knownSecrets.test(text) && new Set(text).size > 5,
    `is a well-known or easily guessed one. ${secretAdvice}`,
  )

const variables = z.object({
  PORT: port.optional(),
  SERVER_PORT: port.optional(),
  SERVE_STATIC: flag(true),
  ALLOW_ORIGINS: origins,
  TRUSTED_PROXIES: whole(0, 16).default(0),
  MAX_TIMEOUT: whole(1, 86_400).default(1_800),
  BUN_CONFIG_MAX_HTTP_REQUESTS: whole(1, 65_536).default(256),
  DEBUG: flag(false),
  LOG_IGNORE_CONSOLE: flag(false),
  DATA_DIR: z.string().default("./storage"),
  CONFIG_DIR: z.string().default("./config"),
  SECRET: secret.optional(),
  ROOT_PASSWORD: z
    .string()
    .min(passwordCharsMin, `must have ${passwordCharsMin} characters or more.`)
    .optional(),
  METRICS_TOKEN: z
    .string()
    .min(secretCharsMin, `must have ${secretCharsMin} characters or more. ${secretAdvice}`)
    .optional(),
  NIO_INSTANCE: z
    .string()
    .regex(/^[\w.-]{1,36}$/, "may have up to 36 letters, digits, dots, dashes and underscores.")
    .optional(),
  MYSQL_HOST: host.optional(),
  MYSQL_PORT: port.default(3306),
  MYSQL_USER: z.string().default("root"),
  MYSQL_PASSWORD: z.string().default(""),
  MYSQL_DB: z.string().default("chatnio"),
  /** Wins over `MYSQL_DB`, as it always did. */
  MYSQL_DATABASE: z.string().optional(),
  MYSQL_TLS: flag(false),
  REDIS_HOST: host.optional(),
  REDIS_PORT: port.default(6379),
  REDIS_DB: whole(0, 65_535).default(0),
  REDIS_PASSWORD: z.string().optional(),
})
