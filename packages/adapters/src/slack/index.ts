import type { Answer, ChatRequest, Provider, Upstream } from "../spec/index.ts"
import { onePrompt, requireWords } from "../wire/plain-turns.ts"
import { pollAnswer } from "../wire/poll.ts"
import { callSlack, headersOf, judge, partsOf } from "./call.ts"
import { createThreadReader } from "./thread.ts"

/** How many channels a workspace lists at once. */
const channelsMax = 2_000
const repliesMax = 20

/**
 * Claude as it once was in Slack: it is spoken to in a thread of a channel, and its reply is looked
 * at until it says no longer that it is typing.
 */
async function converse(request: ChatRequest, upstream: Upstream): Promise<Answer> {
  requireWords(request)
  const { bot } = partsOf(upstream)
  const channel = await channelId(upstream)
  const text = `<@${bot}>\n${onePrompt(request.messages)}`
  const { ts } = await callSlack("chat.postMessage", { channel, text }, upstream)
  const query = new URLSearchParams({ channel, ts: String(ts), limit: String(repliesMax) })
  const look = {
    url: `${upstream.baseUrl}/conversations.replies?${query}`,
    headers: headersOf(upstream),
  }
  return pollAnswer({ judge, look, read: createThreadReader(bot, String(ts)) }, upstream)
}

/** The channel with the name in the key; made, with Claude in it, when there is none. */
async function channelId(upstream: Upstream): Promise<string> {
  const { bot, channel: name } = partsOf(upstream)
  const types = "public_channel,private_channel"
  const list = `conversations.list?limit=${channelsMax}&types=${types}`
  const { channels } = await callSlack(list, undefined, upstream)
  const known = Array.isArray(channels)
    ? channels.find((channel) => channel?.name === name)
    : undefined
  if (known) return String(known.id)
  const { channel: made } = await callSlack("conversations.create", { name }, upstream)
  const channel = String((made as { id?: unknown } | undefined)?.id)
  await callSlack("conversations.invite", { channel, users: bot }, upstream)
  return channel
}

/** Claude's first app for Slack no longer answers; kept for those who run something like it. */
export const slack: Provider = {
  id: "slack",
  name: "Slack Claude",
  baseUrl: "https://slack.com/api",
  keyFormat: "bot-user-id|xoxp-…|channel",
  models: ["claude-slack"],
  deprecated: true,
  dialect: undefined,
  chat: converse,
}
