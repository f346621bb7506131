import type { TaskRequest } from "../spec/index.ts"
import { fieldsOf } from "../wire/vectors.ts"

/** Size and number have names of their own. @see https://docs.siliconflow.cn/cn/api-reference/images/images-generations */
export function pictureEdits(request: TaskRequest): Record<string, unknown> {
  if (request.kind !== "image-generation") return {}
  const { size, n, image_size, batch_size } = fieldsOf(request)
  return {
    image_size: image_size ?? size ?? undefined,
    batch_size: batch_size ?? n ?? undefined,
    size: undefined,
    n: undefined,
    response_format: undefined,
  }
}
