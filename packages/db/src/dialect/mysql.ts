import { drizzle } from "drizzle-orm/mysql2"
import { createPool, type Pool, type PoolConnection } from "mysql2/promise"
import type { Connection, Db } from "../db.ts"
import { isDeadlock, isLost } from "../failure.ts"
import { defineTables } from "../schema/index.ts"
import { mysqlColumns } from "./columns.ts"
import { type Batch, createBatch } from "./mysql-batch.ts"
import { checked, readAgain, rows, run, through } from "./mysql-statements.ts"
import { createScope } from "./scope.ts"

export type MysqlOptions = {
  engine: "mysql"
  host: string
  port: number
  user: string
  password: string
  database: string
  /** At least TLS 1.2, with the server's name checked. */
  tls?: boolean
  connectionsMax?: number
}

const connectTimeoutMs = 10_000
/** Of two that wait for each other one is chosen to begin again; under load more than once. */
const deadlockAttempts = 5
const connectionsMaxDefault = 20
/** How long a node waits at start while another one changes the schema. */
const aloneTimeoutS = 120

/** Opens a MySQL-compatible database. Connects at the first statement. */
export function openMysql(options: MysqlOptions): Db {
  const pool = openPool(options)
  const scope = createScope()
  const t = defineTables(mysqlColumns)
  const client = through(pool, (text, query) => {
    scope.requireOutside()
    return readAgain(text, query)
  })

  function handle(connection: PoolConnection, batch: Batch): Db {
    const client = through(connection, async (_, query) => {
      scope.requireInside()
      await batch.send()
      return query()
    })
    let orm: Db["orm"] | undefined
    const tx: Db = {
      // Made on demand: the hot path writes its statements by hand.
      get orm() {
        orm ??= drizzle({ client, casing: "snake_case" })
        return orm
      },
      t,
      dialect: "mysql",
      rows: (text, params) => rows(client, text, params),
      run: (text, params) => run(client, text, params),
      async post(text, params) {
        scope.requireInside()
        batch.add(text, checked(params))
      },
      transaction: (work) => work(tx),
      alone: refuseInTransaction,
      close: refuseInTransaction,
    }
    return tx
  }

  async function transact<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    const connection = await begin(pool)
    const batch = createBatch(connection)
    try {
      const result = await scope.run(() => work(handle(connection, batch)))
      await batch.send("commit")
      connection.release()
      return result
    } catch (error) {
      await giveUp(connection, error)
      throw error
    }
  }

  return {
    orm: drizzle({ client, casing: "snake_case" }),
    t,
    dialect: "mysql",
    rows: (text, params) => rows(client, text, params),
    run: (text, params) => run(client, text, params),
    post: async (text, params) => void (await run(client, text, params)),
    transaction: async (work) => {
      scope.requireOutside()
      for (let attempt = 1; ; attempt++) {
        try {
          return await transact(work)
        } catch (error) {
          if (!isDeadlock(error) || attempt === deadlockAttempts) throw error
        }
      }
    },
    alone: async (work) => {
      scope.requireOutside()
      return alone(pool, options.database, work)
    },
    close: () => pool.end(),
  }
}

function openPool({ engine: _, connectionsMax, tls, ...address }: MysqlOptions): Pool {
  const pool = createPool({
    ...address,
    ...(tls && { ssl: { minVersion: "TLSv1.2" } }),
    connectionLimit: connectionsMax ?? connectionsMaxDefault,
    connectTimeout: connectTimeoutMs,
    supportBigNumbers: true,
    bigNumberStrings: false,
    timezone: "Z",
    charset: "utf8mb4_bin",
    multipleStatements: true,
  })
  pool.pool.on("connection", (connection) => {
    connection.query(sessionSettings)
  })
  return pool
}

/**
 * Whatever the server's defaults are: every statement of a transaction sees what was committed before
 * it, what does not fit is refused instead of cut, and a backslash escapes, as the driver takes for
 * granted when it puts values into statements.
 */
const sessionSettings =
  "set session transaction isolation level read committed; " +
  "set session sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'"

/** A connection with an open transaction. One that turns out to be dead is replaced once. */
async function begin(pool: Pool): Promise<PoolConnection> {
  for (let attempt = 1; ; attempt++) {
    const connection = await pool.getConnection()
    try {
      await connection.query("start transaction")
      return connection
    } catch (error) {
      connection.destroy()
      if (attempt > 1 || !isLost(error)) throw error
    }
  }
}

async function giveUp(connection: PoolConnection, error: unknown): Promise<void> {
  try {
    if (isLost(error)) throw error
    await connection.query("rollback")
    connection.release()
  } catch {
    // Ending the connection undoes what it had begun.
    connection.destroy()
  }
}

async function alone<T>(
  pool: Pool,
  database: string,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await pool.getConnection()
  try {
    const name = `nio:${database}`.slice(0, 64)
    const [locked] = await rows<{ ok: number }>(
      connection,
      `select get_lock(?, ${aloneTimeoutS}) as ok`,
      [name],
    )
    if (locked?.ok !== 1) throw new Error("another node is still changing the schema; try again")
    return await work({
      rows: (text, params) => rows(connection, text, params),
      run: (text, params) => run(connection, text, params),
      atomically: (steps) => steps(),
    })
  } finally {
    // The lock belongs to the connection and goes with it.
    connection.destroy()
  }
}

const refuseInTransaction = async (): Promise<never> => {
  throw new Error("not possible inside a transaction")
}
