import { expect, test } from "bun:test"
import { createGroupCommit } from "./group-commit.ts"

type Write = (items: readonly number[]) => Promise<number[]>

function group(write: Write, { retryMs = [], transient = false }: Partial<Options> = {}) {
  const groups: number[][] = []
  const commit = createGroupCommit<number, number>({
    write: (items) => {
      groups.push([...items])
      return write(items)
    },
    isTransient: () => transient,
    retryMs: () => retryMs,
    onFailure: () => {},
  })
  return { commit, groups }
}
type Options = { retryMs: number[]; transient: boolean }

const double: Write = async (items) => items.map((item) => item * 2)

test("calls of one turn are written together, each gets its own result", async () => {
  const { commit, groups } = group(double)
  expect(await Promise.all([1, 2, 3].map(commit.add))).toEqual([2, 4, 6])
  expect(groups).toEqual([[1, 2, 3]])
})

test("one group is written at a time, the next gathers meanwhile", async () => {
  let writing = 0
  const { commit, groups } = group(async (items) => {
    expect(++writing).toBe(1)
    await Bun.sleep(5)
    writing--
    return double(items)
  })
  const first = commit.add(1)
  await Bun.sleep(1)
  const rest = [2, 3].map(commit.add)
  await Bun.sleep(1)
  await Promise.all([first, ...rest, commit.add(4)])
  expect(groups).toEqual([[1], [2, 3, 4]])
})

test("a bad item fails alone", async () => {
  const { commit } = group(async (items) => {
    if (items.includes(2)) throw new Error("bad")
    return double(items)
  })
  const results = await Promise.allSettled([1, 2, 3].map(commit.add))
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
})

test("what fails for a moment is tried again as a group", async () => {
  let failures = 2
  const { commit, groups } = group(
    async (items) => {
      if (failures-- > 0) throw new Error("away")
      return double(items)
    },
    { transient: true, retryMs: [1, 1] },
  )
  expect(await Promise.all([1, 2].map(commit.add))).toEqual([2, 4])
  expect(groups).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ])
})

test("the caller hears of it when the attempts are used up, or it is stopped", async () => {
  const away: Write = async () => {
    throw new Error("away")
  }
  const limited = group(away, { transient: true, retryMs: [1] })
  await expect(limited.commit.add(1)).rejects.toThrow("away")
  await limited.commit.idle()
  expect(limited.groups).toHaveLength(2)

  const endless = group(away, { transient: true, retryMs: Array(1_000).fill(1) })
  const waiting = endless.commit.add(1)
  endless.commit.stop()
  await expect(waiting).rejects.toThrow("away")
  await endless.commit.idle()
})

test("idle waits for everything", async () => {
  const { commit } = group(double)
  let written = 0
  for (const item of [1, 2, 3]) void commit.add(item).then(() => written++)
  await commit.idle()
  expect(written).toBe(3)
})
