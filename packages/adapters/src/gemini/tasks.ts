import { pictureByChat } from "../pictures/picture-by-chat.ts"
import type { Provider, Tasks } from "../spec/index.ts"
import { taskOf } from "../wire/ask-task.ts"
import { embeddings } from "./embeddings.ts"
import { judge } from "./errors.ts"
import { imagenBody, imagenPictures } from "./imagen.ts"
import { addressOf } from "./request.ts"

/** @see https://ai.google.dev/gemini-api/docs/imagen */
const imagen = taskOf({
  buildRequest: (request, upstream) => ({
    url: addressOf(request.model, "predict", upstream),
    headers: { "x-goog-api-key": upstream.key },
    body: JSON.stringify(imagenBody(request)),
  }),
  readDocument: imagenPictures,
  judge,
})

/** Imagen only makes pictures; Gemini draws them in a chat. */
export function tasks(chat: Provider["chat"]): Tasks {
  const drawn = pictureByChat({ chat })
  return {
    embeddings,
    "image-generation": (request, upstream) =>
      (/imagen/.test(request.model) ? imagen : drawn)(request, upstream),
    "image-edit": drawn,
  }
}
