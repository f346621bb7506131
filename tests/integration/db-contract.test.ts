import { beforeAll, expect, test } from "bun:test"
import { affectedRows, type Db, isDuplicate } from "@nio/db"
import { eq, sql } from "drizzle-orm"
import { eachDatabase } from "../support/databases.ts"

eachDatabase("database contract", (open) => {
  let db: Db
  beforeAll(async () => {
    db = (await open()).db
  })

  test("a transaction that throws leaves nothing, however often it awaited", async () => {
    const failure = db.transaction(async (tx) => {
      await tx.orm.insert(tx.t.accounts).values(account("rolled-back", 1))
      await Bun.sleep(5)
      await tx.run("update accounts set available = 2 where id = ?", ["rolled-back"])
      await Bun.sleep(5)
      throw new Error("changed my mind")
    })
    await expect(failure).rejects.toThrow("changed my mind")
    await failure.catch(() => {})
    expect(await available(db, "rolled-back")).toBeUndefined()
  })

  test("others see nothing of a transaction before its end", async () => {
    await db.orm.insert(db.t.accounts).values(account("quiet", 1))
    const written = Promise.withResolvers<void>()
    const work = db.transaction(async (tx) => {
      await tx.run("update accounts set available = 2 where id = 'quiet'", [])
      written.resolve()
      await Bun.sleep(20)
      await tx.run("update accounts set available = 3 where id = 'quiet'", [])
    })
    await written.promise
    expect(await available(db, "quiet")).not.toBe(2)
    await work
    expect(await available(db, "quiet")).toBe(3)
  })

  test("64 concurrent transactions each count exactly once", async () => {
    await db.orm.insert(db.t.accounts).values(account("busy", 1_000))
    const debit = () =>
      db.transaction(async (tx) => {
        await Bun.sleep(0)
        return tx.run(
          "update accounts set available = available - 7 where id = ? and available >= 7",
          ["busy"],
        )
      })
    const taken = await Promise.all(Array.from({ length: 64 * 5 }, debit))
    expect(taken.filter((count) => count === 1)).toHaveLength(142)
    expect(await available(db, "busy")).toBe(6)
  })

  test("read, wait, write is safe with a lock on the row", async () => {
    await db.orm.insert(db.t.accounts).values(account("counter", 0))
    const lock = db.dialect === "mysql" ? "for update" : ""
    await Promise.all(
      Array.from({ length: 64 }, () =>
        db.transaction(async (tx) => {
          const [row] = await tx.rows<{ available: number }>(
            `select available from accounts where id = 'counter' ${lock}`,
            [],
          )
          await Bun.sleep(0)
          await tx.run("update accounts set available = ? where id = 'counter'", [
            row!.available + 1,
          ])
        }),
      ),
    )
    expect(await available(db, "counter")).toBe(64)
  })

  test("a transaction inside a transaction joins it", async () => {
    const failure = db.transaction(async (tx) => {
      await tx.transaction(async (inner) => {
        await inner.orm.insert(inner.t.accounts).values(account("joined", 1))
      })
      throw new Error("outer fails")
    })
    await failure.catch(() => {})
    expect(await available(db, "joined")).toBeUndefined()
  })

  test("the outer handle inside its own transaction is an error, not a deadlock", async () => {
    const wrong = [
      () => db.rows("select 1", []),
      () => db.run("delete from accounts where id = 'x'", []),
      () => available(db, "x"),
      () => db.transaction(async () => 1),
    ]
    for (const use of wrong) {
      const error = await db.transaction(async () => use()).catch((cause: Error) => cause)
      expect(message(error)).toContain("inside its own transaction")
    }
    expect(await db.transaction(async () => "still works")).toBe("still works")
  })

  test("a transaction's handle is useless after its end", async () => {
    const leaked = await db.transaction(async (tx) => ({ tx }))
    const error = await leaked.tx.rows("select 1", []).catch((cause: Error) => cause)
    expect(message(error)).toContain("after its end")
  })

  test("strings differ by case and by trailing blanks, also for a unique key", async () => {
    const names = ["Alice", "alice", "Alice ", "ALICE", "álice"]
    for (const id of names) await db.orm.insert(db.t.accounts).values(account(id, 1))
    for (const id of names) {
      const found = await db.orm.select().from(db.t.accounts).where(eq(db.t.accounts.id, id))
      expect(found.map((row) => row.id)).toEqual([id])
    }
  })

  test("any text comes back as it was", async () => {
    const texts = [
      "😀👩‍👩‍👧‍👦",
      "漢字かな한글",
      "naïve \u0301",
      "'; drop table users; --",
      "\\ % _ \n\t",
      "",
    ]
    for (const [index, text] of texts.entries()) {
      await db.orm.insert(db.t.settings).values({ key: `text-${index}`, value: text, updatedAt: 0 })
      const [row] = await db.rows<{ value: string }>("select value from settings where `key` = ?", [
        `text-${index}`,
      ])
      expect(JSON.parse(row!.value)).toBe(text)
    }
    const long = "漢".repeat(200_000)
    await db.orm.insert(db.t.settings).values({ key: "long", value: long, updatedAt: 0 })
    const [row] = await db.orm.select().from(db.t.settings).where(eq(db.t.settings.key, "long"))
    expect(row!.value).toBe(long)
  })

  test("values cannot end a statement and begin another, however they are quoted", async () => {
    const hostile = [
      "\\'; delete from settings; -- ",
      "'; delete from settings; -- ",
      '\\"; --',
      "\\",
    ]
    for (const text of hostile) {
      const key = `hostile-${hostile.indexOf(text)}`
      await db.transaction(async (tx) => {
        await tx.post("insert into settings (`key`, value, updated_at) values (?, ?, 0)", [
          key,
          text,
        ])
        expect(await tx.rows("select value from settings where value = ?", [text])).toEqual([
          { value: text },
        ])
      })
    }
  })

  test("a change whose outcome nobody waits for is made, in order, or undone with the rest", async () => {
    await db.orm.insert(db.t.accounts).values(account("posted", 1))
    await db.transaction(async (tx) => {
      await tx.post("update accounts set available = available + 1 where id = ?", ["posted"])
      await tx.post("update accounts set available = available * 10 where id = ?", ["posted"])
      expect(await available(tx, "posted")).toBe(20)
      await tx.post("update accounts set available = available + 1 where id = ?", ["posted"])
    })
    expect(await available(db, "posted")).toBe(21)

    const failure = db.transaction(async (tx) => {
      await tx.post("update accounts set available = 0 where id = ?", ["posted"])
      await tx.post("insert into accounts (id, available, held) values (?, 0, 0)", ["posted"])
    })
    expect(isDuplicate(await failure.catch((cause: unknown) => cause))).toBe(true)
    expect(await available(db, "posted")).toBe(21)
  })

  test("JSON comes back as it was, keys in order", async () => {
    const value = { z: 1, a: [null, true, 1.5, "x", { "": [] }], "😀": {} }
    await db.orm.insert(db.t.settings).values({ key: "json", value, updatedAt: 0 })
    const [row] = await db.orm.select().from(db.t.settings).where(eq(db.t.settings.key, "json"))
    expect(JSON.stringify(row!.value)).toBe(JSON.stringify(value))
  })

  test("whole numbers are exact up to 2^53", async () => {
    const most = Number.MAX_SAFE_INTEGER
    await db.orm.insert(db.t.revisions).values({ topic: "most", value: most })
    await db.run("insert into revisions (topic, value) values (?, ?)", ["least", -most])
    expect(await revision(db, "most")).toBe(most)
    expect(await revision(db, "least")).toBe(-most)
    const [row] = await db.rows("select value from revisions where topic = ?", ["most"])
    expect(row).toEqual({ value: most })
  })

  test("whole numbers beyond 2^53 are refused, written and read", async () => {
    const beyond = 2 ** 53
    const values = { topic: "beyond", value: beyond }
    const refused = async (use: () => Promise<unknown>) =>
      expect(message(await use().catch((cause: Error) => cause))).toContain("beyond 2^53")

    await refused(async () => db.orm.insert(db.t.revisions).values(values))
    await refused(() => db.run("insert into revisions values ('beyond', ?)", [beyond]))
    await db.run("insert into revisions (topic, value) values ('beyond', 9007199254740993)", [])
    await refused(() => revision(db, "beyond"))
    await refused(() => db.rows("select value from revisions where topic = 'beyond'", []))
    await refused(() =>
      db.rows("select sum(value) as total from revisions where topic = 'beyond'", []),
    )
  })

  test("a duplicate is recognised, by primary and by unique key", async () => {
    await db.orm.insert(db.t.accounts).values(account("twice", 1))
    const primary = await db.orm
      .insert(db.t.accounts)
      .values(account("twice", 1))
      .catch((cause: unknown) => cause)
    expect(isDuplicate(primary)).toBe(true)

    const insert = (id: string) =>
      db.run(
        "insert into transfers (id, from_id, to_id, amount, reference, reason, created_at) values (?, 'a', 'b', 1, 'same', '', 0)",
        [id],
      )
    await insert("1")
    expect(isDuplicate(await insert("2").catch((cause: unknown) => cause))).toBe(true)
    expect(isDuplicate(await db.run("select nonsense", []).catch((cause: unknown) => cause))).toBe(
      false,
    )
  })

  test("a transaction survives a duplicate inside it", async () => {
    await db.transaction(async (tx) => {
      await tx.orm.insert(tx.t.accounts).values(account("survivor", 1))
      await tx.orm
        .insert(tx.t.accounts)
        .values(account("survivor", 1))
        .catch(() => {})
      await tx.run("update accounts set available = 5 where id = 'survivor'", [])
    })
    expect(await available(db, "survivor")).toBe(5)
  })

  test("the count of an update is that of the rows it matched", async () => {
    await db.orm.insert(db.t.accounts).values([account("m1", 1), account("m2", 1)])
    const { accounts } = db.t
    const set = (value: number) =>
      db.orm.update(accounts).set({ held: value }).where(sql`${accounts.id} in ('m1', 'm2')`)
    expect(affectedRows(await set(0))).toBe(2)
    expect(affectedRows(await set(0))).toBe(2)
    expect(await db.run("update accounts set held = 0 where id in ('m1', 'm2')", [])).toBe(2)
    expect(affectedRows(await db.orm.delete(accounts).where(eq(accounts.id, "nobody")))).toBe(0)
    expect(affectedRows(await db.orm.delete(accounts).where(eq(accounts.id, "m1")))).toBe(1)
  })

  test("sums and counts are numbers", async () => {
    await db.orm.insert(db.t.accounts).values([account("s1", 4_000_000_000), account("s2", 5)])
    const [row] = await db.rows(
      "select count(*) as many, sum(available) as total, coalesce(sum(held), 0) as held from accounts where id in (?, ?)",
      ["s1", "s2"],
    )
    expect(row).toEqual({ many: 2, total: 4_000_000_005, held: 0 })
  })

  test("flags and nulls come back as they were", async () => {
    const rule = { id: "p", position: 1, type: "free" as const, models: ["m"], input: 0, output: 0 }
    await db.orm.insert(db.t.prices).values({ ...rule, anonymous: true, updatedAt: 0 })
    const [row] = await db.orm.select().from(db.t.prices)
    expect(row!.anonymous).toBe(true)
    const value = {
      id: "a",
      at: 1,
      actorId: "a",
      act: "x",
      targetId: "t",
      before: null,
      after: null,
    }
    await db.orm.insert(db.t.auditLog).values(value)
    expect((await db.orm.select().from(db.t.auditLog))[0]).toEqual(value)
  })
})

const account = (id: string, points: number) => ({ id, available: points, held: 0 })

async function available(db: Db, id: string) {
  const [row] = await db.orm.select().from(db.t.accounts).where(eq(db.t.accounts.id, id))
  return row?.available
}

async function revision(db: Db, topic: string) {
  const [row] = await db.orm.select().from(db.t.revisions).where(eq(db.t.revisions.topic, topic))
  return row?.value
}

/** The messages of an error and of everything behind it. */
function message(error: unknown): string {
  return error instanceof Error ? `${error.message} ${message(error.cause)}` : ""
}
