import { failureOf } from "../../core/chat/message-view.ts"
import type { PathMessage } from "../../core/chat/read-path.ts"
import { textOfFailure } from "./texts.ts"

/** Data URLs of pictures, wherever they stand in a text. */
const dataUrl = /data:image\/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/=]+/g

/** A message's text here holds its pictures. Addresses of pictures stay words. */
export function splitPictures(text: string): { text: string; images: string[] } {
  const images = text.match(dataUrl) ?? []
  return { text: images.length > 0 ? text.replace(dataUrl, "").trim() : text, images: [...images] }
}

/** A message as one text; an answer that never came, as the reason why. */
export function contentOf({ text, images, failure, state }: PathMessage): string {
  const reason = text === "" && state === "failed" ? failureOf(failure) : null
  if (reason) return textOfFailure(reason)
  return [...images, text].filter((part) => part !== "").join("\n")
}
