import { afterAll, describe, expect, test } from "bun:test"
import { type Db, migrate, openDatabase, readMigrations } from "@nio/db"
import { type EmptyDatabase, freshMysql, freshSqlite, mysqlUrl } from "../support/databases.ts"
import { skipSuite } from "../support/skip-suite.ts"

describe("SQLite: migrations", () => suite("sqlite", freshSqlite))
if (mysqlUrl) describe("MariaDB: migrations", () => suite("mysql", freshMysql))
else skipSuite("MariaDB: migrations", "TEST_MYSQL_URL is not set")

function suite(dialect: Db["dialect"], fresh: () => Promise<EmptyDatabase>) {
  const steps = readMigrations(dialect)
  const cleanUps: (() => Promise<unknown>)[] = []
  afterAll(async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp()
  })

  /** `connect` opens one more handle to the same empty database. */
  async function empty() {
    const { options, remove } = await fresh()
    cleanUps.push(remove)
    const connect = async () => {
      const db = await openDatabase({ ...options, ...(dialect === "sqlite" && { guest: true }) })
      cleanUps.push(() => db.close().catch(() => {}))
      return db
    }
    return { db: await connect(), connect }
  }

  test.each(steps.map(({ name }, index) => [name, index] as const))(
    "data of %s is intact after an upgrade",
    async (_, index) => {
      const { db } = await empty()
      await migrate(db, steps.slice(0, 1))
      for (const [table, row] of Object.entries(rowsOfFirstSchema)) await insert(db, table, row)
      await migrate(db, steps.slice(0, index + 1))
      await migrate(db)
      for (const [table, row] of Object.entries(rowsOfFirstSchema)) {
        expect(await db.rows(`select * from ${table}`, [])).toEqual([expect.objectContaining(row)])
      }
    },
  )

  test("the migrated database has every table and column of the schema", async () => {
    const { db } = await empty()
    await migrate(db)
    for (const table of Object.values(db.t)) expect(await db.orm.select().from(table)).toEqual([])
  })

  test("a second start changes nothing", async () => {
    const { db } = await empty()
    await migrate(db)
    const before = await db.rows("select * from migrations order by name", [])
    await migrate(db)
    expect(await db.rows("select * from migrations order by name", [])).toEqual(before)
    expect(before).toHaveLength(steps.length)
  })

  test("nodes that start at the same moment do not get in each other's way", async () => {
    const { db, connect } = await empty()
    const nodes =
      dialect === "mysql" ? [db, await connect(), await connect(), await connect()] : [db]
    await Promise.all([...nodes, ...nodes].map((node) => migrate(node)))
    expect(await db.rows("select name from migrations", [])).toHaveLength(steps.length)
  })

  test("a step that was edited after it had been applied is refused", async () => {
    const { db } = await empty()
    await migrate(db)
    const edited = steps.map((step, index) => (index === 0 ? { ...step, hash: "other" } : step))
    await expect(migrate(db, edited)).rejects.toThrow(`${steps[0]!.name} was edited`)
  })

  test("a database of a newer program is refused", async () => {
    const { db } = await empty()
    await migrate(db)
    await expect(migrate(db, steps.slice(0, -1))).rejects.toThrow("newer than this program")
  })

  test("a step that breaks off is finished by the next start", async () => {
    const { db } = await empty()
    const statements = ["create table half (id integer)", "insert into missing values (1)"]
    const broken = { name: "9998_broken", hash: "h", statements }
    await migrate(db)
    await migrate(db, [...steps, broken]).catch(() => {})
    await db.run("create table missing (id integer)", [])
    await migrate(db, [...steps, broken])
    expect(await db.rows("select id from missing", [])).toEqual([{ id: 1 }])
    expect(await db.rows("select id from half", [])).toEqual([])
  })

  test("changing a table keeps the rows that depend on it", async () => {
    const { db } = await empty()
    await migrate(db)
    const before = {
      name: "9998_before",
      hash: "h",
      statements: [
        "create table parents (id varchar(9) primary key)",
        "create table children (id varchar(9), parent_id varchar(9), foreign key (parent_id) references parents (id) on delete cascade)",
        "insert into parents values ('p')",
        "insert into children values ('c', 'p')",
      ],
    }
    // How drizzle-kit changes a table of SQLite; MySQL alters it in place.
    const recreate = [
      "create table new_parents (id varchar(9) primary key, name varchar(9))",
      "insert into new_parents select id, 'n' from parents",
      "drop table parents",
      "alter table new_parents rename to parents",
    ]
    const alter = ["alter table parents add name varchar(9)"]
    const statements = dialect === "sqlite" ? recreate : alter
    await migrate(db, [...steps, before])
    await migrate(db, [...steps, before, { name: "9999_after", hash: "h", statements }])
    expect(await db.rows("select id, parent_id from children", [])).toEqual([
      { id: "c", parent_id: "p" },
    ])
    expect(await db.rows("select id from parents", [])).toEqual([{ id: "p" }])
  })
}

/** What a database held when it was made by the first version. */
const rowsOfFirstSchema: Record<string, Record<string, string | number>> = {
  users: {
    id: "u1",
    name: "Alice 漢",
    name_key: "alice 漢",
    password_hash: "x",
    role: "admin",
    state: "active",
    password_expired: 0,
    created_at: 1,
  },
  accounts: { id: "u1", available: 9_007_199_254_740_000, held: 5 },
  holds: {
    id: "h1",
    account_id: "u1",
    amount: 5,
    state: "open",
    charge: 3,
    usage: "{}",
    created_at: 1,
    expires_at: 2,
  },
  transfers: {
    id: "t1",
    from_id: "site:issued",
    to_id: "u1",
    amount: 9_007_199_254_740_005,
    reference: "admin:1",
    reason: "first 😀",
    created_at: 1,
  },
  settings: { key: "site.name", value: '"Nio"', updated_at: 1 },
  channels: { id: "c1", name: "c", enabled: 1, config: "{}", secrets: "[]", updated_at: 1 },
}

async function insert(db: Db, table: string, row: Record<string, string | number>) {
  const columns = Object.keys(row).map((name) => `\`${name}\``)
  const places = columns.map(() => "?")
  await db.run(
    `insert into ${table} (${columns.join(", ")}) values (${places.join(", ")})`,
    Object.values(row),
  )
}
