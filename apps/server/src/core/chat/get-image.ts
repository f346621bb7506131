import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { imagesOf } from "./message-view.ts"
import { ownedMessage } from "./owned.ts"

const dataUrl = /^data:(image\/(?:png|jpeg|webp|gif));base64,/

/**
 * A picture stored with a message, counted from 0.
 *
 * @throws AppError `message.not-found`
 */
export async function getImage(
  deps: Deps,
  actor: Actor,
  messageId: string,
  index: number,
): Promise<{ mime: string; bytes: Uint8Array<ArrayBuffer> }> {
  const { message } = await ownedMessage(deps.db, actor, messageId)
  const image = imagesOf(message)[index] ?? ""
  const [head, mime] = dataUrl.exec(image) ?? []
  if (!head || !mime) throw new AppError("message.not-found")
  return { mime, bytes: new Uint8Array(Buffer.from(image.slice(head.length), "base64")) }
}
