import { createTransport, type SMTPTransportOptions } from "nodemailer"
import type { MailServer, SendMail } from "../core/deps.ts"

/** For everything together: somebody waits for it in front of a page. */
const mailMsMax = 15_000
const connectMsMax = 8_000
/** How long the server may be silent. */
const silenceMsMax = 10_000
/** Of one answer of the server. */
const responseBytesMax = 64 * 1024
const lineCharsMax = 1_000
const linesMax = 200

/**
 * Hands mail over by SMTP, by nodemailer: the one that everybody's mail goes through, without
 * dependencies of its own. `ca` are certificates to trust instead of the public ones.
 */
export function smtpMailer({ ca }: { ca?: string } = {}): SendMail {
  return async (server, { from, to, subject, text, html }) => {
    const transcript: string[] = []
    const transport = createTransport(optionsFor(server, ca, listener(transcript)))
    try {
      await transport.sendMail({
        from: { name: oneLine(from.name), address: oneLine(from.address) },
        // As an address and not as text: text would be taken for a list of them.
        to: { name: "", address: oneLine(to) },
        subject: oneLine(subject),
        text,
        html,
        // Nobody's holiday reply should come back to what no person sent.
        headers: { "auto-submitted": "auto-generated" },
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: AbortSignal.timeout(mailMsMax),
      })
      return { transcript }
    } catch (error) {
      return { transcript, failure: wordsOf(error) }
    } finally {
      transport.close()
    }
  }
}

function optionsFor(
  { host, port, security, login }: MailServer,
  ca: string | undefined,
  logger: ReturnType<typeof listener>,
): SMTPTransportOptions {
  return {
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "plain",
    ...(login && { auth: { user: login.username, pass: login.password } }),
    connectionTimeout: connectMsMax,
    greetingTimeout: connectMsMax,
    dnsTimeout: connectMsMax,
    socketTimeout: silenceMsMax,
    maxResponseSize: responseBytesMax,
    tls: { minVersion: "TLSv1.2", ...(ca && { ca }) },
    transactionLog: true,
    logger,
  }
}

type Said = { tnx?: string }

/** Writes down what both sides say. Credentials are left out by nodemailer itself, which knows where they are. */
function listener(transcript: string[]) {
  const hear = (data: Said | string, message?: string) => {
    const arrow = typeof data === "string" ? undefined : arrows[data.tnx ?? ""]
    if (!arrow || !message) return
    for (const line of message.split(/\r?\n/))
      if (transcript.length < linesMax) transcript.push(`${arrow} ${line.slice(0, lineCharsMax)}`)
  }
  const ignore = () => {}
  return { debug: hear, trace: ignore, info: ignore, warn: ignore, error: ignore, fatal: ignore }
}

const arrows: Record<string, string> = { client: "→", server: "←" }

/** A line break in a header would begin another. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim()

const wordsOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).slice(0, lineCharsMax)
