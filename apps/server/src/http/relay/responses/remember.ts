import type { Actor } from "../../../core/actor.ts"
import type { Deps } from "../../../core/deps.ts"
import { generate } from "../../../core/generation/generate.ts"
import { recall } from "../../../core/responses/recall.ts"
import { storeResponse } from "../../../core/responses/store-response.ts"
import { withMembers } from "../retouch.ts"
import { keepNative } from "./keep-native.ts"
import { type ResponsesRequest, withInput } from "./read-request.ts"

/**
 * The request with everything in it the caller left to us to remember, and whatever must be
 * remembered of its answer. What an upstream keeps itself is not sent to it again.
 *
 * @throws AppError `input.invalid`
 */
export async function remembered(
  deps: Deps,
  actor: Actor,
  asked: ResponsesRequest,
): Promise<ResponsesRequest> {
  const previousId = asked.fields.previous_response_id ?? undefined
  const recalled = await recall(deps, actor, { previousId, input: asked.input })
  const { text, body } = withoutBackground(asked)
  const whole = recalled
    ? withInput(asked, nativeOf(deps, text, body, recalled), recalled.input)
    : withInput(asked, { dialect: "responses", text, body }, asked.input)
  if (asked.fields.store === false) return whole

  const input = recalled?.added ?? asked.input
  return {
    ...whole,
    input,
    async keep(response) {
      await storeResponse(deps, actor, { response, input })
    },
    async begin(deps, ask) {
      const generation = await generate(deps, ask)
      const { channelId } = generation
      return keepNative(generation, async (response) => {
        const keptThere = response.store === true && channelId !== undefined
        await storeResponse(deps, actor, { response, input, ...(keptThere && { channelId }) })
      })
    },
  }
}

/** We write on without the caller ourselves, whatever the upstream can do. */
function withoutBackground({ request, body }: ResponsesRequest) {
  const text = request.native?.text ?? "{}"
  if (body.background == null) return { text, body }
  const { background: _, ...rest } = body
  return { text: withMembers(text, { background: undefined }), body: rest }
}

function nativeOf(
  deps: Deps,
  text: string,
  body: ResponsesRequest["body"],
  { input, channelId }: NonNullable<Awaited<ReturnType<typeof recall>>>,
) {
  const { previous_response_id: _, ...rest } = body
  const edits = { previous_response_id: undefined, input: JSON.stringify(input) }
  return {
    dialect: "responses" as const,
    text: withMembers(text, edits),
    body: { ...rest, input },
    ...(channelId && isOneAccount(deps, channelId) && { kept: { channelId, text } }),
  }
}

/** Another key may be another account's, which knows nothing of what this one keeps. */
const isOneAccount = ({ live }: Deps, id: string) =>
  live.current().channels.find((channel) => channel.id === id)?.keys.length === 1
