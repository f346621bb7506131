import { describe, expect, test } from "bun:test"
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { EnvError, readEnv } from "@nio/server/env"
import { secretFromFile } from "@nio/server/infra/secret-file"

const problemsOf = (source: Record<string, string>): readonly string[] => {
  try {
    readEnv(source)
    return []
  } catch (error) {
    if (error instanceof EnvError) return error.problems
    throw error
  }
}
const good = "3f9c2b7a81d04e65b2f7c3a9"
const nodes = { MYSQL_HOST: "db", REDIS_HOST: "cache" }

describe("the environment", () => {
  test("needs nothing: one process on SQLite", () => {
    expect(readEnv({})).toEqual({
      port: 8094,
      serveStatic: true,
      allowOrigins: [],
      trustedProxies: 0,
      upstreamRequestsMax: 256,
      maxTimeoutMs: 1_800_000,
      debug: false,
      logToConsole: true,
      dataDir: "./storage",
      configDir: "./config",
      secret: undefined,
      rootPassword: undefined,
      metricsToken: undefined,
      instance: undefined,
      mysql: undefined,
      redis: undefined,
    })
  })

  test("counts an empty value as unset", () => {
    expect(readEnv({ MYSQL_HOST: "", SECRET: " ", PORT: "", SERVE_STATIC: "" })).toEqual(
      readEnv({}),
    )
  })

  test("takes what Chat Nio's compose file sets", () => {
    const env = readEnv({
      MYSQL_HOST: "mysql",
      MYSQL_USER: "chatnio",
      MYSQL_PASSWORD: "chatnio123456!",
      MYSQL_DB: "chatnio",
      REDIS_HOST: "redis",
      REDIS_PORT: "6379",
      REDIS_PASSWORD: "",
      REDIS_DB: "0",
      SERVE_STATIC: "true",
      SECRET: good,
    })
    expect(env.mysql).toEqual({
      host: "mysql",
      port: 3306,
      user: "chatnio",
      password: "chatnio123456!",
      database: "chatnio",
      tls: false,
    })
    expect(env.redis).toEqual({ host: "redis", port: 6379, db: 0, password: undefined })
  })

  test("lets PORT win over SERVER_PORT and MYSQL_DATABASE over MYSQL_DB", () => {
    expect(readEnv({ PORT: "80", SERVER_PORT: "81" }).port).toBe(80)
    expect(readEnv({ SERVER_PORT: "81" }).port).toBe(81)
    const env = readEnv({ MYSQL_HOST: "db", MYSQL_DB: "a", MYSQL_DATABASE: "b" })
    expect(env.mysql?.database).toBe("b")
  })

  test("reads a list of origins, and `*` as everyone", () => {
    expect(readEnv({ ALLOW_ORIGINS: "a.test,b.test:81" }).allowOrigins).toEqual([
      { host: "a.test" },
      { host: "b.test", port: 81 },
    ])
    expect(readEnv({ ALLOW_ORIGINS: "*" }).allowOrigins).toEqual([])
  })

  test("names all problems at once", () => {
    const problems = problemsOf({
      PORT: "eighty",
      SERVE_STATIC: "perhaps",
      MAX_TIMEOUT: "-1",
      ALLOW_ORIGINS: "a/b",
      TRUSTED_PROXIES: "1.5",
      SECRET: "secret",
      REDIS_HOST: "http://cache",
    })
    for (const name of [
      "PORT",
      "SERVE_STATIC",
      "MAX_TIMEOUT",
      "ALLOW_ORIGINS",
      "TRUSTED_PROXIES",
      "SECRET",
      "REDIS_HOST",
    ])
      expect(problems.filter((line) => line.startsWith(`${name} `))).not.toBeEmpty()
  })

  test("B1: refuses a weak secret and says why, without repeating it", () => {
    for (const weak of [
      "secret",
      "short-one",
      "secretsecretsecret",
      "changeme-changeme",
      "aaaaaaaaaaaaaaaaaaaa",
    ]) {
      const [problem = ""] = problemsOf({ SECRET: weak })
      expect(problem).toMatch(/too short|well-known/)
      expect(problem.replace("SECRET", "")).not.toContain(weak === "secret" ? "`secret`" : weak)
    }
    expect(problemsOf({ SECRET: good })).toEqual([])
  })

  test("wants one secret for several nodes", () => {
    expect(problemsOf(nodes)).toEqual([expect.stringContaining("SECRET is not set")])
    expect(problemsOf({ ...nodes, SECRET: good })).toEqual([])
  })

  test("has two sizes: Redis without MySQL is refused, MySQL alone is one process", () => {
    expect(problemsOf({ REDIS_HOST: "cache" })).toEqual([
      expect.stringContaining("MYSQL_HOST is not"),
    ])
    expect(problemsOf({ MYSQL_HOST: "db" })).toEqual([])
  })

  test("does not fall back to SQLite when the host was forgotten", () => {
    expect(problemsOf({ MYSQL_USER: "nio" })).toEqual([
      "MYSQL_USER is set, but MYSQL_HOST is not. Set both, or neither.",
    ])
  })
})

describe("the secret file", () => {
  test("is made once, for its owner only, and the same for two starts at once", async () => {
    const folder = await mkdtemp(join(tmpdir(), "nio-"))
    const secrets = await Promise.all([1, 2, 3].map(() => secretFromFile(join(folder, "data"))))
    expect(new Set(secrets).size).toBe(1)
    expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/)
    expect((await stat(join(folder, "data/secret"))).mode & 0o777).toBe(0o600)
    expect(await secretFromFile(join(folder, "data"))).toBe(secrets[0]!)
    await rm(folder, { recursive: true })
  })

  test("is not trusted when it is damaged", async () => {
    const folder = await mkdtemp(join(tmpdir(), "nio-"))
    await writeFile(join(folder, "secret"), "")
    expect(secretFromFile(folder)).rejects.toThrow("damaged")
    await rm(folder, { recursive: true })
  })
})
