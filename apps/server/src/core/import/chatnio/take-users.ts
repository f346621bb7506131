import { type OldRow, taken, users } from "@nio/db"
import { z } from "zod"
import { rootName } from "../../identity/ensure-root.ts"
import { firstPassword } from "../../identity/password.ts"
import { hashOf } from "../../identity/token.ts"
import { importedId } from "./imported-id.ts"
import { instantOf } from "./local-time.ts"
import { added, type Entry, idOf, isSet, type Run, type Take } from "./run.ts"

/**
 * People, with their old ids as numbers. Two whose names or addresses are the same here, where case
 * and blanks do not count, are told apart: the first keeps it. Who is called root becomes our root.
 */
export const takeUsers: Take = {
  kind: "user",
  table: "auth",
  columns: ["username", "email", "password", "is_admin", "is_banned"],
  async plan(run, rows) {
    const people = await joinedAt(run, rows)
    const given = await givenOut(run, people)
    const harvest = { users: [] as ReturnType<typeof userOf>["user"][] }
    const entries: Entry[] = []
    const roots: { id: string; hash: string }[] = []
    for (const person of people) {
      const ours = isRoot(person.row) ? await users.findUserByName(run.db, rootName) : undefined
      if (ours) {
        const { password } = person.row
        const takesPassword = ours.passwordExpired && isOwnPassword(password)
        if (takesPassword) roots.push({ id: ours.id, hash: legacyHash(password) })
        run.users.set(idOf(person.row), ours.id)
        entries.push(added(idOf(person.row), ours.id, [rootNote(takesPassword)]))
        continue
      }
      const { user, notes } = userOf(run, person, given)
      harvest.users.push(user)
      run.users.set(idOf(person.row), user.id)
      entries.push(added(idOf(person.row), user.id, notes))
    }
    return {
      harvest,
      entries,
      also: async (tx) => {
        for (const { id, hash } of roots) await users.savePassword(tx, id, hash)
      },
    }
  },
}

/** What every installation began with, and nobody gets mail at. */
const firstMail = "root@example.com"

type Person = { row: OldRow; createdAt: number; nameKey: string; emailKey: string | null }

const isRoot = ({ username }: OldRow) => users.nameKeyOf((username ?? "").trim()) === rootName

const rootNote = (takesPassword: boolean) => (takesPassword ? "root-with-password" : "root")

/** The password that every installation began with is nobody's own. */
const isOwnPassword = (hash: string | null | undefined) =>
  sha256.test(hash ?? "") && hash?.toLowerCase() !== hashOf(firstPassword)

const sha256 = /^[0-9a-f]{64}$/i
const legacyHash = (hash: string | null | undefined) => `sha256:${(hash ?? "").toLowerCase()}`

/** The original keeps no date of registration but that of the balance. */
async function joinedAt(run: Run, rows: readonly OldRow[]): Promise<Person[]> {
  const ids = rows.map(idOf)
  const balances = await run.database.where("quota", ["user_id", "created_at"], { user_id: ids })
  const since = new Map(balances.map((row) => [row.user_id, row.created_at]))
  return rows.map((row) => {
    const { data: email } = z.email().safeParse(row.email?.trim())
    return {
      row,
      createdAt: instantOf(since.get(row.id ?? ""), run.zone) ?? run.now(),
      nameKey: users.nameKeyOf((row.username ?? "").trim()),
      emailKey: email?.toLowerCase() ?? null,
    }
  })
}

type Given = { name: Set<string>; email: Set<string>; number: Set<string>; run: Set<string> }

async function givenOut(run: Run, people: readonly Person[]): Promise<Given> {
  const mails = people.flatMap(({ emailKey }) => emailKey ?? [])
  const names = people.flatMap((one) => [one.nameKey, users.nameKeyOf(spareName(one))])
  return {
    name: await taken.userColumn(run.db, "nameKey", names),
    email: await taken.userColumn(run.db, "emailKey", mails),
    number: await taken.userColumn(
      run.db,
      "number",
      people.map(({ row }) => Number(row.id)),
    ),
    run: run.given,
  }
}

const spareName = ({ row }: Person) => `${(row.username ?? "").trim() || "user"}-${row.id}`

function userOf(run: Run, person: Person, given: Given) {
  const { row, createdAt, emailKey } = person
  const notes: string[] = []
  const claim = (kind: "name" | "email" | "number", key: string): boolean => {
    if (given[kind].has(key) || given.run.has(`${kind}:${key}`)) return false
    given.run.add(`${kind}:${key}`)
    return true
  }
  const own = (row.username ?? "").trim()
  const name = own && claim("name", person.nameKey) ? own : spareName(person)
  if (name !== own) {
    claim("name", users.nameKeyOf(name))
    notes.push(own ? "renamed" : "named")
  }
  const keepsEmail = emailKey !== null && claim("email", emailKey)
  if (!keepsEmail && row.email?.trim())
    notes.push(emailKey === null ? "mail-invalid" : "mail-taken")
  const hasPassword = sha256.test(row.password ?? "")
  const passwordExpired = hasPassword && !isOwnPassword(row.password)
  if (!hasPassword) notes.push("password-none")
  if (passwordExpired) notes.push("password-first")
  const user = {
    id: importedId(createdAt, run.source, "user", idOf(row)),
    name,
    nameKey: users.nameKeyOf(name),
    passwordHash: hasPassword ? legacyHash(row.password) : "none",
    role: isSet(row.is_admin) ? ("admin" as const) : ("user" as const),
    state: isSet(row.is_banned) ? ("banned" as const) : ("active" as const),
    passwordExpired,
    createdAt,
    email: keepsEmail ? row.email!.trim() : null,
    emailKey: keepsEmail ? emailKey : null,
    emailVerified: keepsEmail && run.mailWasProven && emailKey !== firstMail,
    language: null,
    number: claim("number", row.id ?? "") ? Number(row.id) : null,
    alarmBelow: null,
    alarmedAt: null,
    lastNumber: 0,
  }
  return { user, notes }
}
