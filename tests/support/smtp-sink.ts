import { SMTPServer, type SMTPServerOptions } from "smtp-server"

/** A mail as it arrived: its envelope, and its source as sent. */
export type Delivered = { from: string; to: string[]; source: string; secure: boolean }

export type SmtpSink = {
  port: number
  delivered: Delivered[]
  /** Who tried to sign in, and how. */
  logins: { method: string; username: string; password: string }[]
  close(): Promise<void>
}

type SinkOptions = SMTPServerOptions & {
  /** Who may sign in; without one, nobody is asked to. */
  account?: { username: string; password: string }
  /** What the server answers at a step instead of taking the mail. */
  refuse?: { at: "from" | "to" | "data"; code: number; says: string }
}

/** A real mail server on a port of its own, which keeps what it gets. */
export async function startSmtpSink({ account, refuse, ...options }: SinkOptions = {}) {
  const delivered: Delivered[] = []
  const logins: SmtpSink["logins"] = []
  const refusal = (at: "from" | "to" | "data") =>
    refuse?.at === at
      ? Object.assign(new Error(refuse.says), { responseCode: refuse.code })
      : undefined

  const server = new SMTPServer({
    logger: false,
    closeTimeout: 100,
    disableReverseLookup: true,
    authOptional: !account,
    ...(!account && { disabledCommands: ["AUTH"] }),
    onAuth({ method, username, password }, _session, done) {
      logins.push({ method, username: username ?? "", password: password ?? "" })
      if (account && username === account.username && password === account.password)
        return done(null, { user: account.username })
      done(new Error("Invalid username or password"))
    },
    onMailFrom: (_address, _session, done) => done(refusal("from")),
    onRcptTo: (_address, _session, done) => done(refusal("to")),
    onData(stream, { envelope, secure }, done) {
      const chunks: Buffer[] = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.on("end", () => {
        const refused = refusal("data")
        if (refused) return done(refused)
        delivered.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : "",
          to: envelope.rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString("utf8"),
          secure,
        })
        done()
      })
    },
    ...options,
  })
  // What a client that breaks off does to a socket is the client's business.
  server.on("error", () => {})
  const listening = server.listen(0, "127.0.0.1")
  await new Promise<void>((resolve) => listening.once("listening", resolve))
  const address = listening.address()
  return {
    port: typeof address === "object" && address ? address.port : 0,
    delivered,
    logins,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  } satisfies SmtpSink
}

/** A header of a mail, unfolded and decoded; undefined when it is not there. */
export function headerOf(source: string, name: string): string | undefined {
  const [head = ""] = source.split(/\r?\n\r?\n/, 1)
  const lines = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)
  const line = lines.find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`))
  return line && decodeWords(line.slice(name.length + 1).trim())
}

/** The decoded content of the part of this type, such as `text/html`. */
export function partOf(source: string, type: string): string {
  const at = source.search(new RegExp(`content-type: ${type}`, "i"))
  if (at < 0) throw new Error(`the mail has no ${type}: ${source}`)
  const [head = "", ...rest] = source.slice(at).split(/\r?\n\r?\n/)
  const body = rest.join("\r\n\r\n").split(/\r?\n--[-_\w]/, 1)[0] ?? ""
  if (/encoding: base64/i.test(head)) return Buffer.from(body, "base64").toString("utf8")
  return /encoding: quoted-printable/i.test(head) ? decodeQuoted(body) : body
}

const decodeWords = (text: string) =>
  text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      /q/i.test(kind)
        ? decodeQuoted(word.replaceAll("_", " "))
        : Buffer.from(word, "base64").toString("utf8"),
    )

function decodeQuoted(text: string): string {
  const latin1 = text
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(latin1, "latin1").toString("utf8")
}
